import { Type, type Static, type TSchema } from "typebox";
import { Value } from "typebox/value";
import type { OrderWords } from "../facts.ts";
import { expectSum, readMoment } from "../moments.ts";

/** Shopify's REST webhooks (Admin API, "Webhook"; topics orders/*, fulfillments/*, fulfillment_events/*), read leniently. */
export interface ShopifyWords {
  orderExternalId: string;
  /** When the shop says that this was so. */
  at: Date;
  words: OrderWords;
  /** Null in a fulfilment, which names only its order. */
  customer: { email: string | null; name: string | null; shopifyId: string | null } | null;
}

const Text = Type.Union([Type.String(), Type.Null()]);
const Id = Type.Union([Type.Number(), Type.String({ maxLength: 200 })]);
const Optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

const Item = Type.Object({
  name: Optional(Type.String()),
  title: Optional(Type.String()),
  quantity: Optional(Type.Number()),
  price: Optional(Type.String()),
  sku: Optional(Type.String()),
});
const Attribute = Type.Object({ name: Type.String(), value: Optional(Type.Unknown()) });
const Person = Type.Object({ id: Optional(Id), email: Optional(Text), first_name: Optional(Text), last_name: Optional(Text) });

const Fulfilment = Type.Object({
  order_id: Optional(Id),
  status: Optional(Type.String()),
  shipment_status: Optional(Type.String()),
  created_at: Optional(Type.String()),
  updated_at: Optional(Type.String()),
  tracking_number: Optional(Type.String()),
});

const FulfilmentEvent = Type.Object({
  order_id: Id,
  status: Type.String(),
  happened_at: Optional(Type.String()),
  created_at: Optional(Type.String()),
  estimated_delivery_at: Optional(Type.String()),
});

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
  note_attributes: Optional(Type.Array(Attribute)),
  line_items: Optional(Type.Array(Item)),
  fulfillments: Optional(Type.Array(Fulfilment)),
  customer: Optional(Person),
});

/** Names under which shops and their delivery apps keep the promised moment of an order. */
const PROMISE_NAMES = /^(promised|delivery|deliver by|delivery date|delivery time|estimated delivery)(_at| at)?$/i;

/** What a webhook says; null for a topic or body that says nothing about an order. @throws Problem 400 for a sum that cannot be kept */
export function readShopify(topic: string, body: unknown, promisedHours: number | null): ShopifyWords | null {
  if (topic.startsWith("orders/") && Value.Check(ShopifyOrder, body)) return fromOrder(body, promisedHours);
  if (topic.startsWith("fulfillments/") && Value.Check(Fulfilment, body)) return fromFulfilment(body);
  if (topic.startsWith("fulfillment_events/") && Value.Check(FulfilmentEvent, body)) return fromEvent(body);
  return null;
}

function fromOrder(order: Static<typeof ShopifyOrder>, promisedHours: number | null): ShopifyWords {
  const placedAt = readMoment(order.created_at);
  return {
    orderExternalId: String(order.id),
    at: new Date(readMoment(order.updated_at) ?? placedAt ?? 0),
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
      promisedAt: promisedIn(order) ?? promisedAfter(placedAt, promisedHours),
      cancelledAt: readMoment(order.cancelled_at),
      ...shippingOf(order.fulfillments ?? []),
    },
    customer: {
      email: order.email ?? order.contact_email ?? order.customer?.email ?? null,
      name: [order.customer?.first_name, order.customer?.last_name].filter(Boolean).join(" ") || null,
      shopifyId: order.customer?.id ? String(order.customer.id) : null,
    },
  };
}

function fromFulfilment(fulfilment: Static<typeof Fulfilment>): ShopifyWords | null {
  if (!fulfilment.order_id) return null;
  const at = readMoment(fulfilment.updated_at) ?? readMoment(fulfilment.created_at);
  return at ? { orderExternalId: String(fulfilment.order_id), at: new Date(at), words: shippingOf([fulfilment]), customer: null } : null;
}

function fromEvent(event: Static<typeof FulfilmentEvent>): ShopifyWords | null {
  const at = readMoment(event.happened_at) ?? readMoment(event.created_at);
  if (!at) return null;
  const moving = ["in_transit", "out_for_delivery", "confirmed"].includes(event.status);
  const words: OrderWords = {
    deliveredAt: event.status === "delivered" ? at : undefined,
    shippedAt: moving ? at : undefined,
    promisedAt: readMoment(event.estimated_delivery_at),
  };
  return { orderExternalId: String(event.order_id), at: new Date(at), words, customer: null };
}

function shippingOf(fulfilments: Static<typeof Fulfilment>[]): OrderWords {
  const sent = fulfilments.find((each) => each.status === "success" || each.shipment_status);
  const arrived = fulfilments.find((each) => each.shipment_status === "delivered");
  return {
    shippedAt: readMoment(sent?.created_at),
    deliveredAt: readMoment(arrived?.updated_at),
    tracking: fulfilments.find((each) => each.tracking_number)?.tracking_number ?? undefined,
  };
}

function promisedIn(order: Static<typeof ShopifyOrder>): string | undefined {
  const attribute = order.note_attributes?.find(({ name, value }) => PROMISE_NAMES.test(name.trim()) && typeof value === "string");
  return typeof attribute?.value === "string" ? readMoment(attribute.value) : undefined;
}

function promisedAfter(placedAt: string | undefined, hours: number | null): string | undefined {
  return placedAt && hours !== null ? new Date(new Date(placedAt).getTime() + hours * 3_600_000).toISOString() : undefined;
}
