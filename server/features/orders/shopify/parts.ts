import { Type, type Static } from "typebox";
import { expectSum, readMoment } from "../moments.ts";
import { Id, Optional } from "../shop-words.ts";
import type * as words from "../words.ts";

/** What Shopify tells of one part of an order: fulfilments, their events, transactions, refunds, disputes. */
export const Fulfilment = Type.Object({
  id: Optional(Id),
  order_id: Optional(Id),
  status: Optional(Type.String()),
  shipment_status: Optional(Type.String()),
  created_at: Optional(Type.String()),
  updated_at: Optional(Type.String()),
  tracking_company: Optional(Type.String()),
  tracking_number: Optional(Type.String()),
});

export const FulfilmentEvent = Type.Object({
  order_id: Id,
  fulfillment_id: Optional(Id),
  status: Type.String(),
  happened_at: Optional(Type.String()),
  created_at: Optional(Type.String()),
  estimated_delivery_at: Optional(Type.String()),
});

export const Transaction = Type.Object({
  id: Id,
  order_id: Optional(Id),
  kind: Optional(Type.String()),
  status: Optional(Type.String()),
  amount: Optional(Type.String()),
  currency: Optional(Type.String()),
  gateway: Optional(Type.String()),
  created_at: Optional(Type.String()),
  processed_at: Optional(Type.String()),
});

const RefundItem = Type.Object({
  restock_type: Optional(Type.String()),
  subtotal: Optional(Type.Union([Type.Number(), Type.String()])),
  total_tax: Optional(Type.Union([Type.Number(), Type.String()])),
});

export const Refund = Type.Object({
  id: Id,
  order_id: Optional(Id),
  created_at: Optional(Type.String()),
  processed_at: Optional(Type.String()),
  note: Optional(Type.String()),
  return: Optional(Type.Object({ id: Id })),
  refund_line_items: Optional(Type.Array(RefundItem)),
  transactions: Optional(Type.Array(Transaction)),
});

export const Dispute = Type.Object({
  id: Id,
  order_id: Optional(Id),
  amount: Optional(Type.String()),
  currency: Optional(Type.String()),
  reason: Optional(Type.String()),
  status: Optional(Type.String()),
  initiated_at: Optional(Type.String()),
  finalized_on: Optional(Type.String()),
});

export function shipmentOf(fulfilment: Static<typeof Fulfilment>): words.Shipment {
  const sent = fulfilment.status === "success" || Boolean(fulfilment.shipment_status);
  return {
    id: String(fulfilment.id ?? "only"),
    carrier: fulfilment.tracking_company ?? undefined,
    tracking: fulfilment.tracking_number ?? undefined,
    shippedAt: sent ? readMoment(fulfilment.created_at) : undefined,
    deliveredNoticedAt: fulfilment.shipment_status === "delivered" ? readMoment(fulfilment.updated_at) : undefined,
    isCancelled: fulfilment.status === "cancelled" ? true : undefined,
  };
}

/** A sale or a capture that succeeded is a payment; an authorisation is none yet, and refunds are told as refunds. */
export function paymentOf(transaction: Static<typeof Transaction>): words.Payment[] {
  if (transaction.status !== "success" || !["sale", "capture"].includes(transaction.kind ?? "")) return [];
  return [
    {
      id: String(transaction.id),
      amount: sumOf("amount", transaction.amount),
      currency: transaction.currency ?? undefined,
      method: transaction.gateway ?? undefined,
      paidAt: readMoment(transaction.processed_at) ?? readMoment(transaction.created_at),
    },
  ];
}

/** A refund whose items go back on the shelf is a return as well. */
export function refundWords(refund: Static<typeof Refund>): Pick<words.OrderWords, "refunds" | "returns"> {
  const at = readMoment(refund.processed_at) ?? readMoment(refund.created_at);
  const reason = refund.note?.trim() || undefined;
  const wasReturned = refund.refund_line_items?.some((each) => each.restock_type === "return") === true;
  const id = String(refund.id);
  const returnId = refund.return ? String(refund.return.id) : `refund-${id}`;
  return {
    refunds: [{ id, amount: refundedSum(refund), currency: refund.transactions?.[0]?.currency ?? undefined, reason, refundedAt: at }],
    ...(wasReturned ? { returns: [{ id: returnId, reason, receivedAt: at }] } : {}),
  };
}

function refundedSum({ transactions, refund_line_items: items }: Static<typeof Refund>): number | undefined {
  const paid = (transactions ?? []).filter((each) => each.kind === "refund" && each.status === "success");
  if (paid.length > 0) return total(paid.map((each) => sumOf("amount", each.amount) ?? 0));
  if (!items || items.length === 0) return undefined;
  return total(items.map((each) => (sumOf("subtotal", each.subtotal) ?? 0) + (sumOf("total_tax", each.total_tax) ?? 0)));
}

export function disputeOf(dispute: Static<typeof Dispute>): words.Dispute {
  return {
    id: String(dispute.id),
    amount: sumOf("amount", dispute.amount),
    currency: dispute.currency ?? undefined,
    reason: dispute.reason ?? undefined,
    status: dispute.status ?? undefined,
    openedAt: readMoment(dispute.initiated_at),
  };
}

function total(sums: readonly number[]): number {
  return Math.round(sums.reduce((sum, each) => sum + each, 0) * 100) / 100;
}

function sumOf(name: string, sum: string | number | null | undefined): number | undefined {
  return sum === null || sum === undefined || sum === "" ? undefined : expectSum(name, Number(sum));
}
