import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { expectSum, readMoment } from "../moments.ts";
import { Id, nameOf, Optional, promisedAfter, promisedIn, readDeleted, type KnownOfShop, type ShopWords } from "../shop-words.ts";
import type { OrderWords } from "../words.ts";
import { Return, returnOf } from "./returns.ts";
import { disputeOf, Dispute, Fulfilment, FulfilmentEvent, paymentOf, Refund, refundWords, shipmentOf, Transaction } from "./parts.ts";

const Text = Type.Union([Type.String(), Type.Null()]);
const Item = Type.Object({
  name: Optional(Type.String()),
  title: Optional(Type.String()),
  quantity: Optional(Type.Number()),
  price: Optional(Type.String()),
  sku: Optional(Type.String()),
});
const Attribute = Type.Object({ name: Type.String(), value: Optional(Type.Unknown()) });
const Person = Type.Object({ id: Optional(Id), email: Optional(Text), first_name: Optional(Text), last_name: Optional(Text) });

const ShopifyOrder = Type.Object({
  id: Id,
  name: Optional(Type.String()),
  email: Optional(Type.String()),
  contact_email: Optional(Type.String()),
  created_at: Type.String(),
  updated_at: Optional(Type.String()),
  cancelled_at: Optional(Type.String()),
  total_price: Optional(Type.String()),
  currency: Optional(Type.String()),
  financial_status: Optional(Type.String()),
  fulfillment_status: Optional(Type.String()),
  note_attributes: Optional(Type.Array(Attribute)),
  line_items: Optional(Type.Array(Item)),
  fulfillments: Optional(Type.Array(Fulfilment)),
  refunds: Optional(Type.Array(Refund)),
  customer: Optional(Person),
});

/** Shopify's REST webhooks (Admin API, "Webhook"; topics orders/*, fulfillments/*, refunds/* and others), read leniently. */
export function readShopify(topic: string, body: unknown, known: KnownOfShop): ShopWords | null {
  const { promisedHours, receivedAt } = known;
  if (topic === "orders/delete") return readDeleted(body, known);
  if (topic.startsWith("orders/")) return Value.Check(ShopifyOrder, body) ? fromOrder(body, promisedHours) : null;
  if (topic.startsWith("fulfillments/")) return Value.Check(Fulfilment, body) ? fromFulfilment(body) : null;
  if (topic.startsWith("fulfillment_events/")) return Value.Check(FulfilmentEvent, body) ? fromEvent(body) : null;
  if (topic.startsWith("refunds/")) return Value.Check(Refund, body) ? fromRefund(body) : null;
  if (topic.startsWith("returns/"))
    return Value.Check(Return, body)
      ? fromPart(body.order?.id ?? body.order_id, receivedAt.toISOString(), { returns: [returnOf(topic, body, receivedAt)] })
      : null;
  if (topic.startsWith("order_transactions/"))
    return Value.Check(Transaction, body)
      ? fromPart(body.order_id, body.processed_at ?? body.created_at, { payments: paymentOf(body) })
      : null;
  if (topic.startsWith("disputes/"))
    return Value.Check(Dispute, body)
      ? fromPart(body.order_id, body.finalized_on ?? body.initiated_at, { disputes: [disputeOf(body)] })
      : null;
  return null;
}

function fromOrder(order: Static<typeof ShopifyOrder>, promisedHours: number | null): ShopWords {
  const placedAt = readMoment(order.created_at);
  const updatedAt = readMoment(order.updated_at) ?? placedAt;
  const refunded = (order.refunds ?? []).map((each) => refundWords(each));
  return {
    orderExternalId: String(order.id),
    at: new Date(updatedAt ?? 0),
    words: {
      number: order.name ?? String(order.id),
      items: order.line_items?.map((item) => ({
        name: item.name ?? item.title ?? "Item",
        quantity: item.quantity ?? 1,
        ...(item.price ? { price: expectSum("price", Number(item.price)) } : {}),
        ...(item.sku ? { sku: item.sku } : {}),
      })),
      total: order.total_price ? expectSum("total_price", Number(order.total_price)) : undefined,
      currency: order.currency ?? undefined,
      placedAt,
      promisedAt: promisedIn(order.note_attributes ?? []) ?? promisedAfter(placedAt, promisedHours),
      cancelledAt: readMoment(order.cancelled_at),
      paidNoticedAt: isPaid(order.financial_status) ? updatedAt : undefined,
      isShippedInFull: order.fulfillment_status === "partial" ? false : order.fulfillment_status === "fulfilled" ? true : undefined,
      shipments: (order.fulfillments ?? []).map(shipmentOf),
      refunds: refunded.flatMap(({ refunds = [] }) => refunds),
      returns: refunded.flatMap(({ returns = [] }) => returns),
    },
    customer: {
      email: order.email ?? order.contact_email ?? order.customer?.email ?? null,
      name: nameOf(order.customer?.first_name, order.customer?.last_name),
      shopId: order.customer?.id ? String(order.customer.id) : null,
    },
  };
}

function isPaid(status: string | null | undefined): boolean {
  return status === "paid" || status === "partially_refunded" || status === "refunded";
}

function fromFulfilment(fulfilment: Static<typeof Fulfilment>): ShopWords | null {
  return fromPart(fulfilment.order_id, fulfilment.updated_at ?? fulfilment.created_at, { shipments: [shipmentOf(fulfilment)] });
}

function fromRefund(refund: Static<typeof Refund>): ShopWords | null {
  return fromPart(refund.order_id, refund.processed_at ?? refund.created_at, refundWords(refund));
}

/** Where an event names no fulfilment, it speaks of the order. */
function fromEvent(event: Static<typeof FulfilmentEvent>): ShopWords | null {
  const at = readMoment(event.happened_at) ?? readMoment(event.created_at);
  if (!at) return null;
  const moving = ["in_transit", "out_for_delivery", "confirmed"].includes(event.status);
  const words = {
    deliveredAt: event.status === "delivered" ? at : undefined,
    shippedAt: moving ? at : undefined,
    promisedAt: readMoment(event.estimated_delivery_at),
  };
  const shipment = event.fulfillment_id;
  return fromPart(event.order_id, at, shipment ? { shipments: [{ id: String(shipment), ...words }] } : words);
}

function fromPart(orderId: Static<typeof Id> | null | undefined, at: string | null | undefined, words: OrderWords): ShopWords | null {
  const moment = readMoment(at);
  if (orderId === null || orderId === undefined || moment === undefined) return null;
  return { orderExternalId: String(orderId), at: new Date(moment), words, customer: null };
}
