/**
 * A segment's conditions as they are kept: other segments put in place, touchpoints found, and everything said with few
 * words. `F` is what stands for a fact: its definition where it is stored, its id where it is evaluated.
 */
export type Condition<F = Fact> =
  | { all: Condition<F>[] }
  | { any: Condition<F>[] }
  | { not: Condition<F> }
  /** It happened so often, ever or within the last so many milliseconds. */
  | { count: F; atLeast: number; within: number | null }
  | { edge: "first" | "last"; of: F; timing: Timing }
  /** The last `first` was followed by `next` in time, or was not and time is over. */
  | { sequence: F; within: number; follows: boolean }
  | { profile: string[]; test: ValueTest }
  | { identity: string }
  | { orders: "count"; atLeast: number; within: number | null }
  | { orders: "sum"; atLeastCents: number; currency: string | null; within: number | null }
  | { orders: "first" | "last"; timing: Timing }
  | { score: "below" | "above"; than: number }
  | { atRisk: true };

/** Moments and lengths in milliseconds. */
export type Timing = { before: number } | { after: number } | { withinLast: number } | { notWithinLast: number };

export type ValueTest =
  | { is: string | number | boolean }
  | { contains: string }
  | { startsWith: string }
  | { exists: true }
  | { atLeast: number }
  | { atMost: number };

/** One sort of interaction. */
export interface Pattern {
  kind: string;
  touchpointId?: number;
  channel?: string;
  stage?: string;
  properties: { path: string[]; test: ValueTest }[];
}

/** What is remembered of each customer, however many segments ask for it. `keep`: how many of the latest moments. */
export type Fact = { pattern: Pattern; keep: number } | { first: Pattern; next: Pattern };

export const ALWAYS: Condition<never> = { all: [] };

/** Facts are the same when they say the same. */
export function keyOfFact(fact: Fact): string {
  return sameText(fact);
}

/** JSON in which the order of names makes no difference: Postgres has one of its own. */
export function sameText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Every leaf of a condition. */
export function leavesOf<F>(condition: Condition<F>): Condition<F>[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  if ("not" in condition) return leavesOf(condition.not);
  return [condition];
}

export function factsOf<F>(condition: Condition<F>): F[] {
  return leavesOf(condition).flatMap((leaf) => {
    if ("count" in leaf) return [leaf.count];
    if ("edge" in leaf) return [leaf.of];
    return "sequence" in leaf ? [leaf.sequence] : [];
  });
}

/** The same condition with something else standing for its facts. */
export function withFacts<A, B>(condition: Condition<A>, put: (fact: A) => B): Condition<B> {
  if ("all" in condition) return { all: condition.all.map((each) => withFacts(each, put)) };
  if ("any" in condition) return { any: condition.any.map((each) => withFacts(each, put)) };
  if ("not" in condition) return { not: withFacts(condition.not, put) };
  if ("count" in condition) return { ...condition, count: put(condition.count) };
  if ("edge" in condition) return { ...condition, of: put(condition.of) };
  if ("sequence" in condition) return { ...condition, sequence: put(condition.sequence) };
  return condition;
}

/** What a condition looks at besides the log. */
export type Source = "profile" | "identities" | "orders" | "score";

export function sourcesOf<F>(condition: Condition<F>): Source[] {
  return [
    ...new Set(
      leavesOf(condition).flatMap((leaf): Source[] => {
        if ("profile" in leaf) return ["profile"];
        if ("identity" in leaf) return ["identities"];
        if ("orders" in leaf) return ["orders"];
        return "score" in leaf || "atRisk" in leaf ? ["score"] : [];
      }),
    ),
  ];
}
