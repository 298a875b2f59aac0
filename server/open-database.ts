import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { keepReserve } from "./platform/files/reserve.ts";
import { log } from "./platform/log.ts";
import { start } from "./platform/postgres/index.ts";

export interface OpenDatabase {
  connectionString: string;
  /** For the embedded one: whether it already ran before this process came. */
  adopted: boolean;
  /** Stops the embedded Postgres, unless another process uses it; an external one is left alone. */
  close(): Promise<void>;
}

/** Makes sure that the data folder and the database are there: the embedded one is started, or adopted where it runs. */
export async function openDatabase({ database, dataFolder }: Pick<Config, "database" | "dataFolder">): Promise<OpenDatabase> {
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  await keepReserve(dataFolder);
  if (database.kind === "external") return { connectionString: database.url, adopted: false, close: async () => undefined };
  const server = await start(embeddedFolder(dataFolder), { say: (sentence) => log.warn(sentence) });
  return { connectionString: server.connectionString, adopted: server.adopted, close: () => server.stop() };
}

export function embeddedFolder(dataFolder: string): string {
  return join(dataFolder, "postgres");
}
