import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { expectMoment, expectSum } from "./moments.ts";
import type { Order } from "./queries.ts";
import { lockOrder } from "./telling-queries.ts";
import { tellOrder } from "./tell-order.ts";
import { whoseOrder, type OrderCustomer } from "./whose-order.ts";
import type { OrderItem, OrderWords, Payment, Refund, Return, Shipment } from "./words.ts";

export interface PlaceOrder {
  externalId: string;
  customer: OrderCustomer;
  items: OrderItem[];
  total: number;
  currency: string;
  placedAt: string;
  promisedAt?: string | null;
  shippedAt?: string | null;
  deliveredAt?: string | null;
  cancelledAt?: string | null;
  paidAt?: string | null;
  number?: string;
  payments?: Payment[];
  shipments?: Shipment[];
  returns?: Return[];
  refunds?: Refund[];
}

/** Takes in an order from a program of the company's own; the same external id updates it, the last word stands. */
export async function placeOrder(actor: Actor, input: PlaceOrder): Promise<{ order: Order; isNew: boolean }> {
  authorize(actor, "orders:write");
  const words = wordsOf(input);
  return transaction(actor, async (tx) => {
    const key = { source: "api", externalId: input.externalId };
    const isNew = (await lockOrder(tx, key)) === undefined;
    const customerId = await whoseOrder(tx, { customer: input.customer, externalId: input.externalId, at: new Date(input.placedAt) });
    const order = await tellOrder(tx, { key, customerId, said: [{ words, at: tx.now }] });
    if (isNew)
      await audit(tx, actor, { action: "orders.place", subject: publicId("ord", order.id), after: { externalId: input.externalId } });
    return { order, isNew };
  });
}

/** What the body says, checked. @throws Problem 400 */
export function wordsOf(input: Omit<PlaceOrder, "customer">): OrderWords {
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
    paidAt: expectMoment("paidAt", input.paidAt),
    payments: input.payments?.map((each) => expectPart("payments", each)),
    shipments: input.shipments?.map((each) => expectPart("shipments", each)),
    returns: input.returns?.map((each) => expectPart("returns", each)),
    refunds: input.refunds?.map((each) => expectPart("refunds", each)),
  };
}

/** Its moments in the one spelling, its sum one that can be kept. */
function expectPart<Part extends { id: string }>(name: string, part: Part): Part {
  const checked = Object.entries(part).map(([field, value]: [string, unknown]) => {
    if (typeof value === "string" && field.endsWith("At")) return [field, expectMoment(`${name}.${field}`, value)];
    return [field, typeof value === "number" ? expectSum(`${name}.${field}`, value) : value];
  });
  return { ...part, ...Object.fromEntries(checked) };
}

/** What we know of it; a shop may say more. */
function expectItem({ name, quantity, price, sku }: OrderItem): OrderItem {
  if (price !== undefined) expectSum(`The price of ${name}`, price);
  return { name, quantity, ...(price === undefined ? {} : { price }), ...(sku === undefined ? {} : { sku }) };
}
