import { now } from "../../platform/clock.ts";
import { anywhere, isConnected } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";
import { addCounts, type Counted } from "./queries.ts";

const EVERY = 1_000;
const HOUR = 3_600_000;

let counted = new Map<string, Counted>();
let timer: NodeJS.Timeout | null = null;

/**
 * Counts what came, for the screen of a source. Written once a second, beside the events' own transactions: a row that
 * every group wrote would make them wait for each other.
 */
export function count(
  of: { workspaceId: number; origin: string },
  outcome: { taken: number; repeated: number; refused: number; positions: readonly number[] },
): void {
  const hour = new Date(Math.floor(now().getTime() / HOUR) * HOUR);
  const key = `${of.workspaceId} ${of.origin} ${hour.getTime()}`;
  const sum = counted.get(key) ?? { workspaceId: of.workspaceId, origin: of.origin, hour, taken: 0, repeated: 0, refused: 0, newest: [] };
  sum.taken += outcome.taken;
  sum.repeated += outcome.repeated;
  sum.refused += outcome.refused;
  sum.newest = [...outcome.positions.slice(-20).toReversed(), ...sum.newest].slice(0, 20);
  counted.set(key, sum);
  timer ??= setTimeout(() => void writeCounts(), EVERY).unref();
}

/** Writes what was counted so far. */
export async function writeCounts(): Promise<void> {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  const counts = [...counted.values()];
  counted = new Map();
  if (counts.length === 0 || !isConnected()) return;
  await addCounts(anywhere(), counts).catch((error: unknown) => log.warn("what came could not be counted", { error }));
}
