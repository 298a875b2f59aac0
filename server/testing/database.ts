import { createHash } from "node:crypto";
import { join } from "node:path";
import { env, geteuid } from "node:process";
import type pg from "pg";
import { connect } from "../platform/db/index.ts";
import { copyTemplate, roomyFolder, startTestServer, urlOf, withClient } from "./server.ts";

export interface TestDatabase {
  connectionString: string;
}

/**
 * A database of its own for this test file: empty, migrated, and connected, so that `transaction` and `reading` use it.
 * Call it once, in a `before` hook. Nothing has to be closed: connections do not keep the process alive.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await freshDatabase();
  connect(database.connectionString, { mayEnd: true, max: 10 });
  return database;
}

/** A migrated database of its own, without connecting this process to it: for a server that a test starts. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { url, template } = await serverOfThisRun();
  const name = await withClient(url, async (client) => (await takeReady(client, template)) ?? (await copyTemplate(client, template)));
  return { connectionString: urlOf(url, name) };
}

/** The global setup names its server here; without one (`node --test file`) the runs of this folder share one. */
async function serverOfThisRun(): Promise<{ url: string; template: string }> {
  const { THROUGHLINE_TEST_SERVER: url, THROUGHLINE_TEST_TEMPLATE: template } = env;
  if (url && template) return { url, template };
  shared ??= startShared();
  return shared;
}

let shared: ReturnType<typeof startShared> | undefined;

async function startShared(): Promise<{ url: string; template: string }> {
  const folder = createHash("sha256")
    .update(import.meta.dirname)
    .digest("hex")
    .slice(0, 8);
  const server = await startTestServer(join(roomyFolder(), `throughline-tests-${geteuid?.() ?? 0}-${folder}`));
  process.once("beforeExit", () => void server.stop());
  process.once("exit", () => server.letGo());
  return server;
}

/** Takes one of the copies made ahead by the global setup; undefined when there is none at this moment. */
async function takeReady(client: pg.Client, template: string): Promise<string | undefined> {
  const there = await client.query("SELECT FROM pg_class WHERE relname = 'ready_databases'");
  if (there.rowCount === 0) return undefined;
  const { rows } = await client.query<{ name: string }>(
    `DELETE FROM ready_databases WHERE name = (
       SELECT name FROM ready_databases WHERE template = $1 LIMIT 1 FOR UPDATE SKIP LOCKED
     ) RETURNING name`,
    [template],
  );
  return rows[0]?.name;
}
