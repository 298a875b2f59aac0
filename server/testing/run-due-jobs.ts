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

const AGAIN_AFTER_MS = 60_000;

/**
 * Does the jobs that are due by the house's clock, one after the other, until none is left. The real queue asks
 * Postgres for the time, which does not travel with a test.
 */
export async function runDueJobs(): Promise<void> {
  for (let job = await takeNext(); job; job = await takeNext()) await run(job);
}

async function run(job: StoredJob): Promise<void> {
  try {
    await perform(job.name, job.payload, { attempt: job.attempt, isLastAttempt: job.attempt >= job.most });
    await pool().query("DELETE FROM graphile_worker._private_jobs WHERE id = $1", [job.id]);
  } catch (error) {
    log.warn("a job failed", { job: job.name, error });
    const again = new Date(now().getTime() + AGAIN_AFTER_MS);
    await pool().query("UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, run_at = $2 WHERE id = $1", [
      job.id,
      again,
    ]);
  }
}

/**
 * Locks the next job, so that one enqueued under its key while it runs is another one. A job that was to be done at
 * once bears the moment of its writing by Postgres's clock.
 */
async function takeNext(): Promise<StoredJob | undefined> {
  const { rows } = await pool().query<StoredJob>(
    `UPDATE graphile_worker._private_jobs j SET locked_at = now(), locked_by = 'a test', attempts = j.attempts + 1
     FROM graphile_worker._private_tasks t
     WHERE t.id = j.task_id AND j.id = (
       SELECT id FROM graphile_worker._private_jobs
       WHERE locked_at IS NULL AND attempts < max_attempts AND (run_at <= $1 OR run_at IN (created_at, updated_at))
       ORDER BY priority, run_at, id LIMIT 1)
     RETURNING j.id, t.identifier AS name, j.payload, j.attempts AS attempt, j.max_attempts AS most`,
    [now()],
  );
  return rows[0];
}
