import { exactScore, PARAMETERS, type Masses } from "../experience/index.ts";
import type { Condition, Timing } from "./condition.ts";
import type { FactState } from "./facts.ts";
import { passes, valueAt } from "./value-test.ts";

/** What conditions look at, of one person. Moments in milliseconds. */
export interface Person {
  facts: ReadonlyMap<number, FactState>;
  profile: Record<string, unknown>;
  identities: ReadonlySet<string>;
  orders: readonly { at: number; cents: number; currency: string | null }[];
  masses: Masses | null;
  atRisk: boolean;
}

/** Whether a condition holds, and until when it stays so if nothing happens (Infinity: for ever). */
export interface Verdict {
  holds: boolean;
  until: number;
}

const FOR_EVER = Number.POSITIVE_INFINITY;

/** What a condition comes to for a person at a moment. Facts are named by their id. */
export function evaluate(condition: Condition<number>, person: Person, at: number): Verdict {
  if ("all" in condition) return every(condition.all, person, at, true);
  if ("any" in condition) return every(condition.any, person, at, false);
  if ("not" in condition) {
    const { holds, until } = evaluate(condition.not, person, at);
    return { holds: !holds, until };
  }
  if ("count" in condition) return counted(person.facts.get(condition.count), condition.atLeast, condition.within, at);
  if ("edge" in condition) {
    const state = person.facts.get(condition.of);
    return timed(state !== undefined && "n" in state ? state[condition.edge] : null, condition.timing, at);
  }
  if ("sequence" in condition) return followed(person.facts.get(condition.sequence), condition.within, condition.follows, at);
  if ("profile" in condition) return always(passes(valueAt(person.profile, condition.profile), condition.test));
  if ("identity" in condition) return always(person.identities.has(condition.identity));
  if ("orders" in condition) return ordered(condition, person.orders, at);
  if ("score" in condition) return scored(condition.score, condition.than, person.masses, at);
  return always(person.atRisk);
}

function always(holds: boolean): Verdict {
  return { holds, until: FOR_EVER };
}

/**
 * Of `all`, while one does not hold nothing changes before the last of those that do not; while all hold, the first to
 * change ends it. Of `any`, the other way round.
 */
function every(parts: readonly Condition<number>[], person: Person, at: number, isAll: boolean): Verdict {
  let first = FOR_EVER;
  let last = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    const { holds, until } = evaluate(part, person, at);
    if (holds === isAll) first = Math.min(first, until);
    else last = Math.max(last, until);
  }
  const isDecided = last > Number.NEGATIVE_INFINITY;
  return isDecided ? { holds: !isAll, until: last } : { holds: isAll, until: first };
}

/** The n-th newest within the window decides: when it leaves, there are too few. */
function counted(state: FactState | undefined, atLeast: number, within: number | null, at: number): Verdict {
  if (state === undefined || !("n" in state)) return always(false);
  if (within === null) return always(state.n >= atLeast);
  const deciding = state.times?.[atLeast - 1];
  return deciding === undefined ? always(false) : lasting(deciding + within, at);
}

/** Holds until a moment, exclusive. */
function lasting(end: number, at: number): Verdict {
  return at < end ? { holds: true, until: end } : always(false);
}

function timed(happened: number | null, timing: Timing, at: number): Verdict {
  if (happened === null) return always(false);
  if ("before" in timing) return always(happened < timing.before);
  if ("after" in timing) return always(happened > timing.after);
  if ("withinLast" in timing) return lasting(happened + timing.withinLast, at);
  const end = happened + timing.notWithinLast;
  return at < end ? { holds: false, until: end } : always(true);
}

function followed(state: FactState | undefined, within: number, follows: boolean, at: number): Verdict {
  if (state === undefined || !("a" in state) || state.a === null) return always(false);
  const end = state.a + within;
  const isFollowed = state.b !== null && state.b <= end;
  if (follows || isFollowed) return always(follows && isFollowed);
  return at < end ? { holds: false, until: end } : always(true);
}

function ordered(condition: Extract<Condition<number>, { orders: string }>, orders: Person["orders"], at: number): Verdict {
  if ("timing" in condition) {
    if (orders.length === 0) return always(false);
    const moments = orders.map((order) => order.at);
    return timed(condition.orders === "first" ? Math.min(...moments) : Math.max(...moments), condition.timing, at);
  }
  const { within } = condition;
  const inside = within === null ? orders : orders.filter((order) => order.at + within > at);
  if (condition.orders === "count") {
    if (inside.length < condition.atLeast) return always(false);
    const newest = inside.map((order) => order.at).sort((x, y) => y - x);
    return within === null ? always(true) : { holds: true, until: (newest[condition.atLeast - 1] ?? 0) + within };
  }
  const counting = inside.filter((order) => condition.currency === null || order.currency === condition.currency);
  const sum = counting.reduce((total, order) => total + order.cents, 0);
  const next = within === null ? FOR_EVER : Math.min(FOR_EVER, ...counting.map((order) => order.at + within));
  return { holds: sum >= condition.atLeastCents, until: next };
}

const A_CENTURY = 100 * 365 * 86_400_000;

/** With time the score goes towards 50 and only there: it crosses a value at most once. */
function scored(side: "below" | "above", than: number, masses: Masses | null, at: number): Verdict {
  if (masses === null || masses.pieces < PARAMETERS.fewestPieces) return always(false);
  const holdsAt = (moment: number): boolean => {
    const score = exactScore(masses, new Date(moment));
    return side === "below" ? score < than : score > than;
  };
  const holds = holdsAt(at);
  if (holdsAt(at + A_CENTURY) === holds) return always(holds);
  let [before, after] = [at, at + A_CENTURY];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holdsAt(middle) === holds) before = middle;
    else after = middle;
  }
  return { holds, until: after };
}
