import type { Kysely, Transaction } from "kysely";
import { now } from "../clock.ts";
import { log } from "../log.ts";
import { isWorthRepeating } from "./failures.ts";
import { database } from "./pool.ts";
import type { DB } from "./tables.gen.ts";

export type Db = Kysely<DB>;

export interface Who {
  workspaceId: number;
}

/** Where a query runs, and for whom. */
export interface Scope {
  db: Kysely<DB> | Transaction<DB>;
  workspaceId: number;
}

export interface Tx extends Scope {
  db: Transaction<DB>;
  /** The moment the work began: one for all that it writes. */
  now: Date;
  /** Runs `notify` once the work has been committed; not at all when it is rolled back. */
  afterCommit(notify: () => void): void;
}

const attempts = 3;

/**
 * Does `work` in one transaction (READ COMMITTED) and commits it when it returns.
 * When two stood in each other's way, it is done again, three times in all: it must change nothing outside `tx`.
 * A database that cannot answer is a Problem 503.
 */
export async function transaction<T>(who: Who, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const notices: (() => void)[] = [];
    try {
      const result = await database()
        .transaction()
        .execute((db) => work({ db, workspaceId: who.workspaceId, now: now(), afterCommit: (notify) => void notices.push(notify) }));
      notices.forEach(tell);
      return result;
    } catch (error) {
      if (attempt === attempts || !isWorthRepeating(error)) throw error;
    }
  }
}

/**
 * Waits for several pieces of work in one transaction, whose statements travel together (they are done in the order in
 * which they were sent). All have ended when it returns or throws, so that none runs on after a rollback.
 * @throws what the first of them threw, in the order given
 */
export async function together<T extends readonly unknown[] | []>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** A scope for reading, without a transaction. */
export function reading(who: Who): Scope {
  return { db: database(), workspaceId: who.workspaceId };
}

/** What is committed stays so, whatever becomes of the notice. */
function tell(notify: () => void): void {
  try {
    notify();
  } catch (error) {
    log.error("A notice after a commit failed.", { error });
  }
}
