import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { now, stopAt, travelBack } from "../../platform/clock.ts";
import { anywhere, reading, transaction } from "../../platform/db/index.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { findOrCreateCustomer, mergeCustomers, unmergeCustomers } from "../customers/index.ts";
import { digestAll, readTimeline, record } from "../interactions/index.ts";
import { changeSegment, createSegment } from "./save-segment.ts";
import { flipDue } from "./flip-due.ts";

let house: House;
const HOUR = 3_600_000;
const RUNS = Number(process.env["SEGMENT_RUNS"] ?? 10);
const viewed = { kind: "page.viewed" };

before(async () => {
  stopAt(new Date("2026-11-20T12:00:00Z"));
  house = await testHouse();
  await createSegment(house.ada, { name: "Viewed", where: { did: viewed } });
  await createSegment(house.ada, { name: "Viewed twice", where: { did: viewed, count: { atLeast: 2 } } });
  await createSegment(house.ada, { name: "Viewed little", where: { did: viewed, count: { atMost: 2 } } });
  await createSegment(house.ada, { name: "Viewed this week", where: { did: viewed, within: "7d" } });
  await settle();
});
after(travelBack);

test("Ann and Bea were one person by mistake: each is in her segments since she was, and nobody hears of it twice", async () => {
  const [ann, bea] = [await lives(1), await lives(1)];
  const [alone, toldAlone] = [await sinceOf([ann, bea]), await toldOf([ann, bea])];
  const timelines = (): Promise<unknown[]> => Promise.all([ann, bea].map((each) => readTimeline(reading(house), each, { limit: 50 })));
  const before = await timelines();

  await pass();
  const merge = await mergeCustomers(house.ada, { from: bea, into: ann });
  const together = await sinceOf([ann, bea]);
  assert.equal(together.get(`${ann} Viewed`), alone.get(`${ann} Viewed`), "she has viewed since the first of them did");
  assert.equal(together.get(`${ann} Viewed twice`), now().getTime(), "only together have they viewed twice");
  assert.deepEqual((await toldOf([ann, bea])).slice(toldAlone.length), [`${ann} entered Viewed twice`]);

  await pass();
  await unmergeCustomers(house.ada, merge.id);
  assert.deepEqual(await sinceOf([ann, bea]), alone);
  assert.deepEqual((await toldOf([ann, bea])).slice(toldAlone.length + 1), [`${ann} left Viewed twice`]);
  assert.deepEqual(await timelines(), before);
});

test("Carl enters while he is taken for Dora, and leaves her nothing of it", async () => {
  const [carl, dora] = [await lives(1), await lives(3)];
  const before = await sinceOf([dora]);
  await pass();
  const merge = await mergeCustomers(house.ada, { from: carl, into: dora });
  await pass();
  await views(carl);
  const viewedAgain = now().getTime();
  await pass();
  await unmergeCustomers(house.ada, merge.id);
  assert.deepEqual(await sinceOf([dora]), before);
  assert.equal((await sinceOf([carl])).get(`${carl} Viewed twice`), viewedAgain, "as if he had never been taken for her");
  assert.equal((await toldOf([carl])).at(-1), `${carl} entered Viewed twice`);
  assert.deepEqual(await enteredAt(carl, "Viewed twice"), [viewedAgain], "on his timeline, as of when it was");
});

test("Rut's week is over while she is taken for Siv, who has just looked: that she left is on her timeline as of then", async () => {
  const [rut, siv] = [await lives(1), await lives(1)];
  const viewedAt = now().getTime() - HOUR;
  const merge = await mergeCustomers(house.ada, { from: rut, into: siv });
  stopAt(new Date(viewedAt + 5 * 24 * HOUR));
  await views(siv);
  stopAt(new Date(viewedAt + 9 * 24 * HOUR));
  await flipDue();
  await unmergeCustomers(house.ada, merge.id);
  assert.ok(!(await sinceOf([rut])).has(`${rut} Viewed this week`));
  const left = await readTimeline(reading(house), rut, { kind: "segment.left", limit: 5 });
  assert.deepEqual(
    left.map(({ occurredAt, properties }) => [properties["name"], occurredAt.getTime() - viewedAt]),
    [["Viewed this week", 7 * 24 * HOUR]],
  );
});

