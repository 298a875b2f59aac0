import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pool, transaction } from "../db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import { defineJob, enqueue, type Jobs, startJobs } from "./index.ts";

const glaze = { workspaceId: 1 };
const baked: string[] = [];
let jobs: Jobs;

before(async () => {
  await testDatabase();
  defineJob("test.bake", nameIn, async (name) => void baked.push(name));
  jobs = await startJobs(2);
});
after(() => jobs.stop());

test("a job happens if and only if the transaction that asked for it commits", async () => {
  await transaction(glaze, (tx) => enqueue(tx, "test.bake", { name: "jam" }));
  await assert.rejects(
    transaction(glaze, async (tx) => {
      await enqueue(tx, "test.bake", { name: "never" });
      throw new Error("changed my mind");
    }),
  );
  await untilBaked("jam");
  assert.deepEqual(baked, ["jam"]);
});

test("the jobs of a worker that was killed are given back and done", async () => {
  await pool().query("SELECT graphile_worker.add_job('test.bake', '{\"name\": \"glazed\"}', run_at => now() + interval '1 hour')");
  await pool().query(
    "UPDATE graphile_worker._private_jobs SET run_at = now(), locked_by = 'pool-of-the-dead', locked_at = now() - interval '10 seconds'",
  );
  await untilBaked("glazed");
});

test("connections cut while jobs run cost none of them", async () => {
  const names = Array.from({ length: 40 }, (_, number) => `ring ${number}`);
  for (const name of names) {
    await transaction(glaze, (tx) => enqueue(tx, "test.bake", { name }));
    if (name.endsWith("5"))
      await pool().query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'throughline jobs' AND datname = current_database()",
      );
  }
  for (const name of names) await untilBaked(name);
});

async function untilBaked(name: string): Promise<void> {
  for (const end = Date.now() + 20_000; !baked.includes(name); await sleep(20)) assert.ok(Date.now() < end, `${name} was not baked`);
}

function nameIn(payload: unknown): string {
  return typeof payload === "object" && payload !== null && "name" in payload ? String(payload.name) : "";
}
