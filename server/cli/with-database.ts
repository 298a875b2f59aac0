import { join } from "node:path";
import { type Config, readConfig } from "../config.ts";
import { openDatabase } from "../open-database.ts";
import { connect, disconnect, migrate } from "../platform/db/index.ts";
import { useFiles } from "../platform/files/index.ts";
import { useSecret } from "../platform/secret.ts";

/** Gives a command what the rooms need: the database, brought up to date and connected, and the files. */
export async function withDatabase<T>(work: (config: Config) => Promise<T>): Promise<T> {
  const config = readConfig();
  const database = await openDatabase(config);
  try {
    await migrate(database.connectionString);
    connect(database.connectionString, { max: 5, name: "throughline command" });
    useFiles(join(config.dataFolder, "files"));
    useSecret(config.dataFolder);
    return await work(config);
  } finally {
    await disconnect();
    await database.close();
  }
}
