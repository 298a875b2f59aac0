import { newestTruth } from "../../features/interactions/index.ts";
import { anywhere } from "../../platform/db/index.ts";
import { databaseCheck, hasTable, notice, well, wrong } from "./check.ts";

/** After a restore the next position must lie beyond the last one. */
export const logSequence = databaseCheck("log positions", async ({ client }) => {
  if (!(await hasTable(client, "interactions"))) return notice("Not checked: the log is not there yet.");
  const { sequence, newest } = await newestTruth(anywhere());
  if (sequence >= newest) return well(`The newest is ${newest}.`);
  return wrong(
    `The log holds position ${newest}, and the next one given out would be ${sequence + 1}.`,
    `Run in the database: SELECT setval('interactions_position', ${newest})`,
  );
});
