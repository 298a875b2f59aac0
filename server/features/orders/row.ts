import { isDeepStrictEqual } from "node:util";
import type { Tx } from "../../platform/db/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { momentsOf, stateOf, timelinessOf } from "./as-it-stands.ts";
import { partsOf, type Facts } from "./facts.ts";
import type { Order } from "./queries.ts";
import type { OrderKey, OrderRow } from "./telling-queries.ts";

interface Known {
  key: OrderKey;
  customerId: number;
  /** Where no source says when it was placed. */
  placedAt: Date;
}

/** An order's row, from its facts alone. */
export function rowOf(facts: Facts, { key, customerId, placedAt }: Known, now: Date): OrderRow {
  const moment = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
  const moments = momentsOf(facts);
  const shipments = partsOf(facts, "shipments");
  return {
    customerId,
    source: key.source,
    externalId: key.externalId,
    number: facts.number?.value ?? key.externalId,
    state: stateOf(facts),
    items: facts.items?.value ?? [],
    total: facts.total === undefined ? null : Math.round(facts.total.value * 100) / 100,
    currency: facts.currency?.value ?? null,
    placedAt: moment(facts.placedAt?.value) ?? placedAt,
    paidAt: moment(moments.paidAt),
    promisedAt: moment(moments.promisedAt),
    shippedAt: moment(moments.shippedAt),
    deliveredAt: moment(moments.deliveredAt),
    cancelledAt: moment(moments.cancelledAt),
    lateAt: timelinessOf(facts, now).lateAt,
    tracking: facts.tracking?.value ?? shipments.find((each) => each.tracking !== undefined)?.tracking ?? null,
    payments: partsOf(facts, "payments"),
    shipments,
    returns: partsOf(facts, "returns"),
    refunds: partsOf(facts, "refunds"),
    disputes: partsOf(facts, "disputes"),
    facts,
  };
}

/** Whether two rows say the same of an order; when each word was said, and what the clock made of it, does not count. */
export function isSameOrder(one: OrderRow, other: OrderRow): boolean {
  return isDeepStrictEqual(visible(one), visible(other));
}

function visible({ facts: _facts, lateAt: _lateAt, ...row }: OrderRow): object {
  return { ...row, id: null };
}

export async function watchClock(tx: Tx, order: Order): Promise<void> {
  if (order.promisedAt === null || order.state === "delivered" || order.promisedAt <= tx.now) return;
  const runAt = new Date(order.promisedAt.getTime() + 1000);
  await enqueue(
    tx,
    "orders.watch-clock",
    { workspaceId: tx.workspaceId, orderId: order.id },
    { runAt, key: `orders.watch-clock:${order.id}` },
  );
}
