import { horizonAge } from "../../features/interactions/index.ts";
import { anywhere } from "../../platform/db/index.ts";
import { databaseCheck, hasTable, notice, well, wrong } from "./check.ts";

/** Readers wait for the oldest append in flight. A second is much. */
export const logHorizon = databaseCheck("log horizon", async ({ client }) => {
  if (!(await hasTable(client, "interactions"))) return notice("Not checked: the log is not there yet.");
  const age = await horizonAge(anywhere());
  const says = `The oldest append in flight began ${age.toFixed(1)} s ago.`;
  if (age < 5) return well(age === 0 ? "No append is in flight." : says);
  const todo = "A transaction holds the log's readers back. See it in pg_stat_activity (oldest xact_start); pg_terminate_backend ends it.";
  return age < 60 ? notice(says, todo) : wrong(says, todo);
});
