import { lengthInWords } from "./length.ts";
import type { Count, Did, Timing, ValueTest, Where } from "./where.ts";

/** How ids of segments and keys of touchpoints are called. */
export interface Names {
  segmentName(id: string): string;
  touchpoint(key: string): string;
}

/** What conditions amount to, in plain words: "Customers who …". */
export function sentenceOf(where: Where, names: Names): string {
  const said = say(where, names, true);
  return said === "" ? "All customers." : `Customers ${said}.`;
}

/** "who …" or "whose …"; empty for what always holds. */
function say(where: Where, names: Names, isOutermost = false): string {
  if ("all" in where) return join(where.all, "and", names, isOutermost);
  if ("any" in where) return where.any.length === 0 ? "who are nobody" : join(where.any, "or", names, isOutermost);
  if ("not" in where) return `who are not among those ${say(where.not, names) || "who are customers"}`;
  if ("profile" in where) {
    const { profile, ...test } = where;
    return testInWords(profileInWords(profile), test);
  }
  return `who ${leafInWords(where, names)}`;
}

type Leaf = Exclude<Where, { all: Where[] } | { any: Where[] } | { not: Where } | { profile: string }>;

function leafInWords(leaf: Leaf, names: Names): string {
  if ("segment" in leaf) return `are in “${names.segmentName(leaf.segment)}”`;
  if ("identity" in leaf) return `${leaf.exists === false ? "have no" : "have a known"} ${plain(leaf.identity)}`;
  if ("then" in leaf) return `${did(leaf.did, names)}, and within ${lengthInWords(leaf.within)} of the last time ${did(leaf.then, names)}`;
  if ("thenNot" in leaf) {
    return `${did(leaf.did, names)}, and within ${lengthInWords(leaf.within)} of the last time never ${did(leaf.thenNot, names)}`;
  }
  if ("did" in leaf) return `${countInWords(leaf, names)}${leaf.within === undefined ? "" : ` ${lastInWords(leaf.within)}`}`;
  if ("first" in leaf || "last" in leaf) {
    const edge = "first" in leaf ? "first" : "last";
    return `${edge} ${did("first" in leaf ? leaf.first : leaf.last, names)} ${timingInWords(leaf)}`;
  }
  if ("orders" in leaf) return ordersInWords(leaf.orders);
  if ("score" in leaf) {
    const { above, below } = leaf.score;
    const sides = [above === undefined ? [] : [`above ${above}`], below === undefined ? [] : [`below ${below}`]];
    return `have a score ${sides.flat().join(" and ")}`;
  }
  return leaf.atRisk ? "are at risk" : "are not at risk";
}

/** "in the last 7 days", "in the last hour". */
function lastInWords(length: string): string {
  return `in the last ${lengthInWords(length).replace(/^1 /, "")}`;
}

function join(parts: readonly Where[], word: string, names: Names, isOutermost: boolean): string {
  const said = parts.map((part) => say(part, names)).filter((text) => text !== "");
  if (said.length < 2) return said[0] ?? "";
  const text = said.length === 2 ? said.join(` ${word} `) : `${said.slice(0, -1).join(", ")}, ${word} ${said.at(-1)}`;
  return isOutermost ? text : `(${text})`;
}

const DID: Readonly<Record<string, string>> = {
  "page.viewed": "viewed a page",
  "screen.viewed": "opened a screen",
  "message.received": "wrote to us",
  "message.sent": "heard from us",
  "conversation.opened": "began a conversation",
  "conversation.closed": "had a conversation closed",
  "order.placed": "placed an order",
  "order.delivered": "got an order",
  "order.late": "had a late order",
  "order.cancelled": "had an order cancelled",
  "survey.answered": "answered a survey",
  "advert.clicked": "clicked an advert",
};

