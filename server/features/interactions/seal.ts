import { setTimeout as sleep } from "node:timers/promises";
import { type Ask, anywhere, LOCKS, onOwnConnection } from "../../platform/db/index.ts";
import { log } from "../../platform/log.ts";
import { readHorizon } from "./horizon.ts";
import { copyPart, interactionsToTakeIn, type Part } from "./copy-part.ts";
import { countSealed, newestTruth } from "./queries.ts";
import { WIDTH } from "./room.ts";

const SWAP_TRIES = 60;
/** Everybody who reads or appends waits behind a try, so it is short; what is in flight ends between two. */
const SWAP_WAIT_MS = 300;
const BETWEEN_TRIES_MS = 1_000;
/** Interactions: some seconds at ten thousand a second. */
const AT_MOST_BEHIND = 50_000;
const MANY_PARTS = 5;

/** "changed": somebody's interactions were blanked meanwhile, so the copy was thrown away; "busy": it could not be put in place now. */
export type Sealing = "sealed" | "nothing to seal" | "changed" | "busy";

/**
 * Rewrites the oldest part of the log that is full in the order of customers: in the order of arrival each row of a
 * timeline lies on a page of its own. Readers and writers go on; the copy takes the place of the original in one short
 * transaction. One that a crash interrupts begins anew.
 */
export async function sealNext(): Promise<Sealing> {
  const settled = await readHorizon(anywhere());
  return onOwnConnection("sealing", async (ask) => {
    const [lock] = await ask<{ taken: boolean }>("select pg_try_advisory_lock($1::bigint) as taken", [LOCKS.sealing]);
    const part = lock?.taken ? await oldestFull(ask, settled) : undefined;
    if (!part) return "nothing to seal";
    const began = performance.now();
    const changes = await changesSoFar(ask, part);
    await copyPart(ask, part);
    const sealing = await swap(ask, part, changes);
    const seconds = Math.round((performance.now() - began) / 1000);
    if (sealing === "sealed") log.info("A part of the log was sealed.", { part: part.name, seconds });
    else log.info("A part of the log was not sealed now; it is tried again.", { part: part.name, because: sealing, seconds });
    return sealing;
  });
}

/** Whether there is time to seal a part: not while listeners are behind, unless many parts wait. */
export async function isTimeToSeal(): Promise<boolean> {
  if ((await interactionsToTakeIn()) <= AT_MOST_BEHIND) return true;
  return Math.floor((await newestTruth(anywhere())).sequence / WIDTH) - (await countSealed(anywhere())) >= MANY_PARTS;
}

/** Nobody appends below the horizon any more. */
async function oldestFull(ask: Ask, settled: number): Promise<Part | undefined> {
  const [part] = await ask<Part>(
    `select first::float8 as first, name from (
       select first, 'interactions_' || to_char(first / $2::bigint, 'FM00000') as name from generate_series(0, $1::bigint, $2::bigint) as first) as parts
     where first + $2::bigint - 1 <= $1::bigint and to_regclass(name) is not null
       and not exists (select from sealed_partitions where first_position = first)
     order by first limit 1`,
    [settled, WIDTH],
  );
  return part;
}

/** How many statements had changed the log when none was in flight on this part: the lock waits for those that were. */
export async function changesSoFar(ask: Ask, { name }: Part): Promise<number> {
  // What never changes need not be vacuumed, and a vacuum under way would hold up the swap.
  await ask(`alter table ${name} set (autovacuum_enabled = false)`);
  await ask("begin");
  await ask(`lock table only ${name} in share mode`);
  const [row] = await ask<{ changes: number }>(COUNT_CHANGES);
  await ask("commit");
  return row?.changes ?? 0;
}

const COUNT_CHANGES = "select (case when is_called then last_value else 0 end)::float8 as changes from interactions_changes";

/**
 * Puts the copy in the place of the original, unless something was blanked since `changes` were counted. A copy that is not
 * put in place is dropped: whoever is erased later would still be in it.
 */
export async function swap(ask: Ask, part: Part, changes: number, tries = SWAP_TRIES): Promise<Sealing> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      await ask("begin");
      await ask(`set local lock_timeout = ${SWAP_WAIT_MS}`);
      await ask("lock table only interactions in access exclusive mode");
      const [now] = await ask<{ changes: number }>(COUNT_CHANGES);
      const isChanged = now?.changes !== changes;
      if (!isChanged) await replace(ask, part);
      await ask("commit");
      if (isChanged) await ask(`drop table ${part.name}_sealed`);
      return isChanged ? "changed" : "sealed";
    } catch (error) {
      await ask("rollback");
      if (!isLockTimeout(error)) throw error;
      await sleep(BETWEEN_TRIES_MS);
    }
  }
  await ask(`drop table ${part.name}_sealed`);
  return "busy";
}

async function replace(ask: Ask, { name, first }: Part): Promise<void> {
  await ask(`alter table interactions detach partition ${name}`);
  await ask(`drop table ${name}`);
  await ask(`alter table ${name}_sealed rename to ${name}`);
  await ask(`alter table interactions attach partition ${name} for values from (${first}) to (${first + WIDTH})`);
  await ask(`alter table ${name} drop constraint within`);
  await ask("insert into sealed_partitions values ($1, now())", [first]);
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}
