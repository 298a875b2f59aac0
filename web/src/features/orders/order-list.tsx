import { useQuery } from "@tanstack/react-query";
import { Package, Undo2 } from "lucide-react";
import type { Order } from "../../../../sdk/index.ts";
import { formatDay, formatDuration, formatMoney, formatTime } from "../../shell/words.ts";
import { ordersQuery } from "../customers/queries.ts";
import { returnWords } from "./return-words.ts";

const MOST_RETURNS = 5;

/** The newest orders of a customer, with what was promised, what came and what went back. */
export function OrderList({ customerId, most }: { customerId: string; most: number }) {
  const orders = useQuery(ordersQuery(customerId)).data?.items ?? [];
  if (orders.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 mb-1 text-s font-strong">Orders</h3>
      <ul>
        {orders.slice(0, most).map((order) => (
          <li key={order.id} className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 py-1">
            <Package size={14} strokeWidth={1.75} className="mt-[3px] text-text-3" aria-hidden="true" />
            <div className="min-w-0">
              <p className="truncate" title={itemsOf(order)}>
                {itemsOf(order)}
              </p>
              <p className="text-s text-text-3">{deliveryOf(order)}</p>
              {order.returns.slice(0, MOST_RETURNS).map((each) => (
                <p key={each.id} className="flex gap-1.5 text-s text-text-2">
                  <Undo2 size={12} strokeWidth={1.75} className="mt-[3px] shrink-0 text-text-3" aria-hidden="true" />
                  <span className="min-w-0 [overflow-wrap:anywhere]">{returnWords(each)}</span>
                </p>
              ))}
              {order.returns.length > MOST_RETURNS && (
                <p className="text-s text-text-3">and {order.returns.length - MOST_RETURNS} more returns</p>
              )}
            </div>
            <span className="text-s text-text-3">
              {order.total !== null && order.currency ? formatMoney(order.total, order.currency) : ""}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function itemsOf(order: Order): string {
  const items = order.items.map((item) => (item.quantity > 1 ? `${item.quantity} × ${item.name}` : item.name)).join(", ");
  return items || `Order ${order.number}`;
}

/** What was promised, and how it went. */
function deliveryOf(order: Order): string {
  const { promisedAt, deliveredAt, number } = order;
  if (order.state === "cancelled") return `${number}, cancelled`;
  if (!promisedAt) return `${number}, ${deliveredAt ? `delivered ${formatDay(deliveredAt)}` : order.state}`;
  const end = deliveredAt ? new Date(deliveredAt).getTime() : Date.now();
  const late = (end - new Date(promisedAt).getTime()) / 60_000;
  const promise = `promised ${formatDay(promisedAt)} ${formatTime(promisedAt)}`;
  if (deliveredAt) return `${number}, ${late > 0 ? `came ${formatDuration(late)} late` : "came on time"}, ${formatDay(deliveredAt)}`;
  return late > 0 ? `${number}, ${promise}, ${formatDuration(late)} late now` : `${number}, ${promise}`;
}
