import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { LOCKS } from "../db/locks.ts";
import { log } from "../log.ts";

/**
 * Jobs that a killed process was at would stay locked for four hours. So each worker shows that it lives by an
 * advisory lock on its name, which Postgres takes away with its connection, and every worker gives back the jobs of
 * those that show no such lock.
 */
const ROUND_MS = 5_000;
const AFTER_FAILURE_MS = 1_000;

/** Shows that `worker` lives, and gives back the jobs of dead ones every 5 s, until `signal` aborts. */
export async function watchOverWorkers(options: pg.ClientConfig, worker: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ ...options, application_name: "throughline jobs" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("SELECT pg_advisory_lock($1, hashtext($2))", [LOCKS.livingWorker, worker]);
      await goRound(client, signal);
    } catch {
      // The database is away, as others have said already.
    } finally {
      await client.end().catch(() => undefined);
    }
    await pause(AFTER_FAILURE_MS, signal);
  }
}

async function goRound(client: pg.Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { rows } = await client.query<{ worker: string }>(unlockDead, [LOCKS.livingWorker]);
    if (rows.length > 0) log.warn("Jobs of workers that died were given back.", { workers: rows.map(({ worker }) => worker) });
    await pause(ROUND_MS, signal);
  }
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

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
