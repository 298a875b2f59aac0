import { databaseCheck, one, well, wrong } from "./check.ts";

/** Throughline prepares none. One that is left open holds back the log's readers and the cleaning of tables. */
export const preparedTransactions = databaseCheck("prepared transactions", async ({ client }) => {
  const { names } = await one<{ names: string[] }>(
    client,
    "SELECT coalesce(array_agg(gid ORDER BY prepared), '{}') AS names FROM pg_prepared_xacts WHERE database = current_database()",
  );
  if (names.length === 0) return well("None.");
  return wrong(`Left open: ${names.join(", ")}.`, "Ask whoever prepared them; then COMMIT PREPARED or ROLLBACK PREPARED each.");
});
