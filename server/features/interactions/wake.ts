import { sql } from "kysely";
import { anywhere, isConnected, listenTo } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";

/**
 * Tells readers that the log has grown: those of this process at once, those of others by one NOTIFY per 10 ms at
 * most (a NOTIFY inside each write costs more than half the writes). Readers poll as well, so a lost call costs 250 ms.
 */
const CHANNEL = "throughline_log";
const DEBOUNCE_MS = 10;

const waiting = new Set<() => void>();
let timer: NodeJS.Timeout | null = null;

export function wakeReaders(): void {
  wakeOwn();
  timer ??= setTimeout(notifyOthers, DEBOUNCE_MS);
  timer.unref();
}

/** Calls back whenever the log may have grown. Answers how to stop. */
export function onGrowth(call: () => void): () => void {
  waiting.add(call);
  return () => waiting.delete(call);
}

/** Hears of appends by other processes. */
export async function hearOthers(): Promise<() => Promise<void>> {
  return listenTo(CHANNEL, wakeOwn);
}

function wakeOwn(): void {
  for (const call of waiting) call();
}

function notifyOthers(): void {
  timer = null;
  if (!isConnected()) return;
  sql`select pg_notify(${CHANNEL}, '')`.execute(anywhere().db).catch((error: unknown) => {
    log.warn("could not tell other processes of an append; they will find it by polling", { error });
  });
}
