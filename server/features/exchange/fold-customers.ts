import { isDeepStrictEqual } from "node:util";
import type { Sighting } from "../customers/index.ts";
import { saidOf, type Traits } from "./said-of.ts";

/** What a line of customers says. */
export interface CustomerLine {
  /** Where it stands in the file. */
  line: number;
  sighting: Sighting;
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
}

/** A line, whose it is, and what of it can be said of them. */
export interface OwnLine extends CustomerLine {
  /** Null: nobody, and it stays alone; negative: somebody new. */
  customer: number | null;
  /** Words that it does not say of them after all, since they are somebody else's. */
  withheld: string[];
}

/** Lines that speak of one customer, and what they say together. */
export interface Folded extends Omit<OwnLine, "line" | "withheld"> {
  /** Which of the lines that were given. */
  places: number[];
  /** The line of the file in which each word was said last. */
  saidIn: Map<string, number>;
  /** Up to which line each word does not count, since one of these lines takes it back or does not say it of them. */
  takenBack: Map<string, number>;
}

/**
 * Puts together what lines say of one customer: of what they say differently the last word holds, as it would if they were
 * taken in one after the other. So a file that contradicts itself ends in the same words however often it comes.
 */
export function foldLines(reads: readonly OwnLine[]): Folded[] {
  const all: Folded[] = [];
  const known = new Map<number, Folded>();
  for (const [index, read] of reads.entries()) {
    const { customer } = read;
    const folded = customer === null ? undefined : known.get(customer);
    if (folded) add(folded, read);
    const its = folded ?? alone(read);
    its.places.push(index);
    if (folded) continue;
    all.push(its);
    if (customer !== null) known.set(customer, its);
  }
  return all;
}

function alone({ line, withheld, ...rest }: OwnLine): Folded {
  const saidIn = new Map([...saidOf(rest.sighting.traits).keys()].map((word) => [word, line]));
  return { ...rest, places: [], saidIn, takenBack: new Map(withheld.map((word) => [word, line + 1])) };
}

function add(folded: Folded, { line, sighting, firstSeenAt, lastSeenAt, withheld }: OwnLine): void {
  const before = saidOf(folded.sighting.traits);
  for (const [word, said] of saidOf(sighting.traits)) {
    if (word === "email" && before.has(word)) continue;
    if (before.has(word) && !isDeepStrictEqual(before.get(word), said)) folded.takenBack.set(word, line);
    folded.saidIn.set(word, line);
  }
  for (const word of withheld) folded.takenBack.set(word, line + 1);
  const identities = [...folded.sighting.identities, ...sighting.identities];
  folded.sighting = { ...folded.sighting, identities, traits: later(folded.sighting.traits, sighting.traits) };
  folded.firstSeenAt = earliest(folded.firstSeenAt, firstSeenAt);
  folded.lastSeenAt = latest(folded.lastSeenAt, lastSeenAt);
}

/** The first email address stays, as everywhere. */
function later(before: Traits, after: Traits): Traits {
  if (before === null || after === null) return after ?? before;
  const said = (one: string | null | undefined, other: string | null | undefined): string | null =>
    typeof other === "string" && other.trim() !== "" ? other : (one ?? null);
  const fields = { ...before.fields, ...after.fields };
  return {
    name: said(before.name, after.name),
    email: said(after.email, before.email),
    phone: said(before.phone, after.phone),
    locale: said(before.locale, after.locale),
    timeZone: said(before.timeZone, after.timeZone),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
  };
}

function earliest(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other < one) ? other : one;
}

function latest(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other > one) ? other : one;
}
