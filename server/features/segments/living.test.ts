import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { now } from "../../platform/clock.ts";
import { anywhere, reading, transaction } from "../../platform/db/index.ts";
import { startJobs } from "../../platform/jobs/index.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { until } from "../../testing/mail.ts";
import { findOrCreateCustomer, mergeCustomers } from "../customers/index.ts";
import { newestPosition, readTimeline, record, startReading } from "../interactions/index.ts";
import { placeOrder } from "../orders/index.ts";
import { startClock } from "./clock.ts";
import { expand } from "./expand.ts";
import { namedIn } from "./named.ts";
import { listSegments } from "./queries.ts";
import { changeSegment, createSegment } from "./save-segment.ts";
import { personsSql, sqlOf } from "./sql-of.ts";
import type { Where } from "./where.ts";

let house: House;
before(async () => {
  house = await testHouse();
});

const did = { kind: "event.tracked", name: "Bought" };

test("segments made and changed while everything goes on miss nothing and count nothing twice", async () => {
  const running = [await startReading(), await startJobs(2), await startClock()];
  const end = Date.now() + 4_000;
  const wheres: Where[] = [
    { did, count: { atLeast: 5 } },
    { did, count: { atMost: 60 } },
    { all: [{ did, count: { atMost: 9 } }, { orders: { count: { atLeast: 1 } } }] },
    {
      any: [
        { did, thenNot: { kind: "page.viewed" }, within: "1s" },
        { profile: "name", is: "Ada" },
      ],
    },
    { not: { did: { kind: "page.viewed" } } },
  ];
  await Promise.all([live(1, end), live(2, end), live(3, end), make(wheres)]);
  await sleep(1_100);
  await quiet();
  for (const each of running.toReversed()) await each.stop();

  const scope = reading(house);
  const named = await namedIn(scope);
  for (const segment of await listSegments(scope)) {
    const asked = { workspaceId: scope.workspaceId, at: now() };
    const { rows: truth } =
      await sql`select c.id from ${personsSql(asked)} and ${sqlOf(expand(segment.where, named), asked)} order by 1`.execute(scope.db);
    const { rows: kept } = await sql`
      select customer_id as id from segment_members where segment_id = ${segment.id} and since is not null order by 1`.execute(scope.db);
    assert.deepEqual(kept, truth, JSON.stringify(segment.where));
  }
  const { rows: wrong } = await sql`
    select customer_id, lived.n as lived, remembered.n as remembered
    from (select customer_id, count(*) as n from interactions where kind = 'event.tracked' group by 1) as lived
    full join (select customer_id, (state ->> 'n')::bigint as n from customer_facts f join segment_facts d on d.id = f.fact_id
      where d.key like '%Bought%' and d.key like '%"keep":%') as remembered using (customer_id)
    where lived.n is distinct from remembered.n`.execute(anywhere().db);
  assert.deepEqual(wrong, []);
});

test("time flips by itself and never too early, also when the clock stood still as it was due", async () => {
  const running = [await startReading(), await startJobs(2)];
  const clock = await startClock();
  const segment = await createSegment(house.ada, { name: "Just now", where: { did: { kind: "ping" }, within: "2s" } });
  await quiet();
  const jo = (await transaction(house, (tx) => findOrCreateCustomer(tx, { email: "jo@clock.example", source: "email" }))).id;

  await ping(jo);
  await untilIn(segment.id, true);
  await untilIn(segment.id, false);
  const [left, pinged] = await readTimeline(reading(house), jo, { limit: 3 }).then((all) =>
    ["segment.left", "ping"].map((kind) => all.find((each) => each.kind === kind)?.occurredAt.getTime() ?? 0),
  );
  assert.ok((left ?? 0) - (pinged ?? 0) >= 2_000, `she left after ${(left ?? 0) - (pinged ?? 0)} ms`);

  await ping(jo);
  await untilIn(segment.id, true);
  await clock.stop();
  await sleep(2_200);
  assert.ok(await isIn(segment.id), "nobody looked at the time");
  const again = await startClock();
  await untilIn(segment.id, false);
  for (const each of [again, ...running.toReversed()]) await each.stop();
});

async function live(seed: number, until: number): Promise<void> {
  let turn = seed * 1000;
  while (Date.now() < until) {
    turn += 1;
    const email = `c${(turn * 7) % 40}@living.example`;
    const customer = await transaction(house, async (tx) => {
      const found = await findOrCreateCustomer(tx, { email, source: "email", ...(turn % 11 === 0 ? { name: "Ada" } : {}) });
      if (turn % 3 === 0) await sleep(turn % 9);
      await record(tx, [
        { ...did, kind: "event.tracked", properties: { name: "Bought" }, customerId: found.id, initiative: "reactive" },
        ...(turn % 13 === 0 ? [{ kind: "page.viewed", customerId: found.id, initiative: "reactive" as const }] : []),
      ]);
      return found.id;
    });
    if (turn % 17 === 0) {
      const order = { externalId: `${turn}`, customer: { email }, items: [], total: 10, currency: "EUR", placedAt: now().toISOString() };
      await placeOrder(house.ada, order);
    }
    if (turn % 29 === 0) await mergeCustomers(house.ada, { from: customer, into: customer - 1 }).catch(() => undefined);
  }
}

async function make(wheres: readonly Where[]): Promise<void> {
  const ids: number[] = [];
  for (const [index, where] of wheres.entries()) {
    await sleep(350);
    ids.push((await createSegment(house.ada, { name: `Segment ${index}`, where })).id);
  }
  await sleep(300);
  await changeSegment(house.ada, ids[0] ?? 0, { name: "Changed", where: { did, count: { atLeast: 3 }, within: "30d" } });
}

async function ping(customerId: number): Promise<void> {
  await transaction(house, (tx) => record(tx, { kind: "ping", customerId, initiative: "reactive" }));
}

/** Until everything stored has been taken in, every segment computed, and nothing is left to be looked at. */
async function quiet(): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const position = await newestPosition(anywhere());
    const { rows } = await sql<{ left: number }>`select
      (select count(*) from listener_cursors where listener = 'segments.members' and position < ${position})
      + (select count(*) from segments where state <> 'kept') + (select count(*) from segment_touches) as left`.execute(anywhere().db);
    if (rows[0]?.left === 0) return;
    await sleep(25);
  }
  assert.fail("it does not come to rest");
}

async function isIn(segmentId: number): Promise<boolean> {
  const { rows } = await sql`select from segment_members where segment_id = ${segmentId} and since is not null`.execute(anywhere().db);
  return rows.length > 0;
}

function untilIn(segmentId: number, expected: boolean): Promise<void> {
  return until(async () => (await isIn(segmentId)) === expected);
}
