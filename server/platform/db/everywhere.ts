import type { Transaction } from "kysely";
import pg from "pg";
import { Problem, unavailable } from "../errors.ts";
import { log } from "../log.ts";
import { isGone } from "./failures.ts";
import { database, pool } from "./pool.ts";
import type { DB } from "./tables.gen.ts";
import { transaction, type Scope, type Tx } from "./transaction.ts";

/** For the few questions that stand above any one workspace: who is this key, how far is the log read. */
export function anywhere(): Pick<Scope, "db"> {
  return { db: database() };
}

export interface EverywhereTx {
  db: Transaction<DB>;
  now: Date;
  afterCommit(notify: () => void): void;
  /** The same transaction, seen from one workspace. */
  within(workspaceId: number): Tx;
}

/** A transaction over several workspaces: the log's readers and the clock's jobs. */
export async function transactionAnywhere<T>(work: (tx: EverywhereTx) => Promise<T>): Promise<T> {
  return transaction({ workspaceId: 0 }, (tx) =>
    work({ db: tx.db, now: tx.now, afterCommit: tx.afterCommit, within: (workspaceId) => ({ ...tx, workspaceId }) }),
  );
}

/** The Problem 503 that an error amounts to when the database is away; null when it is anything else. */
export function asUnavailable(error: unknown): Problem | null {
  if (error instanceof Problem) return error.status === 503 ? error : null;
  return isGone(error) ? unavailable("The database cannot be reached at the moment. Try again in a few seconds.", error) : null;
}

export type Ask = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

/** Long work on a connection of its own, without the time limits of the others. It is closed when the work ends, however it ends. */
export async function onOwnConnection<T>(name: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const options = { ...pool().options, statement_timeout: 0, idle_in_transaction_session_timeout: 0 };
  const client = new pg.Client({ ...options, application_name: `throughline ${name}` });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(
      async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => (await client.query<Row>(text, values)).rows,
    );
  } finally {
    await client.end();
  }
}

const RETRY_MS = 1000;

/** Calls back at each NOTIFY on a channel, over a connection of its own that is opened again when it is lost. */
export async function listenTo(channel: string, call: () => void): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | null = null;

  async function open(): Promise<void> {
    const opened = new pg.Client({ ...pool().options, application_name: "throughline listen" });
    opened.on("notification", call);
    opened.on("error", () => undefined);
    opened.on("end", () => again());
    await opened.connect();
    await opened.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = opened;
  }

  function again(): void {
    client = null;
    if (stopped) return;
    setTimeout(() => {
      if (!stopped) open().then(call, () => undefined);
    }, RETRY_MS).unref();
  }

  await open().catch((error: unknown) => log.warn("cannot listen to the database yet", { channel, error }));
  return async () => {
    stopped = true;
    await client?.end();
  };
}
