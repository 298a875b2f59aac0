import type { Tx } from "../../platform/db/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { record, type NewInteraction } from "../interactions/index.ts";
import { mergeFacts, stateOf, timelinessOf, type Facts, type OrderWords } from "./facts.ts";
import { lockOrder, saveOrder, type Order, type OrderKey, type OrderRow } from "./queries.ts";

export interface Told {
  key: OrderKey;
  customerId: number;
  said: readonly Said[];
}

export interface Said {
  words: OrderWords;
  /** When the source says that this was so. */
  at: Date;
}

/**
 * Takes in what a source says of an order: merges it with what is known, saves the order as it now stands, and writes
 * what has newly happened to the log. Saying the same again changes nothing.
 */
export async function tellOrder(tx: Tx, told: Told): Promise<Order> {
  const before = await lockOrder(tx, told.key);
  const facts = told.said.reduce((known, { words, at }) => mergeFacts(known, words, at.toISOString()), before?.facts ?? {});
  return settle(tx, facts, { key: told.key, customerId: before?.customerId ?? told.customerId, before: before ?? null });
}

interface Known {
  key: OrderKey;
  customerId: number;
  before: Order | null;
}

/** Saves an order as its facts have it at this moment, and records what has newly happened. */
export async function settle(tx: Tx, facts: Facts, known: Known): Promise<Order> {
  const row = rowOf(facts, known, tx.now);
  const order = await saveOrder(tx, row);
  await record(tx, happenedTo(order, known.before, timelinessOf(facts, tx.now).lateMinutes, tx.now));
  if (order.promisedAt !== null && order.state !== "delivered" && order.promisedAt > tx.now) await watchClock(tx, order);
  return order;
}

export function rowOf(facts: Facts, known: Known, now: Date): OrderRow {
  const moment = (fact: { value: string } | undefined): Date | null => (fact ? new Date(fact.value) : null);
  return {
    customerId: known.customerId,
    source: known.key.source,
    externalId: known.key.externalId,
    number: facts.number?.value ?? known.key.externalId,
    state: stateOf(facts),
    items: facts.items?.value ?? [],
    total: facts.total?.value ?? null,
    currency: facts.currency?.value ?? null,
    placedAt: moment(facts.placedAt) ?? now,
    promisedAt: moment(facts.promisedAt),
    shippedAt: moment(facts.shippedAt),
    deliveredAt: moment(facts.deliveredAt),
    cancelledAt: moment(facts.cancelledAt),
    lateAt: timelinessOf(facts, now).lateAt,
    tracking: facts.tracking?.value ?? null,
    facts,
  };
}

/** What the order has lived through since it was last saved. */
export function happenedTo(order: Order, before: Order | null, lateMinutes: number | null, now: Date): NewInteraction[] {
  const facts = { number: order.number, total: order.total, currency: order.currency, promisedAt: order.promisedAt?.toISOString() ?? null };
  const items = order.items.map(({ name, quantity }) => ({ name, quantity }));
  const happened: NewInteraction[] = [];
  const add = (what: string, at: Date, touchpoint: string, properties: Record<string, unknown>): void => {
    happened.push({
      kind: `order.${what}`,
      customerId: order.customerId,
      orderId: order.id,
      occurredAt: at,
      touchpoint,
      initiative: "reactive",
      properties,
    });
  };

  if (before === null) add("placed", order.placedAt, "checkout", { ...facts, items });
  if (order.shippedAt && !before?.shippedAt) add("shipped", order.shippedAt, "delivery", facts);
  if (order.lateAt && !before?.lateAt) add("late", order.lateAt, "delivery", { ...facts, noticedAt: now.toISOString() });
  if (!order.lateAt && before?.lateAt) add("not-late", order.deliveredAt ?? now, "delivery", facts);
  if (order.deliveredAt && !before?.deliveredAt) {
    add("delivered", order.deliveredAt, "delivery", { ...facts, lateMinutes, promiseKept: lateMinutes === null ? null : lateMinutes <= 0 });
  }
  if (order.state === "cancelled" && order.cancelledAt && before?.state !== "cancelled")
    add("cancelled", order.cancelledAt, "checkout", facts);
  return happened;
}

export async function watchClock(tx: Tx, order: Order): Promise<void> {
  if (order.promisedAt === null) return;
  const runAt = new Date(order.promisedAt.getTime() + 1000);
  await enqueue(
    tx,
    "orders.watch-clock",
    { workspaceId: tx.workspaceId, orderId: order.id },
    { runAt, key: `orders.watch-clock:${order.id}` },
  );
}
