import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { createWorkspace } from "../access/index.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import {
  addListeners,
  digestAll,
  readTimeline,
  rebuildListener,
  record,
  removeListeners,
  type NewInteraction,
} from "../interactions/index.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import { listeners, readExperience, standingsOf } from "./index.ts";

let glaze = { workspaceId: 0 };
let people = 0;
const day = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * day);

before(async () => {
  await testDatabase();
  glaze = { workspaceId: (await createWorkspace({ name: "Glaze & Co.", sample: false })).id };
});

beforeEach(() => {
  removeListeners();
  addListeners(listeners);
});

async function somebody(): Promise<number> {
  people += 1;
  return transaction(glaze, async (tx) => (await findOrCreateCustomer(tx, { email: `person${people}@fjord.example`, source: "test" })).id);
}

type Moment = Omit<NewInteraction, "customerId" | "initiative">;

async function live(customerId: number, ...moments: Moment[]): Promise<void> {
  await transaction(glaze, (tx) =>
    record(
      tx,
      moments.map((moment) => ({ ...moment, customerId, initiative: "reactive" as const })),
    ),
  );
  await digestAll();
}

const onTime = (orderId: number, at: Date): Moment => ({
  kind: "order.delivered",
  orderId,
  occurredAt: at,
  properties: { number: String(orderId), lateMinutes: -10 },
});
const late = (orderId: number, at: Date): Moment => ({
  kind: "order.late",
  orderId,
  occurredAt: at,
  properties: { number: String(orderId) },
});
const rated = (conversationId: number, rating: number, at: Date): Moment => ({
  kind: "survey.answered",
  conversationId,
  occurredAt: at,
  properties: { rating },
});

test("Maria's score falls when her box is late, before she has written a word", async () => {
  const maria = await somebody();
  await live(maria, onTime(1, daysAgo(3)), onTime(2, daysAgo(2)), onTime(3, daysAgo(1)));
  const before = await readExperience(reading(glaze), maria);
  await live(maria, late(4, new Date()));
  const after = await readExperience(reading(glaze), maria);
  assert.ok(before.score !== null && after.score !== null && after.score < before.score - 8);
  assert.equal(after.contributions[0]?.reason, "Order 4 late");
  const sum = after.contributions.reduce((total, each) => total + each.points, 50);
  assert.ok(Math.abs(sum - after.score) < 1e-9);
});

test("two poor experiences put Anders at risk, once, and the log says so", async () => {
  const anders = await somebody();
  await live(anders, late(11, daysAgo(20)));
  assert.equal((await readExperience(reading(glaze), anders)).atRisk, false);
  await live(anders, rated(12, 2, daysAgo(1)));
  const { atRisk, poorExperiences } = await readExperience(reading(glaze), anders);
  assert.deepEqual({ atRisk, poorExperiences }, { atRisk: true, poorExperiences: 2 });
  await live(anders, late(13, new Date()));
  const told = await readTimeline(reading(glaze), anders, { kind: "experience.at-risk", limit: 10 });
  assert.equal(told.length, 1);
  assert.equal((await standingsOf(reading(glaze), [anders])).get(anders)?.atRisk, true);
});

test("a customer's standing names what hurt them most within a month, however much came after, and nothing small or old", async () => {
  const reasonOf = async (id: number): Promise<string | null | undefined> => (await standingsOf(reading(glaze), [id])).get(id)?.reason;
  const [maria, old, mild] = [await somebody(), await somebody(), await somebody()];
  const pleasant = Array.from({ length: 12 }, (_, index) => onTime(1500 + index, daysAgo(10 - index / 2)));
  await live(maria, rated(1400, 5, daysAgo(40)), late(1401, daysAgo(12)), rated(1402, 1, daysAgo(11)), ...pleasant);
  assert.equal(await reasonOf(maria), "Rated us 1 of 5");
  await live(old, late(1403, daysAgo(31)));
  assert.equal(await reasonOf(old), null);
  await live(mild, { kind: "conversation.reopened", conversationId: 1404, occurredAt: daysAgo(1), properties: { by: "customer" } });
  assert.equal(await reasonOf(mild), null, "fewer than 5 points");
  await live(mild, late(1405, daysAgo(0)));
  assert.equal(await reasonOf(mild), "Order 1405 late");
});

