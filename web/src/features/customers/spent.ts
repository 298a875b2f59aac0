import type { Order } from "../../../../sdk/index.ts";
import { formatMoney, language } from "../../shell/words.ts";

/** What the orders that stand come to, each currency for itself: "£56 and €80". Empty when no order has a price. */
export function spentOn(orders: readonly Pick<Order, "state" | "total" | "currency">[]): string {
  const sums = new Map<string, number>();
  for (const { state, total, currency } of orders) {
    if (state !== "cancelled" && total !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + total);
  }
  return new Intl.ListFormat(language).format([...sums].map(([currency, sum]) => formatMoney(Math.round(sum), currency)));
}
