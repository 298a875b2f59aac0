import { pendingMigrations } from "../../platform/db/index.ts";
import { databaseCheck, notice, well } from "./check.ts";

export const migrations = databaseCheck("migrations", async ({ client }) => {
  const pending = await pendingMigrations(client);
  if (pending.length === 0) return well("All applied.");
  return notice(`Not applied yet: ${pending.join(", ")}.`, "The next start applies them; or run throughline migrate now.");
});
