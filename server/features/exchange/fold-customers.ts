import type { Sighting } from "../customers/index.ts";

/** What a line of customers says. */
export interface CustomerLine {
  sighting: Sighting;
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
}

/** Lines that speak of one customer, and what they say together. */
export interface Folded extends CustomerLine {
  /** Which lines, by their places. */
  lines: number[];
}

/**
 * Puts together what lines say of one customer: of what they say differently the last word holds, as it would if they were
 * taken in one after the other. So a file that contradicts itself ends in the same words however often it comes.
 * @param whose each line's customer; null for a line that names nobody, which stays alone
 */
export function foldLines(reads: readonly CustomerLine[], whose: readonly (number | null)[]): Folded[] {
  const all: Folded[] = [];
  const known = new Map<number, Folded>();
  for (const [index, read] of reads.entries()) {
    const customer = whose[index] ?? null;
    const folded = customer === null ? undefined : known.get(customer);
    if (folded) add(folded, read);
    const its = folded ?? { ...read, lines: [] };
    its.lines.push(index);
    if (folded) continue;
    all.push(its);
    if (customer !== null) known.set(customer, its);
  }
  return all;
}

function add(folded: Folded, { sighting, firstSeenAt, lastSeenAt }: CustomerLine): void {
  const identities = [...folded.sighting.identities, ...sighting.identities];
  folded.sighting = { ...folded.sighting, identities, traits: later(folded.sighting.traits, sighting.traits) };
  folded.firstSeenAt = earliest(folded.firstSeenAt, firstSeenAt);
  folded.lastSeenAt = latest(folded.lastSeenAt, lastSeenAt);
}

type Traits = Sighting["traits"];

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
