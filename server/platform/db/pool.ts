import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { log } from "../log.ts";
import { asProblem } from "./failures.ts";
import { lineOver } from "./line.ts";
import type { DB } from "./tables.gen.ts";
import { parsers } from "./values.ts";

export interface ConnectOptions {
  /** The most connections this process opens. */
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** For tests and commands: a process with nothing else to do may end while connections are open. */
  mayEnd?: boolean;
}

interface Connected {
  pool: pg.Pool;
  db: Kysely<DB>;
}

let connected: Connected | undefined;

const seconds = 1_000;

/**
 * Opens the pool of this process. Nothing is sent yet: an unreachable database shows in the first query,
 * as a Problem 503, and the pool recovers by itself when the database is back.
 */
export function connect(connectionString: string, options: ConnectOptions = {}): void {
  if (connected) throw new Error("The database is connected already.");
  const opened = new pg.Pool({
    connectionString,
    max: options.max ?? 20,
    application_name: options.name ?? "throughline",
    allowExitOnIdle: options.mayEnd ?? false,
    connectionTimeoutMillis: 5 * seconds,
    statement_timeout: 30 * seconds,
    idle_in_transaction_session_timeout: 60 * seconds,
    types: parsers,
    pipeline: true,
  });
  opened.on("error", (error) => log.warn("A connection to the database was lost.", { error: error.message }));
  // While a connection is in use the pool does not listen; the query that fails says the same.
  opened.on("connect", (client) => client.on("error", () => undefined));
  connected = { pool: opened, db: new Kysely<DB>({ dialect: new PostgresDialect({ pool: linesOf(opened) }) }) };
}

export async function disconnect(): Promise<void> {
  const closing = connected;
  connected = undefined;
  await closing?.pool.end();
}

export function isConnected(): boolean {
  return connected !== undefined;
}

/** The bare pool, for parts that bring their own queries (the job queue, COPY). */
export function pool(): pg.Pool {
  return current().pool;
}

/** For platform/db only; rooms use `reading` and `transaction`. */
export function database(): Kysely<DB> {
  return current().db;
}

function current(): Connected {
  if (!connected) throw new Error("The database is not connected yet: call connect() first.");
  return connected;
}

/** Kysely's view of the pool. */
function linesOf(opened: pg.Pool): ConstructorParameters<typeof PostgresDialect>[0]["pool"] {
  return { end: () => opened.end(), connect: async () => lineOver(await opened.connect().catch(asProblem)) };
}
