import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../../testing/database.ts";
import { Problem } from "../errors.ts";
import { isGone } from "./failures.ts";
import { pool, reading, transaction } from "./index.ts";

const who = { workspaceId: 1 };

before(async () => {
  await testDatabase();
  await pool().query("CREATE TABLE doughnuts (name text PRIMARY KEY, baked integer NOT NULL)");
  await pool().query("INSERT INTO doughnuts VALUES ('glazed', 0), ('jam', 0)");
});

test("what Ada bakes in a transaction that fails was never baked, and nobody is told", async () => {
  let told = false;
  const failing = transaction(who, async (tx) => {
    tx.afterCommit(() => (told = true));
    await sql`UPDATE doughnuts SET baked = 99 WHERE name = 'jam'`.execute(tx.db);
    throw new Error("the oven is cold");
  });
  await assert.rejects(failing, /the oven is cold/);
  assert.equal(told, false);
  assert.equal(await baked("jam"), 0);
});

test("Ada and Ben bake in opposite orders, and the deadlock is repeated away", async () => {
  let attempts = 0;
  let told = 0;
  const bake = (first: string, second: string): Promise<void> =>
    transaction(who, async (tx) => {
      attempts += 1;
      tx.afterCommit(() => (told += 1));
      await sql`UPDATE doughnuts SET baked = baked + 1 WHERE name = ${first}`.execute(tx.db);
      await sql`SELECT pg_sleep(0.2)`.execute(tx.db);
      await sql`UPDATE doughnuts SET baked = baked + 1 WHERE name = ${second}`.execute(tx.db);
    });
  await Promise.all([bake("glazed", "jam"), bake("jam", "glazed")]);
  assert.equal(attempts, 3);
  assert.equal(told, 2);
  assert.equal(await baked("glazed"), 2);
});

test("a transaction that always fails to serialize gives up after three times", async () => {
  let attempts = 0;
  const stubborn = transaction(who, async (tx) => {
    attempts += 1;
    await sql`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$`.execute(tx.db);
  });
  await assert.rejects(stubborn, { code: "40001" });
  assert.equal(attempts, 3);
});

test("a bigint is read as a number, and refused when a number cannot hold it", async () => {
  const { rows } = await sql<{ one: number; many: number[]; day: string; at: Date }>`
    SELECT 9007199254740991::bigint AS one, '{1,2}'::bigint[] AS many, '2026-03-01'::date AS day,
           '2026-03-01T12:00:00Z'::timestamptz AS at`.execute(reading(who).db);
  assert.deepEqual(rows[0], { one: 9007199254740991, many: [1, 2], day: "2026-03-01", at: new Date("2026-03-01T12:00:00Z") });
  await assert.rejects(sql`SELECT 9007199254740992::bigint`.execute(reading(who).db), /too large/);
});

test("a query that takes too long is stopped and said so", async () => {
  const slow = transaction(who, async (tx) => {
    await sql`SET LOCAL statement_timeout = '50ms'`.execute(tx.db);
    await sql`SELECT pg_sleep(5)`.execute(tx.db);
  });
  await assert.rejects(slow, (error) => error instanceof Problem && error.status === 503 && /longer than it may/.test(error.message));
});

test("a connection cut in the middle is a Problem 503, and the next query finds a new one", async () => {
  const cut = transaction(who, async (tx) => {
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx.db);
    await pool().query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
    await sql`SELECT 1`.execute(tx.db);
  });
  await assert.rejects(cut, (error) => error instanceof Problem && error.code === "unavailable" && isGone(error.cause));
  assert.equal(await baked("glazed"), 2);
});

async function baked(name: string): Promise<number | undefined> {
  const { rows } = await sql<{ baked: number }>`SELECT baked FROM doughnuts WHERE name = ${name}`.execute(reading(who).db);
  return rows[0]?.baked;
}
