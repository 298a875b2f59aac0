import { databaseCheck, hasTable, notice, one, well, wrong } from "./check.ts";

interface Queue {
  waiting: number;
  oldest: number;
  failing: number;
  failed: number;
}

export const jobQueue = databaseCheck("jobs", async ({ client }) => {
  if (!(await hasTable(client, "graphile_worker.jobs"))) return notice("Not checked: the job queue is not there yet.");
  const { waiting, oldest, failing, failed } = await one<Queue>(client, query);
  const says = `${waiting} waiting, ${failing} to be tried again, ${failed} given up.`;
  if (failed > 0) return wrong(says, "See last_error in graphile_worker.jobs; mend the cause, then set attempts to 0 there.");
  if (oldest > 300)
    return wrong(`${says} The oldest has waited ${Math.round(oldest / 60)} minutes.`, "Start a process with the role worker.");
  return failing > 0 ? notice(says, "They are tried again by themselves.") : well(says);
});

const query = `
  SELECT (count(*) FILTER (WHERE due AND attempts = 0))::int AS waiting,
         coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE due)), 0)::float8 AS oldest,
         (count(*) FILTER (WHERE attempts > 0 AND attempts < max_attempts))::int AS failing,
         (count(*) FILTER (WHERE attempts >= max_attempts))::int AS failed
  FROM (SELECT *, run_at <= now() AND attempts < max_attempts AND locked_at IS NULL AS due FROM graphile_worker.jobs) jobs`;
