import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Account, byTime, exactScore, isPoor, pointsOf, scoreAt, type Evidence } from "./score.ts";

const day = 86_400_000;
const now = new Date("2026-11-20T12:00:00Z");
const piece = (position: number, valence: number, weight: number, over: Partial<Evidence> = {}): Evidence => ({
  position,
  valence,
  weight,
  at: now,
  episode: `ord:${position}`,
  ...over,
});

function accountOf(pieces: Evidence[]): Account {
  const account = new Account();
  for (const each of pieces) account.add(each);
  return account;
}

test("Maria rated 2 of 5 after a late box and three on time: 32.0, made of −13.1, −7.8 and three times +2.9 shared", () => {
  const pieces = [piece(1, -0.5, 2), piece(2, -0.6, 1), piece(3, 0.3, 0.5), piece(4, 0.3, 0.5), piece(5, 0.3, 0.5)];
  const { masses, episodes } = accountOf(pieces);
  const points = pieces.map((each) => pointsOf(each, episodes.get(each.episode) ?? assert.fail(), masses, now));
  assert.equal(scoreAt(masses, now).score?.toFixed(1), "32.0");
  assert.equal(points[0]?.toFixed(1), "-13.1");
  assert.equal(points[1]?.toFixed(1), "-7.8");
  assert.equal(
    points
      .slice(2)
      .reduce((a, b) => a + b)
      .toFixed(1),
    "2.9",
  );
});

test("with fewer than three pieces the score is not known, and never 50", () => {
  assert.equal(scoreAt(accountOf([piece(1, -0.6, 1), piece(2, 0.3, 0.5)]).masses, now).score, null);
});

test("what Anders lived through 90 days ago weighs half", () => {
  const fresh = accountOf([piece(1, -1, 1)]).masses;
  const old = accountOf([piece(1, -1, 1, { at: new Date(now.getTime() - 90 * day) })]).masses;
  assert.ok(Math.abs(exactScore(fresh, now) - (100 * 2) / (4 + 2)) < 1e-9);
  assert.ok(Math.abs(exactScore(old, now) - (100 * 2) / (4 + 1)) < 1e-9);
});

test("ten angry messages about one order are one episode, and capped", () => {
  const ten = accountOf(Array.from({ length: 10 }, (_, index) => piece(index, -1, 1, { episode: "con:1" })));
  const three = accountOf(Array.from({ length: 3 }, (_, index) => piece(index, -1, 1, { episode: "con:1" })));
  assert.ok(Math.abs(exactScore(ten.masses, now) - exactScore(three.masses, now)) < 1e-9);
});

test("a late box is a poor experience, a slow answer by itself is not", () => {
  const episode = (valence: number, weight: number) => ({ weight, good: 0, bad: 0, feeling: valence * weight });
  assert.equal(isPoor(episode(-0.6, 1)), true);
  assert.equal(isPoor(episode(-0.5, 2)), true);
  assert.equal(isPoor(episode(-0.5, 0.75)), false);
});

const life = fc
  .array(
    fc.record({
      valence: fc.double({ min: -1, max: 1, noNaN: true }),
      weight: fc.double({ min: 0.1, max: 3, noNaN: true }),
      daysAgo: fc.integer({ min: 0, max: 2000 }),
      episode: fc.integer({ min: 0, max: 6 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((moments) =>
    moments.map((each, position) =>
      piece(position, each.valence, each.weight, { at: new Date(now.getTime() - each.daysAgo * day), episode: `con:${each.episode}` }),
    ),
  );

test("whatever happened, 50 plus all points is the score, and the score stays between 0 and 100", () => {
  fc.assert(
    fc.property(life, (pieces) => {
      const { masses, episodes } = accountOf(pieces);
      const sum = pieces.reduce((total, each) => total + pointsOf(each, episodes.get(each.episode) ?? assert.fail(), masses, now), 50);
      const exact = exactScore(masses, now);
      assert.ok(Math.abs(sum - exact) < 1e-9);
      const { low, high } = scoreAt(masses, now);
      assert.ok(0 <= low && low <= exact && exact <= high && high <= 100);
    }),
  );
});

const anything = fc
  .array(
    fc.record({
      valence: fc.double(),
      weight: fc.double(),
      at: fc.oneof(fc.date({ noInvalidDate: false }), fc.constant(new Date(-8.64e15)), fc.constant(new Date(8.64e15))),
      episode: fc.constantFrom("con:1", "con:2"),
    }),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.map((each, position) => ({ position, ...each })));

test("whatever is said, however wrong, the score and every step to it are numbers from 0 to 100", () => {
  fc.assert(
    fc.property(anything, (pieces) => {
      const account = new Account();
      for (const each of pieces) {
        const { before, after, low, high } = account.add(each);
        for (const score of [before, after, low, high]) assert.ok(score >= 0 && score <= 100);
      }
      for (const at of [now, new Date(-8.64e15), new Date(8.64e15)]) {
        const { low, high } = scoreAt(account.masses, at);
        const exact = exactScore(account.masses, at);
        assert.ok(0 <= low && low <= exact && exact <= high && high <= 100);
      }
      for (const each of pieces)
        assert.ok(Number.isFinite(pointsOf(each, account.episodes.get(each.episode) ?? assert.fail(), account.masses, now)));
    }),
    { numRuns: 2000 },
  );
});

test("what says nothing that can be added up is not counted as a piece", () => {
  const nonsense = [piece(1, Number.NaN, 1), piece(2, -1, Number.POSITIVE_INFINITY), piece(3, 1, 1, { at: new Date(Number.NaN) })];
  assert.deepEqual(accountOf(nonsense).masses, { good: 0, bad: 0, pieces: 0 });
  assert.deepEqual(accountOf([piece(1, -7, 1), piece(2, 1, -5)]).masses, { ...accountOf([piece(1, -1, 1)]).masses, pieces: 2 });
});

test("the order in which evidence arrives does not change the score by 1e-9", () => {
  fc.assert(
    fc.property(
      life.chain((pieces) => fc.tuple(fc.constant(pieces), fc.shuffledSubarray(pieces, { minLength: pieces.length }))),
      ([pieces, shuffled]) => {
        const inOrder = exactScore(accountOf(pieces.toSorted(byTime)).masses, now);
        assert.ok(Math.abs(exactScore(accountOf(shuffled).masses, now) - inOrder) < 1e-9);
      },
    ),
  );
});

test("what felt better never lowers the score", () => {
  fc.assert(
    fc.property(life, fc.double({ min: 0, max: 0.5, noNaN: true }), (pieces, better) => {
      const [first, ...rest] = pieces;
      assert.ok(first);
      const improved = { ...first, valence: Math.min(1, first.valence + better) };
      assert.ok(exactScore(accountOf([improved, ...rest]).masses, now) >= exactScore(accountOf(pieces).masses, now) - 1e-9);
    }),
  );
});
