import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { expectSum, readMoment } from "../moments.ts";
import { Id, nameOf, Optional, promisedAfter, promisedIn, readDeleted, type KnownOfShop, type ShopWords } from "../shop-words.ts";
import type { Refund, Shipment } from "../words.ts";

const Text = Optional(Type.String());
const Sum = Optional(Type.Union([Type.String(), Type.Number()]));
const Item = Type.Object({ name: Text, quantity: Optional(Type.Number()), total: Sum, price: Sum, sku: Text });
const Field = Type.Object({ key: Type.String(), value: Optional(Type.Unknown()) });
const RefundLine = Type.Object({ id: Id, reason: Text, total: Sum });
const Billing = Type.Object({ first_name: Text, last_name: Text, email: Text });

const WooOrder = Type.Object({
  id: Id,
  number: Text,
  status: Text,
  currency: Text,
  total: Sum,
  date_created_gmt: Type.String(),
  date_modified_gmt: Text,
  date_paid_gmt: Text,
  date_completed_gmt: Text,
  transaction_id: Text,
  payment_method_title: Text,
  customer_id: Optional(Id),
  billing: Optional(Billing),
  line_items: Optional(Type.Array(Item)),
  refunds: Optional(Type.Array(RefundLine)),
  meta_data: Optional(Type.Array(Field)),
});

/**
 * WooCommerce's webhooks (REST API v3, "Orders"; topics order.*), read leniently. An order carries its refunds; one that
 * was deleted is told by its number alone, without a time.
 */
export function readWooCommerce(topic: string, body: unknown, known: KnownOfShop): ShopWords | null {
  if (!topic.startsWith("order.")) return null;
  if (Value.Check(WooOrder, body)) return fromOrder(body, known);
  return topic === "order.deleted" ? readDeleted(body, known) : null;
}

const PAID = ["processing", "completed", "refunded"];
const ENDED = ["cancelled", "failed", "trash"];

function fromOrder(order: Static<typeof WooOrder>, { promisedHours, receivedAt }: KnownOfShop): ShopWords {
  const placedAt = readGmt(order.date_created_gmt);
  const updatedAt = readGmt(order.date_modified_gmt) ?? placedAt;
  const status = order.status ?? "";
  const fields = (order.meta_data ?? []).map(({ key, value }) => ({ name: key, value }));
  const paidAt = readGmt(order.date_paid_gmt);
  const total = sumOf("total", order.total);
  return {
    orderExternalId: String(order.id),
    at: updatedAt === undefined ? receivedAt : new Date(updatedAt),
    words: {
      number: order.number ?? String(order.id),
      items: order.line_items?.map((item) => ({
        name: item.name || "Item",
        quantity: item.quantity ?? 1,
        ...(item.price === undefined || item.price === null || item.price === "" ? {} : { price: expectSum("price", Number(item.price)) }),
        ...(item.sku ? { sku: item.sku } : {}),
      })),
      total,
      currency: order.currency ?? undefined,
      placedAt,
      promisedAt: promisedIn(fields) ?? promisedAfter(placedAt, promisedHours),
      // The shop calls an order completed when it has gone out.
      shippedAt: status === "completed" ? readGmt(order.date_completed_gmt) : undefined,
      isCancelled: status === "" ? undefined : ENDED.includes(status),
      cancelledNoticedAt: ENDED.includes(status) ? updatedAt : undefined,
      paidAt,
      paidNoticedAt: PAID.includes(status) ? updatedAt : undefined,
      payments: order.transaction_id
        ? [{ id: order.transaction_id, amount: total, method: order.payment_method_title || undefined, paidAt }]
        : undefined,
      shipments: fields.flatMap(({ name, value }) => (name === "_wc_shipment_tracking_items" ? shipmentsOf(value) : [])),
      refunds: (order.refunds ?? []).map((each) => refundOf(each, updatedAt)),
    },
    customer: {
      email: order.billing?.email || null,
      name: nameOf(order.billing?.first_name, order.billing?.last_name),
      shopId: order.customer_id && String(order.customer_id) !== "0" ? String(order.customer_id) : null,
    },
  };
}

function refundOf({ id, reason, total }: Static<typeof RefundLine>, noticedAt: string | undefined): Refund {
  const sum = sumOf("refund", total);
  return {
    id: String(id),
    amount: sum === undefined ? undefined : Math.abs(sum),
    reason: reason?.trim() || undefined,
    refundedNoticedAt: noticedAt,
  };
}

const Tracking = Type.Array(
  Type.Object({
    tracking_id: Optional(Id),
    tracking_provider: Text,
    custom_tracking_provider: Text,
    tracking_number: Text,
    date_shipped: Sum,
  }),
);

/** As WooCommerce Shipment Tracking keeps them: seconds since 1970. */
function shipmentsOf(value: unknown): Shipment[] {
  if (!Value.Check(Tracking, value)) return [];
  return value.map((each) => ({
    id: String(each.tracking_id ?? each.tracking_number ?? "only"),
    carrier: each.tracking_provider || each.custom_tracking_provider || undefined,
    tracking: each.tracking_number || undefined,
    shippedAt: each.date_shipped ? readMoment(momentOfSeconds(Number(each.date_shipped))) : undefined,
  }));
}

function momentOfSeconds(seconds: number): string | null {
  const moment = new Date(seconds * 1000);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** Its GMT dates come without an offset. */
function readGmt(text: string | null | undefined): string | undefined {
  return text ? readMoment(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`) : undefined;
}

function sumOf(name: string, sum: string | number | null | undefined): number | undefined {
  return sum === null || sum === undefined || sum === "" ? undefined : expectSum(name, Number(sum));
}
