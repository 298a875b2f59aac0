import { sql } from "kysely";
import { anywhere, isConnected, listenTo } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";

/**
 * Two calls go through the house: the log has grown (to its readers), and readers have taken something in (to open
 * screens). Those of this process hear at once, those of others by one NOTIFY per 10 ms at most (a NOTIFY inside each
 * write costs more than half the writes). All poll as well, so a lost call costs 250 ms.
 */
const CHANNELS = { grown: "throughline_log", "taken in": "throughline_taken_in" } as const;
const DEBOUNCE_MS = 10;

type Call = keyof typeof CHANNELS;

const waiting: Record<Call, Set<() => void>> = { grown: new Set(), "taken in": new Set() };
const untold = new Set<Call>();

/** The log has grown. */
export function wakeReaders(): void {
  spread("grown");
}

/** Listeners have taken something in. */
export function wakeScreens(): void {
  spread("taken in");
}

/** Calls back whenever the log may have grown. Answers how to stop. */
export function onGrowth(call: () => void): () => void {
  waiting.grown.add(call);
  return () => waiting.grown.delete(call);
}

/** Calls back whenever listeners may have taken something in. Answers how to stop. */
export function onTakenIn(call: () => void): () => void {
  waiting["taken in"].add(call);
  return () => waiting["taken in"].delete(call);
}

/** Hears of appends by other processes. */
export async function hearAppends(): Promise<() => Promise<void>> {
  return listenTo(CHANNELS.grown, () => wakeOwn("grown"));
}

/** Hears of what the listeners of other processes have taken in. */
export async function hearTakenIn(): Promise<() => Promise<void>> {
  return listenTo(CHANNELS["taken in"], () => wakeOwn("taken in"));
}

function spread(call: Call): void {
  wakeOwn(call);
  if (untold.size === 0) setTimeout(tellOthers, DEBOUNCE_MS).unref();
  untold.add(call);
}

function wakeOwn(call: Call): void {
  for (const wake of waiting[call]) wake();
}

/** A NOTIFY makes its commit a write; what is only a call need not wait for the disk. */
function tellOthers(): void {
  const channels = [...untold].map((call) => CHANNELS[call]);
  untold.clear();
  if (!isConnected()) return;
  sql`with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
    select pg_notify(channel, '') from unhurried, unnest(${channels}::text[]) as channel`
    .execute(anywhere().db)
    .catch((error: unknown) => {
      log.warn("could not tell other processes; they will find out by polling", { error });
    });
}
