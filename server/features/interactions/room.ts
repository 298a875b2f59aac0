import { log } from "../../platform/log.ts";
import { onOwnConnection } from "../../platform/db/index.ts";

/** The log lies in parts of so many positions, as `ensure_interactions_partition` makes them: each before its first is given out. */
export const WIDTH = 2_000_000;
/** Positions for which there is room before more is made. */
const AHEAD = 4_000_000;

let roomUpTo = 0;
let making: Promise<void> | null = null;

/** Makes room ahead of the newest position. It holds nobody up; a second call meanwhile waits for the first. */
export function makeRoomAhead(): Promise<void> {
  making ??= make().finally(() => (making = null));
  return making;
}

/** To be told of each position that was written: as the log grows, so does the room, however fast that is. */
export function notePosition(position: number): void {
  if (position + AHEAD < roomUpTo || making !== null) return;
  makeRoomAhead().catch((error: unknown) => log.warn("No room could be made in the log; it is tried again.", { error }));
}

/** On a connection of its own: those of the pool may all be held by appends that wait for it. */
async function make(): Promise<void> {
  await onOwnConnection("making room", async (ask) => {
    const [row] = await ask<{ newest: number }>(
      `select newest::float8 as newest, ensure_interactions_partition(newest), ensure_interactions_partition(newest + $1),
         ensure_interactions_partition(newest + $1 + $1) from (select last_value as newest from interactions_position) as s`,
      [WIDTH],
    );
    roomUpTo = (Math.floor(((row?.newest ?? 0) + AHEAD) / WIDTH) + 1) * WIDTH;
  });
}

/** Whether an append failed because there was no room for it (check_violation, and no constraint is named). */
export function isWithoutRoom(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23514" && !Reflect.get(error, "constraint");
}

/** By its code the whole transaction is repeated, and then finds room. */
export class RoomMade extends Error {
  readonly code = "40001";
  constructor() {
    super("There was no room in the log; there is now.");
  }
}
