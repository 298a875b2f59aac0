import { databaseCheck, hasTable, notice, well, wrong } from "./check.ts";

export const setAside = databaseCheck("set aside", async ({ client }) => {
  if (!(await hasTable(client, "set_aside_interactions"))) return notice("Not checked: the log is not there yet.");
  const { rows } = await client.query<{ listener: string; count: string; error: string }>(
    "SELECT listener, count(*) AS count, min(error) AS error FROM set_aside_interactions GROUP BY listener ORDER BY listener LIMIT 100",
  );
  if (rows.length === 0) return well("No interaction.");
  const says = rows.map(({ listener, count, error }) => `${listener} could not take in ${count} (${error.split("\n")[0]})`).join("; ");
  return wrong(
    `${says}.`,
    "Mend the cause, then try them again under Settings, Set aside, or rebuild the listener: throughline rebuild NAME.",
  );
});