test("Gina was pro before she was taken for Hugo, Ines became it meanwhile: nobody keeps when, so she is in since they were parted", async () => {
  const pro = { profile: "fields.plan", is: "pro" };
  await createSegment(house.ada, { name: "Pro", where: pro });
  await createSegment(house.ada, { name: "Pro and viewed", where: { all: [pro, { did: viewed }] } });
  await settle();
  const [gina, hugo, ines] = [await lives(0), await lives(0), await lives(1)];
  await becomes(gina, "pro");
  await pass();
  await becomes(ines, "free");
  const before = await sinceOf([gina]);
  await pass();
  const merges = [await mergeCustomers(house.ada, { from: gina, into: hugo }), await mergeCustomers(house.ada, { from: ines, into: hugo })];
  await pass();
  await becomes(ines, "pro");
  await pass();
  await views(gina);
  const ginaViewed = now().getTime();
  await pass();
  for (const merge of merges) await unmergeCustomers(house.ada, merge.id);
  const [hers, other] = [await sinceOf([gina]), await sinceOf([ines])];
  assert.equal(hers.get(`${gina} Pro`), before.get(`${gina} Pro`), "she was all the while");
  assert.equal(hers.get(`${gina} Pro and viewed`), ginaViewed);
  assert.equal(other.get(`${ines} Pro`), now().getTime());
  assert.equal(other.get(`${ines} Pro and viewed`), now().getTime());
});

test("a segment that is made, or changed, while Jana is taken for Karl counts from then", async () => {
  const [jana, karl] = [await lives(2), await lives(0)];
  const changed = await createSegment(house.ada, { name: "Changed", where: { did: viewed, count: { atLeast: 9 } } });
  await settle();
  const merge = await mergeCustomers(house.ada, { from: jana, into: karl });
  await pass();
  await createSegment(house.ada, { name: "Made meanwhile", where: { did: viewed, count: { atLeast: 2 } } });
  await settle();
  const madeAt = now().getTime();
  await pass();
  await changeSegment(house.ada, changed.id, { name: changed.name, where: { did: viewed, count: { exactly: 2 } } });
  await settle();
  const changedAt = now().getTime();
  await pass();
  await unmergeCustomers(house.ada, merge.id);
  const since = await sinceOf([jana]);
  assert.equal(since.get(`${jana} Made meanwhile`), madeAt);
  assert.equal(since.get(`${jana} Changed`), changedAt);
});

test("Lena merged with Mo before merges were remembered is in since they were parted", async () => {
  const [lena, mo] = [await lives(1), await lives(0)];
  const merge = await mergeCustomers(house.ada, { from: lena, into: mo });
  await sql`delete from former_persons where members && ${[lena]}::bigint[]`.execute(anywhere().db);
  await pass();
  await unmergeCustomers(house.ada, merge.id);
  assert.equal((await sinceOf([lena])).get(`${lena} Viewed`), now().getTime());
});

test("Emil is in by what Fay did, and leaves by what he does himself, until that is long ago", async () => {
  await createSegment(house.ada, { name: "Viewed just once lately", where: { did: viewed, count: { exactly: 1 }, within: "7d" } });
  await settle();
  const [emil, fay] = [await lives(0), await lives(1)];
  await mergeCustomers(house.ada, { from: fay, into: emil });
  assert.ok((await sinceOf([emil])).has(`${emil} Viewed just once lately`));
  await views(emil);
  assert.ok(!(await sinceOf([emil])).has(`${emil} Viewed just once lately`));
  const { rows } = await sql`select from set_aside_interactions`.execute(anywhere().db);
  assert.equal(rows.length, 0, "nothing was set aside");
});

test("Olaf enters by what Pia did while he is taken for her; when that is taken back, he has not lived through it", async () => {
  await createSegment(house.ada, { name: "Viewed three times", where: { did: viewed, count: { atLeast: 3 } } });
  await settle();
  const [olaf, pia] = [await lives(1), await lives(1)];
  const merge = await mergeCustomers(house.ada, { from: pia, into: olaf });
  await views(pia);
  const entered = async (members: readonly number[]): Promise<number> =>
    (await readTimeline(reading(house), members, { kind: "segment.entered", limit: 50 })).filter(
      ({ properties }) => properties["name"] === "Viewed three times",
    ).length;
  assert.equal(await entered([olaf, pia]), 1);
  await unmergeCustomers(house.ada, merge.id);
  assert.equal(await entered([olaf]), 0);
});

