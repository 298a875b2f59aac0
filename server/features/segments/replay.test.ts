import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { now, stopAt, travelBack } from "../../platform/clock.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { findOrCreateCustomer, mergeCustomers, unmergeCustomers } from "../customers/index.ts";
import { digestAll, record } from "../interactions/index.ts";
import { placeOrder } from "../orders/index.ts";
import { flipDue } from "./flip-due.ts";
import { createSegment } from "./save-segment.ts";
import type { Where } from "./where.ts";

let house: House;
const HOUR = 3_600_000;
const RUNS = Number(process.env["SEGMENT_RUNS"] ?? 10);
const [viewed, clicked] = [{ kind: "page.viewed" }, { kind: "event.tracked" }];
const SEGMENTS: Record<string, Where> = {
  Viewed: { did: viewed },
  "Viewed twice": { did: viewed, count: { atLeast: 2 } },
  "Viewed little": { did: viewed, count: { atMost: 2 } },
  "Viewed twice lately": { did: viewed, count: { atLeast: 2 }, within: "3h" },
  "Viewed once lately": { did: viewed, count: { exactly: 1 }, within: "2h" },
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the language, never awaited
  "Viewed and then clicked": { did: viewed, then: clicked, within: "3h" },
  "Viewed and never clicked": { did: viewed, thenNot: clicked, within: "2h" },
  "First clicked a while ago": { first: clicked, notWithinLast: "2h" },
  "Ordered twice": { orders: { count: { atLeast: 2 } } },
  "Spent lately": { orders: { sum: { atLeast: 30 }, within: "4h" } },
  Unhappy: { score: { below: 48 } },
  "At risk": { atRisk: true },
  "Bought and unhappy": { all: [{ orders: { count: { atLeast: 1 } } }, { score: { below: 50 } }] },
};

before(async () => {
  stopAt(new Date("2026-11-20T12:00:00Z"));
  house = await testHouse();
  for (const [name, where] of Object.entries(SEGMENTS)) await createSegment(house.ada, { name, where });
  await settle();
});
after(travelBack);

type Step =
  | { what: "hours"; hours: number }
  | { what: "view" | "click"; who: number; hoursLate: number }
  | { what: "rate"; who: number; rating: number }
  | { what: "order"; who: number; total: number }
  | { what: "merge"; from: number; into: number }
  | { what: "unmerge"; which: number };

const who = fc.nat(3);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant("hours" as const), hours: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constantFrom("view" as const, "click" as const), who, hoursLate: fc.constantFrom(0, 0, 0, 1, 3) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("rate" as const), who, rating: fc.constantFrom(1, 1, 2, 5) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("order" as const), who, total: fc.constantFrom(10, 20, 40) }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant("merge" as const), from: who, into: who }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("unmerge" as const), which: fc.nat(5) }) },
);

test("any series of merges and unmerges leaves everybody in their segments since they would be, had only those been done that stand", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 25, size: "max" }), async (steps) => {
      const [ours, twins] = [await arrive(), await arrive()];
      const standing = whatStands(steps);
      const merges = new Map<number, number>();
      for (const [index, step] of steps.entries()) {
        await pass(step.what === "hours" ? step.hours : 1);
        if (step.what === "merge") {
          const [from, into] = [ours[step.from] ?? 0, ours[step.into] ?? 0];
          const merge = await mergeCustomers(house.ada, { from, into }).catch(() => null);
          if (merge) merges.set(index, merge.id);
          if (standing.get(index)) await mergeCustomers(house.ada, { from: twins[step.from] ?? 0, into: twins[step.into] ?? 0 });
        } else if (step.what === "unmerge") {
          const undone = [...merges][step.which % Math.max(merges.size, 1)];
          if (!undone) continue;
          merges.delete(undone[0]);
          await unmergeCustomers(house.ada, undone[1]);
        } else for (const people of [ours, twins]) await happen(step, people);
      }
      await pass(1);
      assert.deepEqual(await sinceOf(ours), await sinceOf(twins));
    }),
    { numRuns: RUNS },
  );
});

/** Which of the merges stand in the end, by their step. */
function whatStands(steps: readonly Step[]): Map<number, boolean> {
  const standing = new Map<number, { from: number; into: number }>();
  for (const [index, step] of steps.entries()) {
    if (step.what === "merge" && !areOne([...standing.values()], step.from, step.into)) standing.set(index, step);
    const undone = step.what === "unmerge" ? [...standing.keys()][step.which % Math.max(standing.size, 1)] : undefined;
    if (undone !== undefined) standing.delete(undone);
  }
  return new Map([...standing.keys()].map((index) => [index, true]));
}

function areOne(merges: readonly { from: number; into: number }[], one: number, other: number): boolean {
  const person = new Set([one]);
  for (let size = 0; size < person.size;) {
    size = person.size;
    for (const { from, into } of merges) if (person.has(from) || person.has(into)) person.add(from).add(into);
  }
  return person.has(other);
}

let known = 0;

async function arrive(): Promise<number[]> {
  const people: number[] = [];
  for (let number = 0; number < 4; number += 1) {
    known += 1;
    people.push((await transaction(house, (tx) => findOrCreateCustomer(tx, { email: emailOf(known), source: "email" }))).id);
    emails.set(people.at(-1) ?? 0, emailOf(known));
  }
  await goOn();
  return people;
}

const emails = new Map<number, string>();

function emailOf(number: number): string {
  return `c${number}@twins.example`;
}

async function pass(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    stopAt(new Date(now().getTime() + HOUR));
    await flipDue();
  }
  await goOn();
}

async function goOn(): Promise<void> {
  await digestAll();
  await flipDue();
  await digestAll();
}

async function happen(step: Step, people: readonly number[]): Promise<void> {
  if (step.what === "order") {
    known += 1;
    const email = emails.get(people[step.who] ?? 0) ?? "";
    await placeOrder(house.ada, {
      externalId: `o${known}`,
      customer: { email },
      items: [],
      total: step.total,
      currency: "EUR",
      placedAt: now().toISOString(),
    });
  }
  if (step.what === "view" || step.what === "click") {
    const occurredAt = new Date(now().getTime() - step.hoursLate * HOUR);
    const { kind } = step.what === "view" ? viewed : clicked;
    await transaction(house, (tx) => record(tx, { kind, customerId: people[step.who] ?? 0, occurredAt, initiative: "reactive" }));
  }
  if (step.what === "rate") {
    known += 1;
    const { rating } = step;
    await transaction(house, (tx) =>
      record(tx, {
        ...{ kind: "survey.answered", customerId: people[step.who] ?? 0, initiative: "reactive" },
        ...{ conversationId: known, properties: { rating } },
      }),
    );
  }
  await goOn();
}

/** By the place of who stands for them, and segment. */
async function sinceOf(people: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ id: number; name: string; since: Date }>`
    select m.customer_id as id, s.name, m.since from segment_members m join segments s on s.id = m.segment_id
    where m.customer_id = any(${[...people]}::bigint[]) and m.since is not null order by m.customer_id, s.id`.execute(anywhere().db);
  return rows.map(({ id, name, since }) => `${people.indexOf(id)} ${name} since ${since.toISOString()}`);
}
