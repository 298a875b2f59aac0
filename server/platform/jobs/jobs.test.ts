import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pool, transaction } from "../db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import { defineJob, enqueue, type Jobs, startJobs } from "./index.ts";

const glaze = { workspaceId: 1 };
const baked: string[] = [];
let jobs: Jobs;
let taker = "";
let rise = async (): Promise<void> => undefined;

before(async () => {
  await testDatabase();
  defineJob("test.bake", nameIn, async (name) => void baked.push(name));
  defineJob("test.look", nameIn, async () => {
    const { rows } = await pool().query<{ taker: string }>(
      "SELECT locked_by AS taker FROM graphile_worker._private_jobs WHERE locked_by LIKE 'pool-%'",
    );
    taker = rows[0]?.taker ?? "";
    baked.push("looked");
  });
  defineJob("test.rise", nameIn, () => rise());
  jobs = await startJobs(4);
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

test("a job whose taker never heard of it, because the answer was lost, is given back; one that takes long is not", async () => {
  const risen = Promise.withResolvers<void>();
  let begun = 0;
  rise = async () => {
    begun += 1;
    await risen.promise;
  };
  await transaction(glaze, (tx) => enqueue(tx, "test.rise", {}));
  await transaction(glaze, (tx) => enqueue(tx, "test.bake", { name: "unheard" }, { runAt: inAnHour(), queue: "oven" }));
  await pool().query(
    `WITH worker AS (SELECT $1::text AS id), taken AS (
       UPDATE graphile_worker._private_jobs SET run_at = now(), locked_at = now(), locked_by = (SELECT id FROM worker) WHERE run_at > now()
       RETURNING job_queue_id)
     UPDATE graphile_worker._private_job_queues SET locked_at = now(), locked_by = (SELECT id FROM worker)
     WHERE id IN (SELECT job_queue_id FROM taken)`,
    [await livingWorker()],
  );
  await untilBaked("unheard");
  risen.resolve();
  assert.equal(begun, 1);
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

test("a connection that breaks while a done job is crossed out stops nothing, though other jobs end after it", async () => {
  const ends = [1, 2, 3, 4].map(() => Promise.withResolvers<void>());
  let begun = 0;
  rise = async () => ends[begun++]?.promise;
  for (const name of ["first", "second", "third", "fourth"]) await transaction(glaze, (tx) => enqueue(tx, "test.rise", { name }));
  while (begun < 4) await sleep(5);
  const holder = await pool().connect();
  try {
    await holder.query("begin");
    await holder.query("SELECT FROM graphile_worker._private_jobs FOR UPDATE");
    ends[0]?.resolve();
    await untilOneWaits();
    await holder.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'throughline jobs' AND datname = current_database()",
    );
  } finally {
    await holder.query("rollback");
    holder.release();
  }
  for (const end of ends) {
    await sleep(100);
    end.resolve();
  }
  await transaction(glaze, (tx) => enqueue(tx, "test.bake", { name: "after all" }));
  await untilBaked("after all");
});

/** Until the queue waits for a row that somebody holds. */
async function untilOneWaits(): Promise<void> {
  const waiting =
    "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'throughline jobs' AND datname = current_database()";
  while ((await pool().query(waiting)).rowCount === 0) await sleep(5);
}

/** The name under which this process takes jobs, as the job that asks sees itself taken. */
async function livingWorker(): Promise<string> {
  await transaction(glaze, (tx) => enqueue(tx, "test.look", {}));
  await untilBaked("looked");
  return taker;
}

function inAnHour(): Date {
  return new Date(Date.now() + 3_600_000);
}

async function untilBaked(name: string): Promise<void> {
  for (const end = Date.now() + 60_000; !baked.includes(name); await sleep(20)) assert.ok(Date.now() < end, `${name} was not baked`);
}

function nameIn(payload: unknown): string {
  return typeof payload === "object" && payload !== null && "name" in payload ? String(payload.name) : "";
}
