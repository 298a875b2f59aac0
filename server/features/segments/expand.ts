import { invalid } from "../../platform/errors.ts";
import { ALWAYS, type Condition, type Fact, type Pattern, type Timing, type ValueTest } from "./condition.ts";
import { lengthOf } from "./length.ts";
import type { Count, Did, Timing as GivenTiming, ValueTest as GivenTest, Where } from "./where.ts";

/** What conditions name: other segments and touchpoints. */
export interface Named {
  /** @throws Problem 400 when there is none, or it comes back to where it began */
  segment(id: string): Where;
  /** @throws Problem 400 */
  touchpointId(key: string): number;
}

const DEEPEST = 10;
const MOST_LEAVES = 200;
const MOST_WITHIN = 1000;
/** How many of the latest moments are kept: few sizes, even where none is asked for, so that segments share facts. */
const FEWEST_KEPT = 5;
const KEEPS = [FEWEST_KEPT, 25, 100, MOST_WITHIN + 1];

/**
 * The conditions as they are kept.
 * @throws Problem 400 when they name what is not there, are too deep or too many, or say nothing
 */
export function expand(where: Where, named: Named): Condition {
  let leaves = 0;
  const go = (each: Where, depth: number): Condition => {
    if (depth > DEEPEST) throw invalid(`Conditions may be nested ${DEEPEST} deep, other segments included.`);
    if ("all" in each) return { all: each.all.map((one) => go(one, depth + 1)) };
    if ("any" in each) return { any: each.any.map((one) => go(one, depth + 1)) };
    if ("not" in each) return { not: go(each.not, depth + 1) };
    if ("segment" in each) return go(named.segment(each.segment), depth + 1);
    if (++leaves > MOST_LEAVES) throw invalid(`A segment may have ${MOST_LEAVES} conditions, those of other segments included.`);
    return expandLeaf(each, named);
  };
  return go(where, 0);
}

type Leaf = Exclude<Where, { all: Where[] } | { any: Where[] } | { not: Where } | { segment: string }>;

function expandLeaf(leaf: Leaf, named: Named): Condition {
  if ("profile" in leaf) {
    const { profile, ...test } = leaf;
    return profileOf(profile, test);
  }
  if ("identity" in leaf) return unless(leaf.exists === false, { identity: leaf.identity });
  if ("then" in leaf) return sequenceOf(leaf.did, leaf.then, leaf.within, true, named);
  if ("thenNot" in leaf) return sequenceOf(leaf.did, leaf.thenNot, leaf.within, false, named);
  if ("did" in leaf) {
    const within = leaf.within === undefined ? null : lengthOf(leaf.within);
    const pattern = patternOf(leaf.did, named);
    const happened = numberOf(leaf.count ?? { atLeast: 1 }, (atLeast) => countOf(pattern, atLeast, within));
    return unless(leaf.ever === false, happened);
  }
  if ("first" in leaf || "last" in leaf) {
    const edge = "first" in leaf ? "first" : "last";
    const { first, last, ...timing }: { first?: Did; last?: Did } & GivenTiming = leaf;
    const of: Fact = { pattern: patternOf(first ?? last ?? { kind: "" }, named), keep: FEWEST_KEPT };
    return every(timingsOf(timing).map((each) => ({ edge, of, timing: each })));
  }
  if ("orders" in leaf) return ordersOf(leaf.orders);
  if ("score" in leaf) {
    const { below, above } = leaf.score;
    return every([
      ...(below === undefined ? [] : [{ score: "below" as const, than: below }]),
      ...(above === undefined ? [] : [{ score: "above" as const, than: above }]),
    ]);
  }
  return unless(!leaf.atRisk, { atRisk: true });
}

function countOf(pattern: Pattern, atLeast: number, within: number | null): Condition {
  if (within !== null && atLeast > MOST_WITHIN + 1) throw invalid(`Within a window, at most ${MOST_WITHIN} can be counted.`);
  const keep = within === null ? FEWEST_KEPT : (KEEPS.find((size) => size >= atLeast) ?? MOST_WITHIN + 1);
  return { count: { pattern, keep }, atLeast, within };
}

function sequenceOf(did: Did, next: Did, within: string, follows: boolean, named: Named): Condition {
  return { sequence: { first: patternOf(did, named), next: patternOf(next, named) }, within: lengthOf(within), follows };
}

