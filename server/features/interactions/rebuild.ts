import { anywhere, transactionAnywhere } from "../../platform/db/index.ts";
import { listenerNamed } from "./listener.ts";
import { findInteraction, lockCursors, resetCursors, takeBack } from "./queries.ts";
import { digestAll } from "./read-log.ts";
import { ensureCursors } from "./queries.ts";
import { PARTITIONS } from "./listener.ts";
import { notFound } from "../../platform/errors.ts";

/** Drops what a listener derived and reads the whole log for it again. Safe while the server runs. */
export async function rebuildListener(name: string): Promise<void> {
  const listener = listenerNamed(name);
  await ensureCursors(anywhere(), [name], PARTITIONS);
  await transactionAnywhere(async (tx) => {
    for (let partition = 0; partition < PARTITIONS; partition++) await lockCursors(tx, [name], partition);
    await listener.clear(tx);
    await resetCursors(tx, name);
  });
  await digestAll([listener]);
}

/** Gives a listener once more what it could not take in. @throws what the listener throws, and it stays set aside */
export async function replaySetAside(name: string, position: number): Promise<void> {
  const listener = listenerNamed(name);
  await transactionAnywhere(async (tx) => {
    const interaction = await findInteraction(tx, position);
    if (!interaction || !(await takeBack(tx, name, position))) throw notFound("interaction");
    await listener.handle(tx, [interaction]);
  });
}
