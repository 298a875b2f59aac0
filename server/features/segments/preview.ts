import { sql } from "kysely";
import { authorize, type Actor } from "../access/index.ts";
import { findCustomers, type Customer } from "../customers/index.ts";
import { membersOf } from "../interactions/index.ts";
import { now } from "../../platform/clock.ts";
import { reading, transaction, type Tx } from "../../platform/db/index.ts";
import type { Condition } from "./condition.ts";
import { expand } from "./expand.ts";
import { namedIn, refuseCircle } from "./named.ts";
import { sentenceOf } from "./sentence-of.ts";
import { personsSql, sqlOf, type Asked } from "./sql-of.ts";
import type { Where } from "./where.ts";

export interface Preview {
  count: number;
  /** Counted in a sample, because counting all would take too long. */
  isEstimate: boolean;
  sentence: string;
  examples: Customer[];
}

const PATIENCE_MS = 1500;
const SAMPLE = 2000;
const EXAMPLES = 5;

/**
 * Who would be in a segment now. Quick enough to be asked while conditions are being edited.
 * @throws Problem 400 when they name what is not there
 */
export async function preview(actor: Actor, where: Where): Promise<Preview> {
  authorize(actor, "segments:read");
  const named = await namedIn(reading(actor));
  refuseCircle("", where, named);
  const condition = expand(where, named);
  const found = await transaction(actor, (tx) => count(tx, condition)).catch((error: unknown) => {
    if (!isTooSlow(error)) throw error;
    return transaction(actor, (tx) => estimate(tx, condition));
  });
  const customers = await findCustomers(reading(actor), found.ids);
  return {
    count: found.count,
    isEstimate: found.isEstimate,
    sentence: sentenceOf(where, named),
    examples: found.ids.flatMap((id) => customers.get(id) ?? []),
  };
}

interface Found {
  count: number;
  isEstimate: boolean;
  ids: number[];
}

async function count(tx: Tx, condition: Condition): Promise<Found> {
  await hurry(tx, PATIENCE_MS);
  return { ...(await ask(tx, condition, { workspaceId: tx.workspaceId, at: now() })), isEstimate: false };
}

async function estimate(tx: Tx, condition: Condition): Promise<Found> {
  await hurry(tx, 2 * PATIENCE_MS);
  const { rows } = await sql<{ id: number; all: number }>`
    select c.id, count(*) over () as all from ${personsSql({ workspaceId: tx.workspaceId })} order by hashint8(c.id) limit ${SAMPLE}`.execute(
    tx.db,
  );
  const members = await membersOf(
    tx,
    rows.map((row) => row.id),
  );
  const sample = [...members.values()].flat();
  const found = await ask(tx, condition, { workspaceId: tx.workspaceId, at: now(), among: sample });
  return { ...found, count: Math.round((found.count / Math.max(1, rows.length)) * (rows[0]?.all ?? 0)), isEstimate: true };
}

async function ask(tx: Tx, condition: Condition, asked: Asked): Promise<{ count: number; ids: number[] }> {
  const { rows } = await sql<{ count: number; ids: number[] | null }>`
    with found as materialized (select c.id, c.last_seen_at from ${personsSql(asked)} and ${sqlOf(condition, asked)})
    select (select count(*) from found) as count,
      (select array_agg(id) from (select id from found order by last_seen_at desc limit ${EXAMPLES}) as newest) as ids`.execute(tx.db);
  return { count: rows[0]?.count ?? 0, ids: rows[0]?.ids ?? [] };
}

/** Sets what may be asked of the database for this. */
async function hurry(tx: Tx, most: number): Promise<void> {
  await sql`select set_config('statement_timeout', ${String(most)}, true), set_config('work_mem', '64MB', true)`.execute(tx.db);
}

function isTooSlow(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "57014";
}