test("what Ragnhild's clock dates ten years ahead weighs as if it had happened when we heard of it", async () => {
  const [ragnhild, punctual] = [await somebody(), await somebody()];
  await live(ragnhild, onTime(1601, daysAgo(2)), onTime(1602, daysAgo(1)), late(1603, daysAgo(-3650)), rated(1604, 5, new Date()));
  await live(punctual, onTime(1611, daysAgo(2)), onTime(1612, daysAgo(1)), late(1613, new Date()), rated(1614, 5, new Date()));
  const at = new Date();
  const [ahead, right] = [await readExperience(reading(glaze), ragnhild, at), await readExperience(reading(glaze), punctual, at)];
  assert.ok(Math.abs((ahead.score ?? 0) - (right.score ?? 100)) < 0.01, `${ahead.score} and ${right.score}`);
  assert.ok(ahead.line.every((moment) => moment.at <= at));
});

test("two poor experiences half a year apart do not", async () => {
  const jonas = await somebody();
  await live(jonas, late(21, daysAgo(180)), late(22, daysAgo(1)));
  assert.equal((await readExperience(reading(glaze), jonas)).atRisk, false);
});

test("when Chioma changes her rating from 2 to 5, only the last one counts", async () => {
  const chioma = await somebody();
  await live(chioma, onTime(31, daysAgo(3)), onTime(32, daysAgo(2)), rated(33, 2, daysAgo(1)));
  await live(chioma, rated(33, 5, new Date()));
  const { contributions, score } = await readExperience(reading(glaze), chioma);
  assert.deepEqual(
    contributions.filter((each) => each.reason.startsWith("Rated")).map((each) => each.reason),
    ["Rated us 5 of 5"],
  );
  assert.ok(score !== null && score > 60);
});

test("a box that turns out to have come in time takes its lateness back", async () => {
  const aoife = await somebody();
  await live(aoife, onTime(41, daysAgo(3)), onTime(42, daysAgo(2)), late(43, daysAgo(1)));
  await live(aoife, { kind: "order.not-late", orderId: 43, properties: { number: "43" } }, onTime(43, daysAgo(1)));
  const { contributions, poorExperiences } = await readExperience(reading(glaze), aoife);
  assert.equal(poorExperiences, 0);
  assert.ok(contributions.every((each) => each.points > 0));
});

test("a late box says by how much once it has come", async () => {
  const hannah = await somebody();
  await live(hannah, late(51, daysAgo(1)), { kind: "order.delivered", orderId: 51, properties: { number: "51", lateMinutes: 220 } });
  assert.equal((await readExperience(reading(glaze), hannah)).contributions[0]?.reason, "Order 51 came 3 h 40 late");
});

test("a life that arrives in any order, and a rebuild, end at the same score within 1e-9", async () => {
  const [first, second] = [await somebody(), await somebody()];
  const life = Array.from({ length: 60 }, (_, index): Moment => {
    const at = daysAgo(100 - index + (index % 7) / 10);
    if (index % 5 === 0) return late(100 + index, at);
    return index % 3 === 0 ? rated(100 + index, 1 + (index % 5), at) : onTime(100 + index, at);
  });
  const shuffled = life.toSorted((a, b) =>
    String(a.occurredAt?.getTime())
      .split("")
      .reverse()
      .join("")
      .localeCompare(String(b.occurredAt?.getTime()).split("").reverse().join("")),
  );
  await live(first, ...life);
  for (const moment of shuffled) await live(second, moment);

  const at = new Date();
  const exact = async (id: number): Promise<number> => (await readExperience(reading(glaze), id, at)).score ?? assert.fail("no score");
  const [inOrder, outOfOrder] = [await exact(first), await exact(second)];
  assert.ok(Math.abs(inOrder - outOfOrder) < 1e-9, `${inOrder} and ${outOfOrder}`);

  const timeline = await readTimeline(reading(glaze), first, { limit: 200 });
  await rebuildListener("experience.score");
  assert.ok(Math.abs((await exact(first)) - inOrder) < 1e-9);
  assert.equal((await readTimeline(reading(glaze), first, { limit: 200 })).length, timeline.length, "a rebuild adds nothing to the log");
});
