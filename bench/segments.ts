import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { readConfig } from "../server/config.ts";
import { plugRooms } from "../server/app/plugs.ts";
import { assembleRooms } from "../server/app/rooms.ts";
import { systemActor } from "../server/features/access/index.ts";
import { record, removeListeners, startReading, type NewInteraction } from "../server/features/interactions/index.ts";
import { createSegment, preview, startClock } from "../server/features/segments/index.ts";
import { anywhere, transaction } from "../server/platform/db/index.ts";
import { startJobs } from "../server/platform/jobs/index.ts";
import { quantile, rounded, type Measure, type Reading } from "./bench.ts";
import { EVENTS, segmentsOfAShop } from "./shop-segments.ts";

const CUSTOMERS = 100_000;
const RATE = 2_000;
const SECONDS = 20;
const TICK_MS = 50;

/**
 * 100,000 customers, 50 segments, 2,000 events a second: how long after an event has been stored the segments know of it.
 * Then how many events a second all that can keep up with.
 */
export const segments: Measure = async ({ workspaceId }) => {
  const publicUrl = "http://localhost:3000";
  plugRooms(readConfig({ PUBLIC_URL: publicUrl }));
  // Measures before it in the same process have their own.
  removeListeners();
  assembleRooms({ publicUrl });
  await people(workspaceId);
  for (let from = 0; from < 200_000; from += 2_000) await store(workspaceId, 2_000, 30 * 86_400_000);
  const running = [await startReading(), await startJobs(2), await startClock()];
  const began = performance.now();
  for (const segment of segmentsOfAShop()) await createSegment(systemActor(workspaceId), segment);
  const computed = await untilKept(began);
  await sql`analyze`.execute(anywhere().db);

  const previews = await previewing(workspaceId);
  const follow = await following(workspaceId);
  const most = await keepingUp(workspaceId);
  const members = await countMembers();
  for (const each of running.toReversed()) await each.stop();
  return [
    reading("segments p99", quantile(follow, 0.99), "ms", "under 1000 ms at 2000 events/s", quantile(follow, 0.99) < 1000, {
      p50: rounded(quantile(follow, 0.5)),
      largest: rounded(Math.max(...follow)),
      members,
      segmentsComputedInSeconds: rounded(computed),
    }),
    reading("segments preview", Math.max(...previews), "ms (slowest)", "under 3000 ms", Math.max(...previews) < 3000, {
      median: rounded(quantile(previews, 0.5)),
    }),
    reading("segments rate", most, "events/s", "at least 2000 events/s", most >= RATE, {}),
  ];
};

function reading(measure: string, value: number, unit: string, wanted: string, met: boolean, details: Record<string, unknown>): Reading {
  return { measure, value: rounded(value), unit, wanted, met, ...details };
}

async function people(workspaceId: number): Promise<void> {
  await sql`insert into customers (workspace_id, name, email, locale, fields, first_seen_at, last_seen_at, created_at)
    select ${workspaceId}, 'Customer ' || n, 'c' || n || '@shop.example', (array['de', 'en', 'fr'])[1 + n % 3], jsonb_build_object('plan', (array['free', 'pro'])[1 + n % 2]),
      now(), now(), now() from generate_series(1, ${CUSTOMERS}::integer) as n`.execute(anywhere().db);
}

let number = 0;

async function store(workspaceId: number, count: number, within = 0): Promise<void> {
  const { rows } = await firstCustomer(workspaceId);
  const first = rows[0]?.id ?? 1;
  const events = Array.from({ length: count }, (): NewInteraction => {
    number += 1;
    return {
      kind: number % 3 === 0 ? "page.viewed" : "event.tracked",
      customerId: first + ((number * 7919) % CUSTOMERS),
      occurredAt: new Date(Date.now() - (within === 0 ? 0 : (number * 104_729) % within)),
      touchpoint: "web-shop",
      initiative: "reactive",
      properties: { name: EVENTS[(number * 31) % EVENTS.length], path: `/p/${number % 400}`, value: number % 90 },
      source: "bench",
      sourceKey: `event-${number}`,
    };
  });
  await transaction({ workspaceId }, (tx) => record(tx, events));
}

let known: Promise<{ rows: { id: number }[] }> | null = null;

function firstCustomer(workspaceId: number): Promise<{ rows: { id: number }[] }> {
  known ??= sql<{ id: number }>`select min(id) as id from customers where workspace_id = ${workspaceId}`.execute(anywhere().db);
  return known;
}

async function untilKept(began: number): Promise<number> {
  for (;;) {
    const { rows } = await sql<{ left: number }>`select count(*) as left from segments where state <> 'kept'`.execute(anywhere().db);
    if (rows[0]?.left === 0) return (performance.now() - began) / 1000;
    if (performance.now() - began > 240_000) throw new Error("segments are not computed after four minutes");
    await sleep(200);
  }
}

async function previewing(workspaceId: number): Promise<number[]> {
  const times: number[] = [];
  for (const { where } of segmentsOfAShop().slice(0, 12)) {
    const began = performance.now();
    await preview(systemActor(workspaceId), where);
    times.push(performance.now() - began);
  }
  return times;
}

/** How long after it was stored each tick's last event was taken in, at the steady rate. */
async function following(workspaceId: number): Promise<number[]> {
  const began = performance.now();
  const waits: number[] = [];
  let stored: { position: number; at: number }[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver || stored.length > 0) {
      const position = await taken();
      const at = performance.now();
      waits.push(...stored.flatMap((each) => (each.position <= position ? [at - each.at] : [])));
      stored = stored.filter((each) => each.position > position);
      await sleep(15);
    }
  })();
  for (let tick = 0; tick < (SECONDS * 1000) / TICK_MS; tick += 1) {
    await sleep(Math.max(0, began + tick * TICK_MS - performance.now()));
    await store(workspaceId, (RATE * TICK_MS) / 1000);
    stored.push({ position: await newest(), at: performance.now() });
  }
  isOver = true;
  await watching;
  return waits;
}

async function newest(): Promise<number> {
  const { rows } = await sql<{ at: number }>`select last_value as at from interactions_position`.execute(anywhere().db);
  return rows[0]?.at ?? 0;
}

async function taken(): Promise<number> {
  const { rows } = await sql<{ at: number }>`select min(position) as at from listener_cursors where listener = 'segments.members'`.execute(
    anywhere().db,
  );
  return rows[0]?.at ?? 0;
}

async function untilTaken(position: number): Promise<void> {
  while ((await taken()) < position) await sleep(10);
}

/** Stores as much as there is no more than two seconds of work waiting, for ten seconds; counts what was taken in. */
async function keepingUp(workspaceId: number): Promise<number> {
  const began = performance.now();
  let stored = 0;
  for (; performance.now() - began < 10_000; stored += 500) {
    await store(workspaceId, 500);
    while ((await newest()) - (await taken()) > 4_000) await sleep(5);
  }
  await untilTaken(await newest());
  return (stored / (performance.now() - began)) * 1000;
}

async function countMembers(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from segment_members where since is not null`.execute(
    anywhere().db,
  );
  return rows[0]?.count ?? 0;
}
