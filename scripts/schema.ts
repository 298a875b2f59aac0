import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateFrom } from "../server/platform/db/catalogue/index.ts";
import { roomyFolder, startTestServer, urlOf } from "../server/testing/server.ts";

/** Writes db/schema.sql and the types of the tables from a database that the migrations have just made. */
const home = mkdtempSync(join(roomyFolder(), "throughline-schema-"));
const server = await startTestServer(home);
try {
  for (const { path, text } of await generateFrom(urlOf(server.url, server.template))) {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
