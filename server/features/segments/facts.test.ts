import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Fact, Pattern } from "./condition.ts";
import { concerns, take, together, type Happened, type Took } from "./facts.ts";

const carted: Pattern = { kind: "carted", properties: [] };
const bought: Pattern = { kind: "bought", properties: [] };
const SEQUENCE: Fact = { first: carted, next: bought };
const LATEST: Fact = { pattern: bought, keep: 3 };

const moments = fc.array(fc.record({ kind: fc.constantFrom("carted", "bought"), at: fc.nat(12), who: fc.nat(2) }), { maxLength: 9 });

test("a cart and what was bought after it are told apart in whatever order they are heard of, or the log is asked", () => {
  let clear = 0;
  fc.assert(
    fc.property(moments, (heard) => {
      const persons = [0, 1, 2].map((who) => remember(SEQUENCE, heard.filter((each) => each.who === who).map(happenedOf)));
      if (persons.includes("unclear")) return;
      const state = together(
        persons.filter((each) => each !== undefined && each !== "unclear"),
        0,
      );
      if (state === "unclear") return;
      clear += 1;
      assert.deepEqual(state, truth(heard));
    }),
    { numRuns: 2000 },
  );
  assert.ok(clear > 1000, `only ${clear} of 2000 were clear`);
});

test("whoever has only ever bought once between two carts never needs the log", () => {
  const [first, second, between] = [moment("carted", 1), moment("carted", 9), moment("bought", 5)];
  assert.deepEqual(remember(SEQUENCE, [first, between, second]), { a: 9, b: null, z: 5 });
  assert.deepEqual(remember(SEQUENCE, [second, between, first]), { a: 9, b: null, z: 5 });
  assert.deepEqual(remember(SEQUENCE, [first, moment("bought", 3), moment("bought", 7), moment("carted", 5)]), "unclear");
});

test("the latest moments are kept, however late the earlier ones come", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }), (ats) => {
      const state = remember(
        LATEST,
        ats.map((at) => moment("bought", at)),
      );
      assert.deepEqual(state, {
        n: ats.length,
        first: Math.min(...ats),
        last: Math.max(...ats),
        times: ats.toSorted((x, y) => y - x).slice(0, 3),
      });
    }),
  );
});

function remember(fact: Fact, heard: readonly Happened[]): Took | undefined {
  let state: Took | undefined;
  for (const each of heard) {
    if (state === "unclear" || !concerns(fact, each)) continue;
    state = take(fact, state, each);
  }
  return state;
}

function truth(heard: readonly { kind: string; at: number }[]) {
  const of = (kind: string): number[] => heard.flatMap((each) => (each.kind === kind ? [each.at] : []));
  if (heard.length === 0) return undefined;
  const [carts, buys] = [of("carted"), of("bought")];
  const a = carts.length === 0 ? null : Math.max(...carts);
  const after = buys.filter((at) => a === null || at > a);
  return { a, b: after.length === 0 ? null : Math.min(...after), z: buys.length === 0 ? null : Math.max(...buys) };
}

function happenedOf({ kind, at }: { kind: string; at: number }): Happened {
  return moment(kind, at);
}

function moment(kind: string, at: number): Happened {
  return { kind, at, channel: null, stage: null, touchpointId: null, properties: {} };
}
