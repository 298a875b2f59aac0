import type { Scope, Tx } from "../../platform/db/index.ts";
import { record } from "../interactions/index.ts";
import { timelinessOf } from "./as-it-stands.ts";
import type { FileWords } from "./fact.ts";
import { mergeFacts, type Facts } from "./facts.ts";
import { happenedTo } from "./happened.ts";
import type { Order } from "./queries.ts";
import { countWith } from "./item-lines.ts";
import { isSameOrder, rowOf, watchClock } from "./row.ts";
import { holdOrders, keyText, knownOrders, saveOrders, type OrderKey, type OrderRow, type StoredOrder } from "./telling-queries.ts";
import { MOST_ITEMS, type OrderWords } from "./words.ts";

export interface Told {
  key: OrderKey;
  /** Whose it is when it is new. */
  customerId: number;
  said: readonly Said[];
}

export interface Said {
  words: OrderWords;
  /** When the source says that this was so. */
  at: Date;
  /** Where in a file it stands. */
  from?: FileWords;
}

export type Outcome = "new" | "changed" | "unchanged";

/**
 * Takes in what a source says of an order: merges it with what is known, saves the order as it now stands, and writes
 * what has newly happened to the log. Saying the same again changes nothing.
 */
export async function tellOrder(tx: Tx, told: Told): Promise<Order> {
  await tellOrders(tx, [told]);
  const order = (await knownOrders(tx, [told.key])).get(keyText(told.key));
  if (!order) throw new Error("an order was not saved");
  await watchClock(tx, order);
  return order;
}

/**
 * The same for many orders in a few statements; answers what became of each. The sweep, which comes every minute,
 * notices those that become late.
 * @param options.passOver leaves orders as they are that would only get a newer date on the same words
 */
export async function tellOrders(tx: Tx, told: readonly Told[], options: { passOver?: "unchanged" } = {}): Promise<Outcome[]> {
  if (told.length === 0) return [];
  const keys = told.map(({ key }) => key);
  await holdOrders(tx, keys);
  const weighed = await weighOrders(tx, told, tx.now);
  const wanted = options.passOver ? weighed.filter(({ outcome, isNoted }) => outcome !== "unchanged" || isNoted) : weighed;
  const last = new Map(wanted.map((each) => [keyText(each.row), each]));
  if (last.size > 0) await settleAll(tx, [...last.values()]);
  return weighed.map(({ outcome }) => outcome);
}

export interface Weighed {
  /** The order as it stands in the database. */
  before: StoredOrder | null;
  row: OrderRow;
  outcome: Outcome;
  /** Its items are known by the lines of another file from now on, also where they are the same. */
  isNoted: boolean;
  /** Why it is not taken; null when it is. */
  refused: string | null;
}

const TOO_MANY = `This order has more than ${MOST_ITEMS.toLocaleString("en")} items with those of the lines before.`;

/** What telling this would make of each order; nothing is written. Orders named more than once build on each other. */
export async function weighOrders(scope: Scope, told: readonly Told[], now: Date): Promise<Weighed[]> {
  const known = await knownOrders(
    scope,
    told.map(({ key }) => key),
  );
  const latest = new Map<string, OrderRow>(known);
  return told.map(({ key, customerId, said }) => {
    const text = keyText(key);
    const so = latest.get(text);
    const before = known.get(text) ?? null;
    if (so && said.some(({ from }) => from && countWith(so.facts.items, from) > MOST_ITEMS))
      return { before, row: so, outcome: "unchanged", isNoted: false, refused: TOO_MANY };
    const facts = said.reduce((merged, { words, at, from }) => mergeFacts(merged, words, at.toISOString(), from), so?.facts ?? {});
    const row = rowOf(facts, { key, customerId: so?.customerId ?? customerId, placedAt: so?.placedAt ?? now }, now);
    latest.set(text, row);
    const isNoted = so !== undefined && facts.items?.lines !== undefined && facts.items.from?.file !== so.facts.items?.from?.file;
    const outcome = so === undefined ? "new" : isSameOrder(so, row) ? "unchanged" : "changed";
    return { before, row, outcome, isNoted, refused: null };
  });
}

/** Saves an order as its facts have it at this moment, and records what has newly happened. */
export async function settle(tx: Tx, before: StoredOrder, facts: Facts): Promise<void> {
  await settleAll(tx, [{ before, row: rowOf(facts, { key: before, customerId: before.customerId, placedAt: before.placedAt }, tx.now) }]);
}

async function settleAll(tx: Tx, rows: readonly Pick<Weighed, "before" | "row">[]): Promise<void> {
  const saved = await saveOrders(
    tx,
    rows.map(({ row }) => row),
  );
  const happened = rows.flatMap(({ before, row }) => {
    const order = saved.get(keyText(row));
    return order ? happenedTo(order, before, timelinessOf(row.facts, tx.now).lateMinutes, tx.now) : [];
  });
  await record(tx, happened);
}
