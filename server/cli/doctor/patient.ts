import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Config } from "../../config.ts";
import { embeddedFolder, openDatabase } from "../../open-database.ts";
import { connect, disconnect } from "../../platform/db/index.ts";
import type { Patient } from "./check.ts";

/**
 * Reaches the database as a start would, without making one. An embedded Postgres that does not run is started for
 * the length of the examination.
 */
export async function withPatient<T>(config: Config, examine: (patient: Patient) => Promise<T>): Promise<T> {
  if (config.database.kind === "embedded" && !existsSync(join(embeddedFolder(config.dataFolder), "cluster"))) {
    return examine({ config, database: "not made yet" });
  }
  const opened = await openDatabase(config).catch(sentenceOf);
  if (typeof opened === "string") return examine({ config, database: { unreachable: opened } });
  const client = new pg.Client({
    connectionString: opened.connectionString,
    connectionTimeoutMillis: 5_000,
    application_name: "throughline doctor",
  });
  client.on("error", () => undefined);
  try {
    const refused = await client.connect().then(() => undefined, sentenceOf);
    if (refused !== undefined) return await examine({ config, database: { unreachable: refused } });
    connect(opened.connectionString, { max: 2, name: "throughline doctor" });
    return await examine({ config, database: { client, adopted: opened.adopted } });
  } finally {
    await client.end().catch(() => undefined);
    await disconnect();
    await opened.close();
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(sentenceOf).join(" ");
  return error instanceof Error ? error.message : String(error);
}
