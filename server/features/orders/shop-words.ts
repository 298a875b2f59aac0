import { Type, type TSchema } from "typebox";
import { Value } from "typebox/value";
import { readMoment } from "./moments.ts";
import type { OrderWords } from "./words.ts";

/** What one webhook of a shop says of an order. */
export interface ShopWords {
  orderExternalId: string;
  /** When the shop says that this was so. */
  at: Date;
  words: OrderWords;
  /** Null where only the order is named. */
  customer: { email: string | null; name: string | null; shopId: string | null } | null;
}

/** Reads a shop's webhook; null for what says nothing of an order. @throws Problem 400 for a sum that cannot be kept */
export type ReadWebhook = (topic: string, body: unknown, known: KnownOfShop) => ShopWords | null;

export interface KnownOfShop {
  /** Hours after placing within which a delivery is promised, where the order names no moment. */
  promisedHours: number | null;
  /** Stands for the moment of what the shop tells without one. */
  receivedAt: Date;
}

export const Id = Type.Union([Type.Number(), Type.String({ maxLength: 200 })]);
export const Optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** Names under which shops and their delivery apps keep the promised moment of an order. */
const PROMISE_NAMES = /^(promised|delivery|deliver by|delivery date|delivery time|estimated delivery)( at)?$/i;

/** The promised moment among an order's own fields, whatever the shop calls it. */
export function promisedIn(fields: readonly { name: string; value?: unknown }[]): string | undefined {
  const field = fields.find(({ name, value }) => PROMISE_NAMES.test(name.replaceAll("_", " ").trim()) && typeof value === "string");
  return typeof field?.value === "string" ? readMoment(field.value) : undefined;
}

export function promisedAfter(placedAt: string | undefined, hours: number | null): string | undefined {
  return placedAt && hours !== null ? new Date(new Date(placedAt).getTime() + hours * 3_600_000).toISOString() : undefined;
}

/** First and last name as one; null when there is neither. */
export function nameOf(first: string | null | undefined, last: string | null | undefined): string | null {
  return [first, last].filter(Boolean).join(" ") || null;
}

const Deleted = Type.Object({ id: Id });

/** An order that a shop has deleted: told by its number alone, without a time. What the shop no longer has will not come. */
export function readDeleted(body: unknown, { receivedAt }: KnownOfShop): ShopWords | null {
  if (!Value.Check(Deleted, body)) return null;
  const words = { isCancelled: true, cancelledNoticedAt: receivedAt.toISOString() };
  return { orderExternalId: String(body.id), at: receivedAt, words, customer: null };
}
