import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Locks between processes that the kernel lets go of when their holder dies, however it dies.
 * Node offers no flock, so SQLite takes the lock: nothing is ever written to these files.
 */

export interface SharedLock {
  release(): void;
}

/** Runs `work` while no other process (or caller in this one) holds the lock at `path`. */
export async function exclusively<T>(path: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const lock = await untilFree(waitMs, path, () => tryLock(path, "exclusive"));
  try {
    return await work();
  } finally {
    lock.close();
  }
}

/** Holds `path` together with any number of others, until released or until the process ends. */
export async function share(path: string): Promise<SharedLock> {
  const lock = await untilFree(5_000, path, () => tryLock(path, "shared"));
  return { release: () => void (lock.isOpen && lock.close()) };
}

/** Whether nobody shares `path` at this moment. */
export function isUnshared(path: string): boolean {
  const lock = tryLock(path, "exclusive");
  lock?.close();
  return lock !== undefined;
}

function tryLock(path: string, mode: "exclusive" | "shared"): DatabaseSync | undefined {
  closeSync(openSync(path, "a", 0o600));
  const lock = new DatabaseSync(path);
  try {
    // Without a journal the lock can be taken on a full disk too.
    lock.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = OFF");
    lock.exec(mode === "exclusive" ? "BEGIN EXCLUSIVE" : "BEGIN; SELECT 1 FROM sqlite_schema");
    return lock;
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

async function untilFree<T>(waitMs: number, path: string, attempt: () => T | undefined): Promise<T> {
  for (let waited = 0; ; waited += 25) {
    const held = attempt();
    if (held !== undefined) return held;
    if (waited >= waitMs) throw new Error(`Another process has held ${path} for ${waitMs / 1000} s. Stop it, then start again.`);
    await sleep(25);
  }
}

const busy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === busy;
}
