import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { LOCKS } from "../db/locks.ts";
import { log } from "../log.ts";

/**
 * Jobs that a killed process was at would stay locked for four hours. So each worker shows that it lives by an
 * advisory lock on its name, which Postgres takes away with its connection, and every worker gives back the jobs of
 * those that show no such lock. So would a job whose taker lives but never heard of it, because its connection broke
 * after the taking and before the answer: each worker gives back its own jobs that it is not at.
 */
const ROUND_MS = 5_000;
const AFTER_FAILURE_MS = 1_000;

export interface LivingWorker {
  id: string;
  /** The jobs it knows it is at. */
  isAt: ReadonlySet<string>;
}

/** Shows that `worker` lives, and every 5 s gives back what nobody is at, until `signal` aborts. */
export async function watchOverWorkers(options: pg.ClientConfig, worker: LivingWorker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ ...options, application_name: "throughline jobs" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("SELECT pg_advisory_lock($1, hashtext($2))", [LOCKS.livingWorker, worker.id]);
      await goRounds(client, worker, signal);
    } catch {
      // The database is away, as others have said already.
    } finally {
      await client.end().catch(() => undefined);
    }
    await pause(AFTER_FAILURE_MS, signal);
  }
}

async function goRounds(client: pg.Client, worker: LivingWorker, signal: AbortSignal): Promise<void> {
  for (let unknown = new Set<string>(); !signal.aborted; await pause(ROUND_MS, signal)) {
    const { rows } = await client.query<{ worker: string }>(unlockDead, [LOCKS.livingWorker]);
    if (rows.length > 0) log.warn("Jobs of workers that died were given back.", { workers: rows.map(({ worker }) => worker) });
    unknown = await giveBackUnheard(client, worker, unknown);
  }
}

/** A job unknown for one round may be one whose taking is still on its way: `before` are those of the last round. */
async function giveBackUnheard(client: pg.Client, worker: LivingWorker, before: ReadonlySet<string>): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string; taking: string }>(takenBy, [worker.id]);
  const unknown = rows.filter(({ id }) => !worker.isAt.has(id));
  const lost = unknown.filter(({ taking }) => before.has(taking)).map(({ id }) => id);
  if (lost.length > 0) {
    await client.query(unlockUnheard, [worker.id, lost]);
    log.warn("Jobs that a broken connection had swallowed were given back.", { jobs: lost });
  }
  return new Set(unknown.map(({ taking }) => taking));
}

/** A worker that has just begun may not have its lock yet: its jobs are younger than a round. */
const unlockDead = `
  WITH dead AS (
    SELECT locked_by AS worker FROM graphile_worker._private_jobs
    WHERE locked_by IS NOT NULL GROUP BY locked_by
    HAVING min(locked_at) < now() - interval '5 seconds' AND NOT EXISTS (
      SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::oid AND objsubid = 2 AND granted
        AND objid::bigint = hashtext(locked_by)::bigint & 4294967295
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
  )
  SELECT worker, graphile_worker.force_unlock_workers(ARRAY[worker]) FROM dead`;

const takenBy = "SELECT id::text, concat(id, ' ', locked_at) AS taking FROM graphile_worker._private_jobs WHERE locked_by = $1";

const unlockUnheard = `
  WITH given AS (
    UPDATE graphile_worker._private_jobs SET locked_by = NULL, locked_at = NULL, run_at = greatest(run_at, now())
    WHERE locked_by = $1 AND id = ANY ($2::bigint[]) RETURNING job_queue_id
  )
  UPDATE graphile_worker._private_job_queues SET locked_by = NULL, locked_at = NULL
  WHERE locked_by = $1 AND id IN (SELECT job_queue_id FROM given)`;

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
