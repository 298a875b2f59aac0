import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "../server/platform/db/index.ts";

/** Interactions that no listener has seen yet, where listeners read everything that they wait for. */
export async function lag(): Promise<number> {
  const { rows } = await pool().query<{ lag: number }>(
    "select (select last_value from interactions_position) - coalesce(min(position), 0) as lag from listener_cursors",
  );
  return Number(rows[0]?.lag ?? 0);
}

/** Waits until listeners have caught up, five minutes at most. */
export async function untilDigested(): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(20)) if ((await lag()) <= 0) return;
}
