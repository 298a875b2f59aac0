import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { buildWeb } from "../app/build-web.ts";
import { isUnshared } from "../platform/postgres/lock.ts";
import { stopPostmaster } from "../platform/postgres/postmaster.ts";
import { copyTemplate, roomyFolder, startTestServer, type TestServer, withClient } from "./server.ts";

/** One Postgres and one built interface for a whole run of the tests; the test processes learn of the first from their environment. */
const prefix = "throughline-run-";
const copiesAhead = 4;

let running: { server: TestServer; home: string; copying: Promise<void> } | undefined;

export async function globalSetup(): Promise<void> {
  await sweep();
  const home = mkdtempSync(join(roomyFolder(), prefix));
  // Nearly every test file loads the whole house: the first to do so compiles it for all.
  env["NODE_COMPILE_CACHE"] = join(home, "compiled");
  // Built once, before servers that the tests start all find it stale at the same time.
  const [server] = await Promise.all([startTestServer(home), buildWeb()]);
  running = { server, home, copying: Promise.resolve() };
  env["THROUGHLINE_TEST_SERVER"] = server.url;
  env["THROUGHLINE_TEST_TEMPLATE"] = server.template;
  // A run that is interrupted ends without the teardown.
  process.once("exit", () => abandon(server, home));
  running.copying = keepCopiesReady(server);
}

export async function globalTeardown(): Promise<void> {
  const ending = running;
  running = undefined;
  if (!ending) return;
  await ending.copying;
  await ending.server.stop();
  rmSync(ending.home, { recursive: true, force: true });
}

function abandon(server: TestServer, home: string): void {
  if (!running) return;
  server.letGo();
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}

async function keepCopiesReady(server: TestServer): Promise<void> {
  await withClient(server.url, async (client) => {
    await client.query("CREATE TABLE ready_databases (name text PRIMARY KEY, template text NOT NULL)");
    while (running) {
      const { rows } = await client.query<{ count: string }>("SELECT count(*) FROM ready_databases");
      if (Number(rows[0]?.count) >= copiesAhead) {
        await sleep(50);
        continue;
      }
      const name = await copyTemplate(client, server.template);
      await client.query("INSERT INTO ready_databases VALUES ($1, $2)", [name, server.template]);
    }
  });
}

/** Ends what a killed run left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(roomyFolder()).filter((one) => one.startsWith(prefix))) {
    const home = join(roomyFolder(), name);
    try {
      if (!isUnshared(join(home, "users.lock"))) continue;
      await stopPostmaster(join(home, "cluster"));
      rmSync(home, { recursive: true, force: true });
    } catch {
      // Another user's, or a server that is ending just now.
    }
  }
}
