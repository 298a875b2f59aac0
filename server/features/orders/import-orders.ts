import type { NewInteraction } from "../interactions/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { timelinessOf } from "./as-it-stands.ts";
import { mergeFacts } from "./facts.ts";
import { happenedTo } from "./happened.ts";
import { rowOf, watchClock } from "./row.ts";
import { keyText, saveOrders, type OrderKey } from "./telling-queries.ts";
import type { OrderWords } from "./words.ts";

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
  const told = orders.map(({ key, customerId, words }) =>
    rowOf(mergeFacts({}, words, tx.now.toISOString()), { key, customerId, placedAt: tx.now }, tx.now),
  );
  const saved = await saveOrders(tx, told);
  const happened: NewInteraction[] = [];
  for (const row of told) {
    const order = saved.get(keyText(row));
    if (!order) continue;
    happened.push(...happenedTo(order, null, timelinessOf(row.facts, tx.now).lateMinutes, tx.now));
    await watchClock(tx, order);
  }
  return happened;
}
