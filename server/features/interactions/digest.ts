import { asUnavailable, together, transactionAnywhere } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";
import { readHorizon } from "./horizon.ts";
import type { Interaction } from "./interaction.ts";
import { isContextRead, kindsHeard, PARTITIONS, type Listener, type ListenerTx } from "./listener.ts";
import { wakeScreens } from "./wake.ts";
import { holdPersons } from "./aliases.ts";
import { lockCursors, moveCursors, readPartition, setAside, takePartition } from "./queries.ts";

const BATCH = 1000;
const TRIES = 3;

/** Whether there may be more to take in at once; "busy" when another process has the partition. */
export type Progress = "more" | "done" | "busy";

/**
 * Takes in the next batch of a partition: every listener in floor order and all their cursors in one transaction.
 * When one of them fails, the batch is rolled back and each listener tries alone; what a listener cannot take in
 * even by itself is set aside, and the rest goes on.
 */
export async function digest(partition: number, listeners: readonly Listener[], limit = BATCH): Promise<Progress> {
  try {
    return await takeIn(partition, listeners, limit);
  } catch (error) {
    if (asUnavailable(error)) throw error;
    if (listeners.length > 1) return digestEachAlone(partition, listeners, limit);
    const [listener] = listeners;
    if (!listener) throw error;
    log.warn("a listener failed; trying interaction by interaction", { listener: listener.name, error });
    return digestOneByOne(partition, listener);
  }
}

async function takeIn(partition: number, listeners: readonly Listener[], limit: number): Promise<Progress> {
  return transactionAnywhere(async (tx) => {
    if (!(await takePartition(tx, partition))) return "busy";
    const [cursors, upTo] = await together([cursorsOf(tx, partition, listeners), readHorizon(tx)]);
    const after = Math.min(...cursors.values());
    if (upTo <= after) return "done";

    const [heard, withContext] = await together([
      together(listeners.map((listener) => kindsHeard(tx, listener))),
      isContextRead(tx, listeners),
    ]);
    const kinds = [...new Set(heard.flat())];
    const batch = await readPartition(tx, { after, upTo, limit, partition, partitions: PARTITIONS, kinds, withContext });
    await holdPersons(
      tx,
      batch.map((each) => each.customerId),
    );
    for (const [index, listener] of listeners.entries()) {
      const its = batch.filter((each) => each.position > (cursors.get(listener.name) ?? 0) && heard[index]?.includes(each.kind));
      if (its.length > 0) await listener.handle(tx, its);
    }

    const isFull = batch.length === limit;
    await moveCursors(
      tx,
      listeners.map((each) => each.name),
      partition,
      isFull ? positionOfLast(batch) : upTo,
    );
    // Screens are told of what listeners have taken in.
    tx.afterCommit(wakeScreens);
    return isFull ? "more" : "done";
  });
}

async function digestEachAlone(partition: number, listeners: readonly Listener[], limit: number): Promise<Progress> {
  let progress: Progress = "done";
  for (const listener of listeners) {
    if ((await digest(partition, [listener], limit)) === "more") progress = "more";
  }
  return progress;
}

/** Goes on in steps of one interaction until the batch that failed is behind; sets aside what fails every time. */
async function digestOneByOne(partition: number, listener: Listener): Promise<Progress> {
  for (let step = 0; step < BATCH; step++) {
    const progress = await takeInOneOrSetAside(partition, listener);
    if (progress !== "more") return progress;
  }
  return "more";
}

async function takeInOneOrSetAside(partition: number, listener: Listener): Promise<Progress> {
  let failure: unknown;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      return await takeIn(partition, [listener], 1);
    } catch (error) {
      if (asUnavailable(error)) throw error;
      failure = error;
    }
  }
  return skip(partition, listener, failure);
}

async function skip(partition: number, listener: Listener, failure: unknown): Promise<Progress> {
  return transactionAnywhere(async (tx) => {
    if (!(await takePartition(tx, partition))) return "busy";
    const after = (await cursorsOf(tx, partition, [listener])).get(listener.name) ?? 0;
    const upTo = await readHorizon(tx);
    const kinds = await kindsHeard(tx, listener);
    const [poison] = await readPartition(tx, { after, upTo, limit: 1, partition, partitions: PARTITIONS, kinds, withContext: false });
    if (!poison) return "done";
    log.error("an interaction was set aside", { listener: listener.name, position: poison.position, error: failure });
    await setAside(tx, listener.name, poison, failure instanceof Error ? failure.message : String(failure), TRIES);
    await moveCursors(tx, [listener.name], partition, poison.position);
    return "more";
  });
}

async function cursorsOf(tx: ListenerTx, partition: number, listeners: readonly Listener[]): Promise<Map<string, number>> {
  const rows = await lockCursors(
    tx,
    listeners.map((each) => each.name),
    partition,
  );
  return new Map(rows.map((row) => [row.listener, row.position]));
}

function positionOfLast(batch: Interaction[]): number {
  return batch.at(-1)?.position ?? 0;
}
