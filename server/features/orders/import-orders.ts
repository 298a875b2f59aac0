import { sql } from "kysely";
import type { NewInteraction } from "../interactions/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { mergeFacts, stateOf, timelinessOf, type OrderWords } from "./facts.ts";
import type { OrderKey } from "./queries.ts";
import { happenedTo, rowOf, watchClock } from "./tell-order.ts";

export interface PastOrder {
  key: OrderKey;
  customerId: number;
  words: OrderWords;
}

/**
 * Takes in many orders at once, and answers what they lived through, for the caller to put into the log in order of
 * time. For orders that are new to the workspace.
 */
export async function importOrders(tx: Tx, orders: readonly PastOrder[]): Promise<NewInteraction[]> {
  const told = orders.map(({ key, customerId, words }) => {
    const facts = mergeFacts({}, words, tx.now.toISOString());
    return { facts, row: rowOf(facts, { key, customerId, before: null }, tx.now), lateMinutes: timelinessOf(facts, tx.now).lateMinutes };
  });
  const rows = told.map(({ row }) => row);
  const { rows: saved } = await sql<{ id: number }>`
    insert into orders (workspace_id, customer_id, source, external_id, number, state, items, total, currency, placed_at, promised_at, delivered_at, late_at, facts, updated_at)
    select ${tx.workspaceId}, customer_id, source, external_id, number, state, items, total, currency, placed_at, promised_at, delivered_at, late_at, facts, ${tx.now}
    from unnest(${rows.map((row) => row.customerId)}::bigint[], ${rows.map((row) => row.source)}::text[], ${rows.map((row) => row.externalId)}::text[],
      ${rows.map((row) => row.number)}::text[], ${told.map(({ facts }) => stateOf(facts))}::text[], ${rows.map((row) => JSON.stringify(row.items))}::jsonb[],
      ${rows.map((row) => row.total)}::numeric[], ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.placedAt)}::timestamptz[],
      ${rows.map((row) => row.promisedAt)}::timestamptz[], ${rows.map((row) => row.deliveredAt)}::timestamptz[], ${rows.map((row) => row.lateAt)}::timestamptz[],
      ${rows.map((row) => JSON.stringify(row.facts))}::jsonb[]) with ordinality
      as given (customer_id, source, external_id, number, state, items, total, currency, placed_at, promised_at, delivered_at, late_at, facts, ordinal)
    order by ordinal returning id`.execute(tx.db);
  const happened: NewInteraction[] = [];
  for (const [index, { row, lateMinutes }] of told.entries()) {
    const order = { ...row, id: saved[index]?.id ?? 0 };
    happened.push(...happenedTo(order, null, lateMinutes, tx.now));
    if (order.promisedAt !== null && order.deliveredAt === null && order.promisedAt > tx.now) await watchClock(tx, order);
  }
  return happened;
}
