/** What sources say of an order; every field may be missing. Moments are ISO 8601 in UTC, so that they sort as text. */
export interface OrderWords {
  number?: string;
  items?: OrderItem[];
  total?: number;
  currency?: string;
  placedAt?: string;
  promisedAt?: string;
  shippedAt?: string;
  deliveredAt?: string;
  cancelledAt?: string;
  tracking?: string;
}

export interface OrderItem {
  name: string;
  quantity: number;
  price?: number;
  sku?: string;
}

/** Each field with the newest word on it and when that was said. */
export type Facts = { [Field in keyof OrderWords]?: { value: NonNullable<OrderWords[Field]>; at: string } };

/**
 * Adds what a source said at a moment to what was known: for each field the newest word stands (last writer wins; at
 * the same moment the greater value, so that any order of arrival ends the same).
 */
export function mergeFacts(known: Facts, words: OrderWords, at: string): Facts {
  const said: Facts = Object.fromEntries(
    Object.entries(words)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, { value, at }]),
  );
  const merged: Record<string, unknown> = { ...known };
  for (const [field, fact] of Object.entries(said)) {
    const before = Object.entries(known).find(([key]) => key === field)?.[1];
    if (!before || isNewer(fact, before)) merged[field] = fact;
  }
  return merged;
}

type Fact = { value: unknown; at: string };

function isNewer(a: Fact, b: Fact): boolean {
  return a.at === b.at ? JSON.stringify(a.value) > JSON.stringify(b.value) : a.at > b.at;
}

export type OrderState = "placed" | "shipped" | "delivered" | "cancelled";

/** A delivery is the strongest word: what has arrived was neither lost nor cancelled. */
export function stateOf(facts: Facts): OrderState {
  if (facts.deliveredAt) return "delivered";
  if (facts.cancelledAt) return "cancelled";
  return facts.shippedAt ? "shipped" : "placed";
}

export interface Timeliness {
  /** When the order became late: its promise; null when it did not. */
  lateAt: Date | null;
  /** Minutes between the promise and the delivery, or now; negative when early. */
  lateMinutes: number | null;
}

/** Whether an order is late at a moment, by its facts alone. Cancelling one that is late already undoes no waiting. */
export function timelinessOf(facts: Facts, now: Date): Timeliness {
  if (!facts.promisedAt) return { lateAt: null, lateMinutes: null };
  const promised = new Date(facts.promisedAt.value);
  const ended = facts.deliveredAt ?? facts.cancelledAt;
  const end = ended ? new Date(ended.value) : now;
  const lateMinutes = Math.round((end.getTime() - promised.getTime()) / 60_000);
  return { lateAt: end > promised ? promised : null, lateMinutes };
}
