import type { operations } from "../../../../sdk/contract.gen.ts";

/** The language of segments, as the contract has it. */
export type Where = operations["createSegment"]["requestBody"]["content"]["application/json"]["where"];
export type Group = Extract<Where, { all: unknown } | { any: unknown }>;
export type Leaf = Exclude<Where, { all: unknown } | { any: unknown } | { not: unknown }>;
export type Did = Extract<Leaf, { did: unknown }>["did"];

/** What one condition is about, and how it begins. */
export const SORTS = [
  { value: "did", label: "Did something", begin: (): Leaf => ({ did: { kind: "page.viewed" }, count: { atLeast: 1 }, within: "30d" }) },
  { value: "never", label: "Did not do something", begin: (): Leaf => ({ did: { kind: "order.placed" }, ever: false, within: "90d" }) },
  {
    value: "then",
    label: "Did one thing, then another",
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the language, never awaited
    begin: (): Leaf => ({ did: { kind: "message.received" }, then: { kind: "order.placed" }, within: "3d" }),
  },
  {
    value: "thenNot",
    label: "Did one thing, then not another",
    begin: (): Leaf => ({ did: { kind: "event.tracked", name: "Checkout Started" }, thenNot: { kind: "order.placed" }, within: "3d" }),
  },
  { value: "orders", label: "Orders", begin: (): Leaf => ({ orders: { sum: { atLeast: 100 }, within: "365d" } }) },
  { value: "lastOrder", label: "Last order", begin: (): Leaf => ({ orders: { last: { notWithinLast: "60d" } } }) },
  { value: "score", label: "Experience score", begin: (): Leaf => ({ score: { below: 50 } }) },
  { value: "atRisk", label: "At risk", begin: (): Leaf => ({ atRisk: true }) },
  { value: "profile", label: "Profile", begin: (): Leaf => ({ profile: "locale", is: "" }) },
  { value: "identity", label: "Known by", begin: (): Leaf => ({ identity: "email", exists: true }) },
  { value: "segment", label: "Another segment", begin: (): Leaf => ({ segment: "" }) },
] as const;

export type Sort = (typeof SORTS)[number]["value"];

export function sortOf(leaf: Leaf): Sort {
  if ("then" in leaf) return "then";
  if ("thenNot" in leaf) return "thenNot";
  if ("did" in leaf) return leaf.ever === false ? "never" : "did";
  if ("orders" in leaf) return leaf.orders.last ? "lastOrder" : "orders";
  if ("score" in leaf) return "score";
  if ("atRisk" in leaf) return "atRisk";
  if ("identity" in leaf) return "identity";
  if ("segment" in leaf) return "segment";
  return "profile" in leaf ? "profile" : "did";
}

export function beginOf(sort: Sort): Leaf {
  return (SORTS.find(({ value }) => value === sort) ?? SORTS[0]).begin();
}

/** What customers do, and what happens to them. */
export const KINDS = [
  { value: "page.viewed", label: "viewed a page" },
  { value: "event.tracked", label: "did in the shop or app" },
  { value: "advert.clicked", label: "came by an advert" },
  { value: "message.received", label: "wrote to us" },
  { value: "message.sent", label: "heard from us" },
  { value: "order.placed", label: "placed an order" },
  { value: "order.late", label: "had a late order" },
  { value: "order.delivered", label: "got an order" },
  { value: "order.cancelled", label: "had an order cancelled" },
  { value: "order.refunded", label: "got a refund" },
  { value: "survey.answered", label: "rated us" },
  { value: "experience.at-risk", label: "came to be at risk" },
] as const;

/** Kinds of which a name says which exactly. */
export const isNamed = (kind: string): boolean => kind === "event.tracked" || kind === "page.viewed";

export function isGroup(where: Where): where is Group {
  return "all" in where || "any" in where;
}

export function partsOf(group: Group): Where[] {
  return "all" in group ? group.all : group.any;
}

export function withParts(group: Group, parts: Where[]): Group {
  return "all" in group ? { all: parts } : { any: parts };
}

/** Whether all that must be filled in is. */
export function isWhole(where: Where): boolean {
  if (isGroup(where)) return partsOf(where).every(isWhole);
  if ("not" in where) return isWhole(where.not);
  if ("segment" in where) return where.segment !== "";
  if ("profile" in where)
    return (
      where.profile !== "fields." &&
      (where.exists !== undefined || [where.is, where.isNot, where.contains].some((each) => each !== undefined && each !== ""))
    );
  return true;
}

export type Unit = "s" | "m" | "h" | "d";
export interface Length {
  amount: number;
  unit: Unit;
}

/** How much of each a length of time may be; ten years at most. */
export const MOST: Readonly<Record<Unit, number>> = { d: 3650, h: 87_600, m: 999_999, s: 999_999 };

/** "30d" as 30 days. */
export function readLength(length: string | undefined): Length | null {
  const match = /^(\d+)([smhd])$/.exec(length ?? "");
  const unit = (["s", "m", "h", "d"] as const).find((each) => each === match?.[2]);
  return match && unit ? { amount: Number(match[1]), unit } : null;
}

/** Null: it is no whole number, or out of bounds. */
export function writeLength({ amount, unit }: Length): string | null {
  return Number.isInteger(amount) && amount >= 1 && amount <= MOST[unit] ? `${amount}${unit}` : null;
}

/** Whether the builder has a field for all that a condition says. What it has none for is shown as a sentence, and kept. */
export function isEditable(leaf: Leaf): boolean {
  if ("did" in leaf) {
    const dids = [leaf.did, ...("then" in leaf ? [leaf.then] : []), ...("thenNot" in leaf ? [leaf.thenNot] : [])];
    if (!dids.every((did) => hasOnly(did, "kind", "name"))) return false;
    if ("then" in leaf || "thenNot" in leaf) return true;
    return hasOnly(leaf, "did", "count", "within", "ever") && hasOnly(leaf.count, "atLeast") && !(leaf.ever === false && leaf.count);
  }
  if ("orders" in leaf) {
    const { orders } = leaf;
    if (orders.last)
      return hasOnly(orders, "last") && hasOnly(orders.last, Object.hasOwn(orders.last, "withinLast") ? "withinLast" : "notWithinLast");
    return (
      hasOnly(orders, orders.sum ? "sum" : "count", "within") &&
      hasOnly(orders.sum, "atLeast", "currency") &&
      hasOnly(orders.count, "atLeast")
    );
  }
  if ("score" in leaf) return Object.keys(leaf.score).length === 1;
  if ("atRisk" in leaf) return leaf.atRisk;
  if ("identity" in leaf) return leaf.exists !== false;
  if ("segment" in leaf) return true;
  if (!("profile" in leaf) || Object.keys(leaf).length > 2) return false;
  return leaf.exists === true || [leaf.is, leaf.isNot, leaf.contains].some((each) => typeof each === "string");
}

function hasOnly(value: object | undefined, ...names: string[]): boolean {
  return Object.keys(value ?? {}).every((name) => names.includes(name));
}
