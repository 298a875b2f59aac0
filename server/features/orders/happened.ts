import type { NewInteraction } from "../interactions/index.ts";
import { comingBackOf, requestOf } from "./as-it-stands.ts";
import type { Order } from "./queries.ts";

/** What the order has lived through since it was last saved, each once: as the log has it. */
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
  if (order.paidAt && !before?.paidAt) add("paid", order.paidAt, "checkout", facts);
  if (order.shippedAt && !before?.shippedAt) add("shipped", order.shippedAt, "delivery", facts);
  if (order.lateAt && !before?.lateAt) add("late", order.lateAt, "delivery", { ...facts, noticedAt: now.toISOString() });
  if (!order.lateAt && before?.lateAt) add("not-late", order.deliveredAt ?? now, "delivery", facts);
  if (order.deliveredAt && !before?.deliveredAt) {
    add("delivered", order.deliveredAt, "delivery", { ...facts, lateMinutes, promiseKept: lateMinutes === null ? null : lateMinutes <= 0 });
  }
  if (order.state === "cancelled" && order.cancelledAt && before?.state !== "cancelled")
    add("cancelled", order.cancelledAt, "checkout", facts);
  for (const part of partsHappened(order, before, now)) add(part.what, part.at, "returns", { ...facts, ...part.properties });
  return happened;
}

interface PartHappened {
  what: string;
  at: Date;
  properties: Record<string, unknown>;
}

/** Returns, refunds and disputes that were not there before. */
function partsHappened(order: Order, before: Order | null, now: Date): PartHappened[] {
  const moment = (text: string | undefined): Date => (text === undefined ? now : new Date(text));
  const requested = fresh(order.returns, before?.returns, requestOf);
  const returned = fresh(order.returns, before?.returns, comingBackOf);
  const refunded = fresh(order.refunds, before?.refunds, (each) => each.id);
  const disputed = fresh(order.disputes, before?.disputes, (each) => each.id);
  return [
    ...requested.map((each) => ({
      what: "return-requested",
      at: moment(requestOf(each)),
      properties: { returnId: each.id, reason: each.reason ?? null },
    })),
    ...returned.map((each) => ({
      what: "returned",
      at: moment(comingBackOf(each)),
      properties: { returnId: each.id, reason: each.reason ?? null },
    })),
    ...refunded.map(({ id, reason, amount, refundedAt, refundedNoticedAt, currency }) => ({
      what: "refunded",
      at: moment(refundedAt ?? refundedNoticedAt),
      properties: { refundId: id, reason: reason ?? null, amount: amount ?? null, ...(currency === undefined ? {} : { currency }) },
    })),
    ...disputed.map(({ id, reason, amount, openedAt }) => ({
      what: "disputed",
      at: moment(openedAt),
      properties: { disputeId: id, reason: reason ?? null, amount: amount ?? null },
    })),
  ];
}

/** The parts of which something is said now that was not said before. */
function fresh<Part extends { id: string }>(
  now: readonly Part[],
  before: readonly Part[] | undefined,
  said: (part: Part) => string | undefined,
): Part[] {
  const known = new Set(before?.filter((part) => said(part) !== undefined).map((part) => part.id));
  return now.filter((part) => said(part) !== undefined && !known.has(part.id));
}
