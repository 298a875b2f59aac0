import { audit, authorize, type Actor } from "../access/index.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { expectMoment, expectSum } from "./moments.ts";
import type { OrderItem, OrderWords } from "./facts.ts";
import { lockOrder, type Order } from "./queries.ts";
import { tellOrder } from "./tell-order.ts";

export interface PlaceOrder {
  externalId: string;
  customer: { email: string; name?: string | null };
  items: OrderItem[];
  total: number;
  currency: string;
  placedAt: string;
  promisedAt?: string | null;
  shippedAt?: string | null;
  deliveredAt?: string | null;
  cancelledAt?: string | null;
  number?: string;
}

/** Takes in an order from a program of the company's own; the same external id updates it, the last word stands. */
export async function placeOrder(actor: Actor, input: PlaceOrder): Promise<{ order: Order; isNew: boolean }> {
  authorize(actor, "orders:write");
  const words = wordsOf(input);
  return transaction(actor, async (tx) => {
    const key = { source: "api", externalId: input.externalId };
    const isNew = (await lockOrder(tx, key)) === undefined;
    const customer = await findOrCreateCustomer(tx, {
      email: input.customer.email,
      name: input.customer.name,
      at: new Date(input.placedAt),
      source: "order",
    });
    const order = await tellOrder(tx, { key, customerId: customer.id, said: [{ words, at: tx.now }] });
    if (isNew)
      await audit(tx, actor, { action: "orders.place", subject: publicId("ord", order.id), after: { externalId: input.externalId } });
    return { order, isNew };
  });
}

function wordsOf(input: PlaceOrder): OrderWords {
  return {
    number: input.number ?? input.externalId,
    items: input.items.map(expectItem),
    total: expectSum("total", input.total),
    currency: input.currency,
    placedAt: expectMoment("placedAt", input.placedAt),
    promisedAt: expectMoment("promisedAt", input.promisedAt),
    shippedAt: expectMoment("shippedAt", input.shippedAt),
    deliveredAt: expectMoment("deliveredAt", input.deliveredAt),
    cancelledAt: expectMoment("cancelledAt", input.cancelledAt),
  };
}

function expectItem(item: OrderItem): OrderItem {
  if (item.price !== undefined) expectSum(`The price of ${item.name}`, item.price);
  return item;
}
