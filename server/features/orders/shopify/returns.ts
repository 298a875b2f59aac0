import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { Id, Optional } from "../shop-words.ts";
import type * as words from "../words.ts";

const ReturnItem = Type.Object({
  return_reason: Optional(Type.String()),
  return_reason_note: Optional(Type.String()),
  customer_note: Optional(Type.String()),
});

/** Shopify's returns/*. They tell no moment: when it happened stands in a header. */
export const Return = Type.Object({
  id: Id,
  status: Optional(Type.String()),
  order: Optional(Type.Object({ id: Id })),
  order_id: Optional(Id),
  return_line_items: Type.Optional(Type.Unknown()),
});

const Items = Type.Array(ReturnItem);

/** What each topic says of a return by itself; of the others its status is read. */
const BY_TOPIC: Readonly<Record<string, words.ReturnStatus>> = {
  "returns/request": "requested",
  "returns/approve": "approved",
  "returns/reopen": "approved",
  "returns/decline": "declined",
  "returns/cancel": "cancelled",
  "returns/close": "closed",
};
const BY_STATUS: Readonly<Record<string, words.ReturnStatus>> = {
  requested: "requested",
  open: "approved",
  declined: "declined",
  canceled: "cancelled",
  closed: "closed",
};

/** A shop closes a return when everything has come back and been seen to. */
export function returnOf(topic: string, told: Static<typeof Return>, at: Date): words.Return {
  const status = BY_TOPIC[topic] ?? BY_STATUS[told.status?.toLowerCase() ?? ""];
  return {
    id: String(told.id),
    status,
    reason: reasonOf(told.return_line_items),
    requestedNoticedAt: status === "requested" || status === "approved" ? at.toISOString() : undefined,
    receivedNoticedAt: status === "closed" ? at.toISOString() : undefined,
  };
}

const LONGEST = 300;

/** In the customer's words where there are some, else by the shop's list: "wrong_item". Updates tell what changed instead. */
function reasonOf(items: unknown): string | undefined {
  if (!Value.Check(Items, items)) return undefined;
  const reasons = items.flatMap((item) => {
    const said = item.customer_note?.trim() || item.return_reason_note?.trim();
    const listed = item.return_reason?.replaceAll("_", " ").toLowerCase();
    return said || (listed === "unknown" ? [] : listed) || [];
  });
  return [...new Set(reasons)].join("; ").slice(0, LONGEST).toWellFormed() || undefined;
}
