import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import pg from "pg";
import { anywhere, pool, reading, transaction } from "../../platform/db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import { createWorkspace } from "../access/index.ts";
import { compareHeard, hearing, hearingTable } from "./fixtures/hearing.ts";
import {
  addListeners,
  digestAll,
  horizonAge,
  newestPosition,
  type NewInteraction,
  readHorizon,
  record,
  removeListeners,
  startReading,
} from "./index.ts";

let glaze = { workspaceId: 0 };
/** A program that writes to the log past our own functions. */
let stranger: pg.Client;

before(async () => {
  const { connectionString } = await testDatabase();
  glaze = { workspaceId: (await createWorkspace({ name: "Glaze & Co.", sample: false })).id };
  await pool().query(hearingTable);
  stranger = new pg.Client({ connectionString });
  await stranger.connect();
});
after(() => stranger.end());

beforeEach(async () => {
  removeListeners();
  addListeners([hearing]);
  await digestAll();
  await pool().query("DELETE FROM heard");
});

test("eight writers, some slow and some who change their mind: nothing is missed, heard twice or out of order", async () => {
  const before = await newestPosition(anywhere());
  const reading = await startReading();
  const wrote = await Promise.all(Array.from({ length: 8 }, () => writeFor(2_500)));
  await untilHeard(sum(wrote));
  await reading.stop();
  const { inLog, ...faults } = await compareHeard();
  assert.deepEqual(faults, { missed: 0, twice: 0, outOfOrder: 0 });
  assert.equal(inLog, sum(wrote));
  assert.ok(sum(wrote) > 500, `only ${sum(wrote)} were written`);
  assert.ok((await newestPosition(anywhere())) - before > sum(wrote), "some positions were given to those who changed their mind");
});

test("an append that goes past our functions is waited for all the same", async () => {
  await stranger.query("BEGIN");
  await stranger.query(append, [glaze.workspaceId]);
  await transaction(glaze, (tx) => record(tx, view(2)));
  await digestAll();
  assert.deepEqual(await heardCustomers(), [], "what came after the open append waits for it");
  await stranger.query("COMMIT");
  await digestAll();
  assert.deepEqual(await heardCustomers(), [1, 2]);
});

test("an append undone to a savepoint, and one made after it, are both reckoned with", async () => {
  await stranger.query("BEGIN; SAVEPOINT one");
  await stranger.query(append, [glaze.workspaceId]);
  await stranger.query("ROLLBACK TO one");
  await transaction(glaze, (tx) => record(tx, view(2)));
  await stranger.query(append, [glaze.workspaceId]);
  await transaction(glaze, (tx) => record(tx, view(3)));
  await digestAll();
  assert.deepEqual(await heardCustomers(), [2]);
  await stranger.query("COMMIT");
  await digestAll();
  assert.deepEqual(await heardCustomers(), [1, 2, 3]);
});

test("an append held open shows in the age of the horizon, and holds up readers but no writer", async () => {
  await stranger.query("BEGIN");
  await stranger.query(append, [glaze.workspaceId]);
  const horizon = await readHorizon(anywhere());
  await sleep(300);
  await transaction(glaze, (tx) => record(tx, view(2)));
  assert.ok((await horizonAge(anywhere())) >= 0.3);
  assert.equal(await readHorizon(anywhere()), horizon);
  await stranger.query("ROLLBACK");
  assert.equal(await horizonAge(anywhere()), 0);
});

test("another database on the same server, and a transaction that only reads, hold nobody up", async () => {
  await stranger.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await stranger.query("SELECT count(*) FROM interactions");
  await transaction(glaze, (tx) => record(tx, view(4)));
  await digestAll();
  assert.deepEqual(await heardCustomers(), [4]);
  await stranger.query("ROLLBACK");
});

test("reading in REPEATABLE READ fails loudly, for it would miss what commits meanwhile", async () => {
  const careless = transaction(glaze, async (tx) => {
    await sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`.execute(tx.db);
    return readHorizon(tx);
  });
  await assert.rejects(careless, /READ COMMITTED/);
});

test("a log restored without its sequence refuses to be read, and says what to mend", async () => {
  const position = await newestPosition(anywhere());
  await stranger.query("SELECT setval('interactions_position', 1)");
  await assert.rejects(startReading(), /would be 2\. Restore the sequence interactions_position/);
  await stranger.query("SELECT setval('interactions_position', $1)", [position]);
  await (await startReading()).stop();
});

const append = `INSERT INTO interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative)
  VALUES ($1, 1, 'page.viewed', now(), now(), 'reactive')`;

function view(customerId: number): NewInteraction {
  return { kind: "page.viewed", customerId, initiative: "reactive" };
}

/** Writes 1 to 5 at a time; 30 % are held open up to 6 ms, 5 % are rolled back. Answers how many it committed. */
async function writeFor(milliseconds: number): Promise<number> {
  let committed = 0;
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    const views = Array.from({ length: 1 + Math.floor(Math.random() * 5) }, () => view(1 + Math.floor(Math.random() * 20)));
    const changesMind = Math.random() < 0.05;
    await transaction(glaze, async (tx) => {
      await record(tx, views);
      if (Math.random() < 0.3) await sleep(Math.random() * 6);
      if (changesMind) throw new ChangeOfMind();
    }).catch((error: unknown) => assert.ok(error instanceof ChangeOfMind, String(error)));
    if (!changesMind) committed += views.length;
  }
  return committed;
}

class ChangeOfMind extends Error {}

async function untilHeard(count: number): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(50)) {
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM heard`.execute(reading(glaze).db);
    if ((rows[0]?.count ?? 0) >= count) return;
  }
}

async function heardCustomers(): Promise<number[]> {
  const { rows } = await sql<{ customer: number }>`SELECT customer_id AS customer FROM heard ORDER BY position`.execute(reading(glaze).db);
  return rows.map(({ customer }) => customer).toSorted((a, b) => a - b);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