function ordersOf({ count, sum, within: given, first, last }: Extract<Leaf, { orders: object }>["orders"]): Condition {
  const within = given === undefined ? null : lengthOf(given);
  const parts: Condition[] = [];
  const onlyWindow = count === undefined && sum === undefined && given !== undefined;
  if (count !== undefined || onlyWindow) {
    parts.push(numberOf(count ?? { atLeast: 1 }, (atLeast) => ({ orders: "count", atLeast, within })));
  }
  if (sum !== undefined) {
    const over = (atLeastCents: number): Condition =>
      atLeastCents <= 0 ? ALWAYS : { orders: "sum", atLeastCents, currency: sum.currency ?? null, within };
    if (sum.atLeast !== undefined) parts.push(over(Math.ceil(cents(sum.atLeast))));
    if (sum.atMost !== undefined) parts.push({ not: over(Math.floor(cents(sum.atMost)) + 1) });
    if (sum.atLeast === undefined && sum.atMost === undefined) throw invalid("The sum of orders needs `atLeast` or `atMost`.");
  }
  if (first !== undefined) parts.push(...timingsOf(first).map((timing) => ({ orders: "first" as const, timing })));
  if (last !== undefined) parts.push(...timingsOf(last).map((timing) => ({ orders: "last" as const, timing })));
  return every(parts);
}

/** 19.99 is 1998.9999999999998 hundredths to a computer. */
function cents(sum: number): number {
  return Number((sum * 100).toFixed(6));
}

/** Everything that is counted is said by "at least so many". */
function numberOf({ atLeast, atMost, exactly }: Count, made: (atLeast: number) => Condition): Condition {
  const least = (number: number): Condition => (number <= 0 ? ALWAYS : made(number));
  return every([
    ...(atLeast === undefined ? [] : [least(atLeast)]),
    ...(atMost === undefined ? [] : [{ not: least(atMost + 1) }]),
    ...(exactly === undefined ? [] : [least(exactly), { not: least(exactly + 1) }]),
  ]);
}

function timingsOf({ before, after, withinLast, notWithinLast }: GivenTiming): Timing[] {
  const timings: Timing[] = [];
  if (before !== undefined) timings.push({ before: momentOf(before) });
  if (after !== undefined) timings.push({ after: momentOf(after) });
  if (withinLast !== undefined) timings.push({ withinLast: lengthOf(withinLast) });
  if (notWithinLast !== undefined) timings.push({ notWithinLast: lengthOf(notWithinLast) });
  if (timings.length === 0) throw invalid("When? Say `before`, `after`, `withinLast` or `notWithinLast`.");
  return timings;
}

function momentOf(text: string): number {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw invalid(`${text} is not a moment.`);
  return moment;
}

function patternOf({ kind, name, touchpoint, channel, stage, properties = {} }: Did, named: Named): Pattern {
  const own = Object.entries(properties).flatMap(([path, test]) =>
    (typeof test === "object" ? testsOf(test) : [{ is: test }]).map((each) => {
      if ("not" in each) throw invalid("Of an interaction's properties, say what they are; put `not` around the whole.");
      return { path: path.split("."), test: each };
    }),
  );
  return {
    kind,
    ...(touchpoint === undefined ? {} : { touchpointId: named.touchpointId(touchpoint) }),
    ...(channel === undefined ? {} : { channel }),
    ...(stage === undefined ? {} : { stage }),
    properties: [...(name === undefined ? [] : [{ path: ["name"], test: { is: name } }]), ...own],
  };
}

function profileOf(name: string, given: GivenTest): Condition {
  const path = name.startsWith("fields.") ? ["fields", ...name.slice("fields.".length).split(".")] : [name];
  const isText = path[0] !== "fields";
  if (isText && (given.atLeast !== undefined || given.atMost !== undefined))
    throw invalid(`${name} is a text; it is neither more nor less.`);
  return every(testsOf(given).map((test) => ("not" in test ? { not: { profile: path, test: test.not } } : { profile: path, test })));
}

function testsOf({ is, isNot, contains, startsWith, exists, atLeast, atMost }: GivenTest): (ValueTest | { not: ValueTest })[] {
  const tests: (ValueTest | { not: ValueTest })[] = [];
  if (is !== undefined) tests.push({ is });
  if (isNot !== undefined) tests.push({ not: { is: isNot } });
  if (contains !== undefined) tests.push({ contains });
  if (startsWith !== undefined) tests.push({ startsWith });
  if (exists !== undefined) tests.push(exists ? { exists } : { not: { exists: true } });
  if (atLeast !== undefined) tests.push({ atLeast });
  if (atMost !== undefined) tests.push({ atMost });
  if (tests.length === 0)
    throw invalid("A condition on a value says `is`, `isNot`, `contains`, `startsWith`, `exists`, `atLeast` or `atMost`.");
  return tests;
}

function every(parts: Condition[]): Condition {
  const [only] = parts;
  return parts.length === 1 && only ? only : { all: parts };
}

function unless(isTurned: boolean, condition: Condition): Condition {
  return isTurned ? { not: condition } : condition;
}
