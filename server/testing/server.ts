import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import pg from "pg";
import { migrate } from "../platform/db/index.ts";
import { digestOfMigrations } from "../platform/db/migrate.ts";
import { type EmbeddedPostgres, start } from "../platform/postgres/index.ts";

/** A Postgres for tests, given by the address of its database "postgres". */
export interface TestServer {
  url: string;
  template: string;
  stop(): Promise<void>;
  /** For a process that ends before it can wait: a failed test, a signal. */
  letGo(): void;
}

const forgetful = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_connections: "400",
  shared_buffers: "256MB",
  max_wal_size: "1GB",
  // In the data folder, so that a server that is killed leaves nothing elsewhere.
  dynamic_shared_memory_type: "mmap",
};

/** Starts (or joins) the test server in `home`, with a migrated template that new databases are copied from. */
export async function startTestServer(home: string): Promise<TestServer> {
  const server = await start(home, { database: "postgres", settings: forgetful });
  try {
    const template = `template_${(await digestOfMigrations()).slice(0, 12)}`;
    if (!server.adopted) await dropLeftOvers(server.connectionString);
    await ensureTemplate(server, template);
    return { url: server.connectionString, template, stop: () => server.stop(), letGo: () => server.letGo() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Copies the template; some tens of milliseconds. */
export async function copyTemplate(client: pg.Client, template: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return name;
}

/** The same server's address, for another database. */
export function urlOf(server: string, database: string): string {
  return server.replace(/^(postgres:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A folder in memory when there is room for a server there, else the folder for temporary files. */
export function roomyFolder(): string {
  const wanted = 2 * 1024 ** 3;
  try {
    const memory = statfsSync("/dev/shm");
    if (memory.bavail * memory.bsize >= wanted) return "/dev/shm";
  } catch {
    // No such place on this machine (macOS).
  }
  return tmpdir();
}

/** Made under another name first, so that a migration cut short is never taken for the template. */
async function ensureTemplate(server: EmbeddedPostgres, template: string): Promise<void> {
  await withClient(server.connectionString, async (client) => {
    await client.query("SELECT pg_advisory_lock(1)");
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [template]);
    if (rowCount !== 0) return;
    const making = `${template}_making`;
    await client.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${making}`);
    await migrate(urlOf(server.connectionString, making));
    await client.query(`ALTER DATABASE ${making} RENAME TO ${template}`);
  });
}

async function dropLeftOvers(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE datname ~ '^(test|template)_'");
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  });
}