test("any merge that is taken back leaves everybody in their segments since they were, whatever was merged before", async () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ from: fc.nat(4), into: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.constant("the last" as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), fc.array(step, { maxLength: 8 }), async (counts, steps) => {
      const people: number[] = [];
      for (const count of counts) people.push(await lives(count));
      const merges: { id: number; before: Map<string, number> }[] = [];
      const takeBack = async (merge: (typeof merges)[number]): Promise<void> => {
        await unmergeCustomers(house.ada, merge.id);
        assert.deepEqual(await sinceOf(people), merge.before);
      };
      for (const each of [...steps, ...Array.from({ length: 8 }, () => "the last" as const)]) {
        await pass();
        if (each === "the last") {
          const merge = merges.pop();
          if (merge) await takeBack(merge);
          continue;
        }
        const before = await sinceOf(people);
        const merge = await mergeCustomers(house.ada, { from: people[each.from] ?? 0, into: people[each.into] ?? 0 }).catch(() => null);
        if (merge) merges.push({ id: merge.id, before });
      }
      assertToldOnce(await toldOf(people), await sinceOf(people));
    }),
    { numRuns: RUNS },
  );
});

test("merges taken back in any order leave whoever stands alone as they were", async () => {
  const pair = fc.record({ from: fc.nat(4), into: fc.nat(4), order: fc.nat() });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), fc.array(pair, { maxLength: 6 }), async (counts, pairs) => {
      const people: number[] = [];
      for (const count of counts) people.push(await lives(count));
      const before = await sinceOf(people);
      const merges: { id: number; order: number }[] = [];
      for (const { from, into, order } of pairs) {
        await pass();
        const merge = await mergeCustomers(house.ada, { from: people[from] ?? 0, into: people[into] ?? 0 }).catch(() => null);
        if (merge) merges.push({ id: merge.id, order });
      }
      for (const merge of merges.toSorted((a, b) => a.order - b.order)) {
        await pass();
        await unmergeCustomers(house.ada, merge.id);
        const alone = await alonePeople(people);
        assert.deepEqual(await sinceOf(alone), new Map([...before].filter(([key]) => alone.includes(Number.parseInt(key, 10)))));
      }
      assert.deepEqual(await sinceOf(people), before);
      assertToldOnce(await toldOf(people), before);
    }),
    { numRuns: RUNS },
  );
});

async function enteredAt(customer: number, name: string): Promise<number[]> {
  const entered = await readTimeline(reading(house), customer, { kind: "segment.entered", limit: 50 });
  return entered.flatMap(({ occurredAt, properties }) => (properties["name"] === name ? [occurredAt.getTime()] : []));
}

/** Nobody enters what they are in, nobody leaves what they are not in, and the last word is true. */
function assertToldOnce(told: readonly string[], since: ReadonlyMap<string, number>): void {
  const isIn = new Set<string>();
  for (const each of told) {
    const [customer = "", did, ...name] = each.split(" ");
    const key = `${customer} ${name.join(" ")}`;
    assert.equal(isIn.has(key), did === "left", each);
    if (did === "left") isIn.delete(key);
    else isIn.add(key);
  }
  assert.deepEqual([...isIn].sort(), [...since.keys()].sort());
}

async function pass(): Promise<void> {
  stopAt(new Date(now().getTime() + HOUR));
  await digestAll();
}

let known = 0;

/** Somebody new, who looks at a page every hour. */
async function lives(times: number): Promise<number> {
  known += 1;
  const { id } = await transaction(house, (tx) => findOrCreateCustomer(tx, { email: `c${known}@segments.example`, source: "email" }));
  await flipDue();
  for (let time = 0; time < times; time += 1) {
    await pass();
    await views(id);
  }
  return id;
}

async function views(customerId: number): Promise<void> {
  await transaction(house, (tx) => record(tx, { ...viewed, customerId, initiative: "reactive" }));
  await digestAll();
}

async function becomes(customerId: number, plan: string): Promise<void> {
  await sql`update customers set fields = ${JSON.stringify({ plan })}::jsonb where id = ${customerId}`.execute(anywhere().db);
  await flipDue();
}

async function sinceOf(people: readonly number[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; since: Date }>`
    select m.customer_id || ' ' || s.name as key, m.since from segment_members m join segments s on s.id = m.segment_id
    where m.customer_id = any(${[...people]}::bigint[]) and m.since is not null order by m.customer_id, s.id`.execute(anywhere().db);
  return new Map(rows.map(({ key, since }) => [key, since.getTime()]));
}

async function toldOf(people: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ told: string }>`
    select customer_id || ' ' || substr(kind, 9) || ' ' || (properties ->> 'name') as told from interactions
    where customer_id = any(${[...people]}::bigint[]) and kind in ('segment.entered', 'segment.left') order by position`.execute(
    anywhere().db,
  );
  return rows.map(({ told }) => told);
}

async function alonePeople(people: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{
    id: number;
  }>`select customer_id as id from customer_aliases where customer_id = any(${[...people]}::bigint[])`.execute(anywhere().db);
  return people.filter((id) => !rows.some((row) => row.id === id));
}
