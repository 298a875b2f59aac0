import { databaseCheck, one, well, wrong } from "./check.ts";

export const replica = databaseCheck("primary", async ({ client }) => {
  const { standby } = await one<{ standby: boolean }>(client, "SELECT pg_is_in_recovery() AS standby");
  if (!standby) return well("The database takes writes.");
  return wrong("The database is a replica and refuses writes.", "Point DATABASE_URL at the primary.");
});
