import { together, type EverywhereTx, type Scope } from "../../platform/db/index.ts";
import type { Interaction } from "./interaction.ts";

/**
 * The customers are split over this many partitions, by id; each is read by one process at a time, so partitions run
 * in parallel and each customer's order holds. Changing it needs all cursors at the same position (docs/operating.md).
 */
export const PARTITIONS = 2;

/** What a listener works in: the batch's transaction, over all workspaces. */
export type ListenerTx = EverywhereTx;

/** A named consumer of the log. Each interaction takes effect exactly once, through crashes too. */
export interface Listener {
  name: string;
  /** Lower floors hear first. */
  floor: number;
  /** Kinds it listens for. */
  kinds: readonly string[];
  /** Kinds it listens for besides, where they change while the house runs: asked for each batch, in its transaction. */
  kindsNow?(tx: ListenerTx): Promise<readonly string[]>;
  /**
   * Whether it looks into what an event came with (`properties.context`: the page, the device). That is most of an event,
   * and read from the disk for nobody else. Asked for each batch, in its transaction; as a rule it does not.
   */
  readsContext?(tx: ListenerTx): Promise<boolean>;
  /** Takes in a batch in the order of arrival. Appends it makes must carry a source key, so that a rebuild repeats nothing. */
  handle(tx: ListenerTx, batch: Interaction[]): Promise<void>;
  /** Drops what it derived, before a rebuild. */
  clear(scope: Pick<Scope, "db">): Promise<void>;
}

/** All that a listener hears in a batch's transaction. */
export async function kindsHeard(tx: ListenerTx, { kinds, kindsNow }: Listener): Promise<readonly string[]> {
  return kindsNow === undefined ? kinds : [...kinds, ...(await kindsNow(tx))];
}

/** Whether any of these looks into what events came with. */
export async function isContextRead(tx: ListenerTx, listeners: readonly Listener[]): Promise<boolean> {
  return (await together(listeners.map(async (each) => (await each.readsContext?.(tx)) ?? false))).includes(true);
}

const listeners: Listener[] = [];

/** Called by server/app for each room's listeners, before reading starts. */
export function addListeners(more: readonly Listener[]): void {
  for (const listener of more) {
    if (listeners.some((each) => each.name === listener.name)) throw new Error(`two listeners are called ${listener.name}`);
    listeners.push(listener);
  }
  listeners.sort((a, b) => a.floor - b.floor);
}

export function allListeners(): readonly Listener[] {
  return listeners;
}

/** For tests: hears nothing any more. */
export function removeListeners(): void {
  listeners.length = 0;
}

/** @throws Error when no listener has that name */
export function listenerNamed(name: string): Listener {
  const found = listeners.find((each) => each.name === name);
  if (!found) throw new Error(`There is no listener "${name}". There are: ${listeners.map((each) => each.name).join(", ")}.`);
  return found;
}
