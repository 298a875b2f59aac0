import { log } from "../../platform/log.ts";
import { now } from "../../platform/clock.ts";
import { asUnavailable } from "../../platform/db/index.ts";
import { Problem } from "../../platform/errors.ts";
import { refusalOf } from "./refusal-of.ts";
import { storeGroup, type Delivery, type Stored } from "./store-group.ts";
import { count } from "./volume.ts";

interface Waiting {
  delivery: Delivery;
  size: number;
  since: number;
  stored(outcome: Stored): void;
  failed(error: unknown): void;
}

/** Events written in one transaction, as a rule; large ones count as several. */
const GROUP = 2_000;
const AT_ONCE = 2;
const MOST_WAITING = 20_000;
/** Letters of an event, as it usually is. What waits is in memory: it may be 16 times as large. */
const USUAL = 2_048;
const LONGEST_WAIT = 5_000;

const lines = new Map<number, { waiting: Waiting[]; writing: number }>();
let waitingEvents = 0;

/** @throws Problem 429 while more is waiting than can be written soon */
export function refuseWhenFull(): void {
  if (waitingEvents < MOST_WAITING && longestWait() < LONGEST_WAIT) return;
  throw new Problem(429, "too-many-events", "More is coming in than can be stored right now. Send it again in a moment.", {
    retryAfter: 1,
  });
}

/**
 * Stores what a request brought, together with whatever else arrives meanwhile (group commit). Returns when it is on
 * the disk. What the database cannot keep is refused by itself and harms nothing else.
 * @throws Problem 429 when too much is waiting, 503 when the database is away; then nothing of it was stored
 */
export function store(delivery: Delivery): Promise<Stored> {
  refuseWhenFull();
  const line = lines.get(delivery.workspaceId) ?? { waiting: [], writing: 0 };
  lines.set(delivery.workspaceId, line);
  const size = sizeOf(delivery);
  waitingEvents += size;
  return new Promise((stored, failed) => {
    line.waiting.push({ delivery, size, since: now().getTime(), stored, failed });
    if (line.writing < AT_ONCE) void writeAll(delivery.workspaceId);
  });
}

async function writeAll(workspaceId: number): Promise<void> {
  const line = lines.get(workspaceId);
  if (line === undefined) return;
  line.writing += 1;
  // Requests of the same turn of the event loop travel together.
  await new Promise((resolve) => setImmediate(resolve));
  while (line.waiting.length > 0) await write(workspaceId, takeGroup(line.waiting));
  line.writing -= 1;
  if (line.writing === 0 && line.waiting.length === 0) lines.delete(workspaceId);
}

function takeGroup(waiting: Waiting[]): Waiting[] {
  let sum = 0;
  const upTo = waiting.findIndex(({ size }) => (sum += size) >= GROUP);
  return waiting.splice(0, upTo === -1 ? waiting.length : upTo + 1);
}

async function write(workspaceId: number, group: Waiting[]): Promise<void> {
  try {
    const outcomes = await storeGroup(
      workspaceId,
      group.map((each) => each.delivery),
    );
    group.forEach((each, index) => settle(each, outcomes[index]));
  } catch (error) {
    if (group.length > 1 && !asUnavailable(error)) for (const each of group) await write(workspaceId, [each]);
    else for (const each of group) await writeAlone(each, error);
  }
}

async function writeAlone(waiting: Waiting, error: unknown): Promise<void> {
  const { delivery } = waiting;
  try {
    if (asUnavailable(error)) throw error;
    settle(waiting, await storeOneByOne(delivery));
  } catch (failure) {
    waitingEvents -= waiting.size;
    waiting.failed(failure);
  }
}

/** Finds the event that the database cannot keep, and refuses that one alone. */
async function storeOneByOne(delivery: Delivery): Promise<Stored> {
  const all: Stored = { taken: 0, repeated: 0, refused: 0, positions: [] };
  const { body: _body, ...each } = delivery;
  const parts = [{ ...delivery, events: [] }, ...delivery.events.map((event) => ({ ...each, refusals: [], events: [event] }))];
  for (const part of parts) {
    const one = await storeOrRefuse(part);
    all.taken += one.taken;
    all.repeated += one.repeated;
    all.refused += one.refused;
    all.positions.push(...one.positions);
  }
  return all;
}

async function storeOrRefuse(part: Delivery): Promise<Stored> {
  const nothing: Stored = { taken: 0, repeated: 0, refused: 0, positions: [] };
  try {
    return (await storeGroup(part.workspaceId, [part]))[0] ?? nothing;
  } catch (error) {
    const [event] = part.events;
    if (asUnavailable(error) || event === undefined) throw error;
    log.error("an event could not be stored", { origin: part.origin, error });
    const refusals = [refusalOf(part.origin, "It could not be stored.", event.came)];
    return (await storeGroup(part.workspaceId, [{ ...part, events: [], refusals }]))[0] ?? nothing;
  }
}

function settle({ delivery, size, stored }: Waiting, outcome: Stored | undefined): void {
  waitingEvents -= size;
  const known = outcome ?? { taken: 0, repeated: 0, refused: 0, positions: [] };
  count(delivery, known);
  stored(known);
}

/** A request that brings nothing to record still costs a place. */
function sizeOf({ events }: Delivery): number {
  let size = 0;
  for (const { interactions } of events) size += Math.ceil((interactions.at(-1)?.propertiesJson?.length ?? 1) / USUAL);
  return Math.max(1, size);
}

function longestWait(): number {
  const at = now().getTime();
  let longest = 0;
  for (const { waiting } of lines.values()) longest = Math.max(longest, at - (waiting[0]?.since ?? at));
  return longest;
}
