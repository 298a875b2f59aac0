import type { Fact, Pattern } from "./condition.ts";
import { passes, valueAt } from "./value-test.ts";

/** What is remembered of one customer: how often, when first and last, and the latest moments, the newest first. */
export interface Counted {
  n: number;
  first: number;
  last: number;
  times?: number[];
}

/** The last `first`, the first `next` after it (after nothing: ever), and the last `next`. */
export interface Followed {
  a: number | null;
  b: number | null;
  z: number | null;
}

export type FactState = Counted | Followed;

/** One thing that happened, as far as facts look at it. */
export interface Happened {
  kind: string;
  at: number;
  channel: string | null;
  stage: string | null;
  touchpointId: number | null;
  properties: Record<string, unknown>;
}

export function matches(pattern: Pattern, happened: Happened): boolean {
  return (
    pattern.kind === happened.kind &&
    (pattern.touchpointId === undefined || pattern.touchpointId === happened.touchpointId) &&
    (pattern.channel === undefined || pattern.channel === happened.channel) &&
    (pattern.stage === undefined || pattern.stage === happened.stage) &&
    pattern.properties.every(({ path, test }) => passes(valueAt(happened.properties, path), test))
  );
}

export function concerns(fact: Fact, happened: Happened): boolean {
  return "pattern" in fact ? matches(fact.pattern, happened) : matches(fact.first, happened) || matches(fact.next, happened);
}

/** "unclear": only the log knows, since what was forgotten turns out to matter. */
export type Took = FactState | "unclear";

/** The state after one more thing happened, whenever that was. */
export function take(fact: Fact, state: FactState | undefined, happened: Happened): Took {
  if ("pattern" in fact) return count(state !== undefined && "n" in state ? state : undefined, happened.at, fact.keep);
  let after: Followed = state !== undefined && "a" in state ? state : { a: null, b: null, z: null };
  if (matches(fact.next, happened)) after = takeNext(after, happened.at);
  if (!matches(fact.first, happened)) return after;
  return takeFirst(after, happened.at);
}

function count(state: Counted | undefined, at: number, keep: number): Counted {
  if (state === undefined) return { n: 1, first: at, last: at, ...(keep > 0 ? { times: [at] } : {}) };
  const { n, first, last } = state;
  return {
    n: n + 1,
    first: Math.min(first, at),
    last: Math.max(last, at),
    ...(keep > 0 ? { times: newest([...(state.times ?? []), at], keep) } : {}),
  };
}

function newest(times: number[], keep: number): number[] {
  return times.sort((x, y) => y - x).slice(0, keep);
}

function takeNext({ a, b, z }: Followed, at: number): Followed {
  const isAfter = a === null || at > a;
  return { a, b: isAfter && (b === null || at < b) ? at : b, z: z === null ? at : Math.max(z, at) };
}

function takeFirst({ a, b, z }: Followed, at: number): Followed | "unclear" {
  if (a !== null && at <= a) return { a, b, z };
  const next = nextAfter(at, [{ a, b, z }]);
  return next === "unclear" ? next : { a: at, b: next, z };
}

/** The first `next` after a moment that is not before any `a`. */
function nextAfter(at: number, states: readonly Followed[]): number | null | "unclear" {
  let next: number | null = null;
  for (const { b, z } of states) {
    if (z === null || z <= at) continue;
    if (b === null || b <= at) return "unclear";
    if (next === null || b < next) next = b;
  }
  return next;
}

/** What several customers who are one person have together. */
export function together(states: readonly FactState[], keep: number): Took | undefined {
  const [only] = states;
  if (states.length < 2 || only === undefined) return only;
  const counted = states.filter((state) => "n" in state);
  if (counted.length > 0) {
    return {
      n: counted.reduce((sum, state) => sum + state.n, 0),
      first: Math.min(...counted.map((state) => state.first)),
      last: Math.max(...counted.map((state) => state.last)),
      ...(keep > 0
        ? {
            times: newest(
              counted.flatMap((state) => state.times ?? []),
              keep,
            ),
          }
        : {}),
    };
  }
  const followed = states.filter((state) => "a" in state);
  const lasts = followed.flatMap((state) => state.a ?? []);
  const a = lasts.length === 0 ? null : Math.max(...lasts);
  const b = nextAfter(a ?? Number.NEGATIVE_INFINITY, followed);
  if (b === "unclear") return b;
  const zs = followed.flatMap((state) => state.z ?? []);
  return { a, b, z: zs.length === 0 ? null : Math.max(...zs) };
}
