import { readConfig } from "../config.ts";
import { openDatabase } from "../open-database.ts";
import { migrate } from "../platform/db/index.ts";

/** Applies the migrations that the database lacks. Safe while another process does the same. */
export async function migrateDatabase(): Promise<number> {
  const database = await openDatabase(readConfig());
  try {
    const applied = await migrate(database.connectionString);
    console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
    return 0;
  } finally {
    await database.close();
  }
}
