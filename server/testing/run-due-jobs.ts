import { now } from "../platform/clock.ts";
import { pool } from "../platform/db/index.ts";
import { perform } from "../platform/jobs/index.ts";
import { log } from "../platform/log.ts";

interface StoredJob {
  id: number;
  name: string;
  payload: unknown;
  attempt: number;
  most: number;
}

/**
 * Does the jobs that are due by the house's clock, one after the other, until none is left. The real queue asks
 * Postgres for the time, which does not travel with a test.
 */
export async function runDueJobs(): Promise<void> {
  for (let job = await nextDue(); job; job = await nextDue()) await run(job);
}

async function run(job: StoredJob): Promise<void> {
  try {
    await perform(job.name, job.payload, { attempt: job.attempt, isLastAttempt: job.attempt >= job.most });
    await pool().query("SELECT graphile_worker.complete_jobs(ARRAY[$1::bigint])", [job.id]);
  } catch (error) {
    log.warn("a job failed", { job: job.name, error });
    const again = new Date(now().getTime() + 60_000);
    await pool().query("SELECT graphile_worker.reschedule_jobs(ARRAY[$1::bigint], run_at => $2, attempts => $3)", [
      job.id,
      again,
      job.attempt,
    ]);
  }
}

/** A job that was to be done at once bears the moment of its writing by Postgres's clock. */
async function nextDue(): Promise<StoredJob | undefined> {
  const { rows } = await pool().query<StoredJob>(
    `SELECT j.id, t.identifier AS name, j.payload, j.attempts + 1 AS attempt, j.max_attempts AS most
     FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE j.attempts < j.max_attempts AND (j.run_at <= $1 OR j.run_at IN (j.created_at, j.updated_at))
     ORDER BY j.priority, j.run_at, j.id LIMIT 1`,
    [now()],
  );
  return rows[0];
}