function did({ kind, name, touchpoint, channel, stage, properties = {} }: Did, names: Names): string {
  const what = name !== undefined && kind === "event.tracked" ? `did “${name}”` : (DID[kind] ?? `had “${kind}”`);
  const titled = name !== undefined && kind !== "event.tracked" ? ` “${name}”` : "";
  const where = [
    touchpoint === undefined ? [] : [` at ${names.touchpoint(touchpoint)}`],
    channel === undefined ? [] : [` by ${channel}`],
    stage === undefined ? [] : [` in the stage ${stage}`],
  ].flat();
  const which = Object.entries(properties).map(([path, test]) =>
    testInWords(`whose ${path.split(".").at(-1)}`, typeof test === "object" ? test : { is: test }),
  );
  return `${what}${titled}${where.join("")}${which.length === 0 ? "" : ` ${which.join(" and ")}`}`;
}

function countInWords(where: { did: Did; count?: Count; ever?: boolean }, names: Names): string {
  const what = did(where.did, names);
  const { atLeast, atMost, exactly } = where.count ?? {};
  if (where.ever === false || exactly === 0 || (atMost === 0 && atLeast === undefined)) return `never ${what}`;
  const often = [
    exactly === undefined ? [] : [`exactly ${times(exactly)}`],
    atLeast === undefined || atLeast === 0 ? [] : [`at least ${times(atLeast)}`],
    atMost === undefined ? [] : [`at most ${times(atMost)}`],
  ].flat();
  if (atLeast === 0 && often.length === 0) return `${what} any number of times, or never`;
  return often.length === 0 ? what : `${what} ${often.join(" and ")}`;
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

function timingInWords({ before, after, withinLast, notWithinLast }: Timing): string {
  return [
    before === undefined ? [] : [`before ${dayOf(before)}`],
    after === undefined ? [] : [`after ${dayOf(after)}`],
    withinLast === undefined ? [] : [lastInWords(withinLast)],
    notWithinLast === undefined ? [] : [`more than ${lengthInWords(notWithinLast)} ago`],
  ]
    .flat()
    .join(" and ");
}

function dayOf(moment: string): string {
  return new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

function ordersInWords({ count, sum, within, first, last }: Extract<Where, { orders: object }>["orders"]): string {
  const window = within === undefined ? "" : ` ${lastInWords(within)}`;
  const said: string[] = [];
  if (count !== undefined) said.push(`ordered ${numbers(count, (number) => times(number))}${window}`);
  if (sum !== undefined)
    said.push(`ordered for ${numbers(sum, (number) => `${number}${sum.currency ? ` ${sum.currency}` : ""}`)}${window}`);
  if (count === undefined && sum === undefined && within !== undefined) said.push(`ordered${window}`);
  if (first !== undefined) said.push(`first ordered ${timingInWords(first)}`);
  if (last !== undefined) said.push(`last ordered ${timingInWords(last)}`);
  return said.join(" and ");
}

function numbers({ atLeast, atMost, exactly }: Count, written: (number: number) => string): string {
  return [
    exactly === undefined ? [] : [`exactly ${written(exactly)}`],
    atLeast === undefined ? [] : [`at least ${written(atLeast)}`],
    atMost === undefined ? [] : [`at most ${written(atMost)}`],
  ]
    .flat()
    .join(" and ");
}

function testInWords(what: string, { is, isNot, contains, startsWith, exists, atLeast, atMost }: ValueTest): string {
  const whose = what.startsWith("whose ") ? what : `whose ${what}`;
  return [
    is === undefined ? [] : [`${whose} is ${value(is)}`],
    isNot === undefined ? [] : [`${whose} is not ${value(isNot)}`],
    contains === undefined ? [] : [`${whose} contains ${value(contains)}`],
    startsWith === undefined ? [] : [`${whose} begins with ${value(startsWith)}`],
    exists === undefined ? [] : [`${whose} is ${exists ? "known" : "not known"}`],
    atLeast === undefined ? [] : [`${whose} is at least ${atLeast}`],
    atMost === undefined ? [] : [`${whose} is at most ${atMost}`],
  ]
    .flat()
    .join(" and ");
}

function value(given: string | number | boolean): string {
  return typeof given === "string" ? `“${given}”` : String(given);
}

function profileInWords(profile: string): string {
  return plain(profile.startsWith("fields.") ? profile.slice("fields.".length) : profile);
}

function plain(name: string): string {
  return name
    .replace(/(?<=\w)_(?=\w)/g, " ")
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
