import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pool, transaction } from "../../platform/db/index.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import { record } from "./index.ts";

let house: House;
let maria: number;

before(async () => {
  house = await testHouse();
  maria = (await transaction(house, (tx) => findOrCreateCustomer(tx, { email: "maria@fjord.example", source: "email" }))).id;
});

test("Maria's visits are kept though the log has grown faster than room was made for it, also across the edge of a part", async () => {
  const edge = 80_000_000;
  await pool().query("select ensure_interactions_partition($1), setval('interactions_position', $1)", [edge - 3]);
  const positions = (await visits(5)).map((each) => each?.position);
  assert.ok(Math.min(...positions.map(Number)) < edge + 5);
  const { rows } = await pool().query("select count(*) from interactions where position = any($1::bigint[])", [positions]);
  assert.deepEqual(rows, [{ count: 5 }]);
});

test("whoever makes room waits for no reader and no writer, and what is written next goes on meanwhile", async () => {
  const reader = await pool().connect();
  try {
    await reader.query("begin");
    await reader.query("select count(*) from interactions");
    await pool().query("select setval('interactions_position', 120000000)");
    assert.equal((await visits(2)).length, 2);
  } finally {
    await reader.query("rollback");
    reader.release();
  }
});

test("two who make the same room at once make it once, and neither fails", async () => {
  const [first, second] = [await pool().connect(), await pool().connect()];
  const make = "select ensure_interactions_partition(40000000)";
  try {
    await first.query("begin");
    await first.query(make);
    const [{ rows: ids }, waiting] = [await second.query<{ pid: number }>("select pg_backend_pid() as pid"), second.query(make)];
    const isWaiting = "select from pg_locks where pid = $1 and locktype = 'advisory' and not granted";
    while ((await first.query(isWaiting, [ids[0]?.pid])).rowCount === 0) await sleep(5);
    await first.query("commit");
    await waiting;
  } finally {
    first.release();
    second.release();
  }
  assert.ok(await isThere("interactions_00020"));
});

test("room grows with the log: two parts lie ahead of wherever it is written", async () => {
  await pool().query("select ensure_interactions_partition(160000000), setval('interactions_position', 160000000)");
  await visits(1);
  for (const end = Date.now() + 60_000; !(await isThere("interactions_00082")); await sleep(20)) assert.ok(Date.now() < end);
  assert.ok(await isThere("interactions_00081"));
});

async function visits(times: number) {
  const visit = { kind: "page.viewed", customerId: maria, initiative: "reactive" as const };
  return transaction(house, (tx) =>
    record(
      tx,
      Array.from({ length: times }, () => visit),
    ),
  );
}

async function isThere(table: string): Promise<boolean> {
  const { rows } = await pool().query<{ isThere: boolean }>('select to_regclass($1) is not null as "isThere"', [table]);
  return rows[0]?.isThere ?? false;
}
