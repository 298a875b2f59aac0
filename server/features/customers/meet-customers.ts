import type { Tx } from "../../platform/db/index.ts";
import type { Crowd } from "./crowd.ts";
import { isBlocked, normaliseIdentity, type IdentityKind, type IdentityRules, type Named } from "./identity-kinds.ts";
import { rulesOf } from "./identity-rules.ts";
import { flushCrowd, loadCrowd, type Traits } from "./meeting-queries.ts";

/** What something that arrived says of whom it is about. */
export interface Sighting {
  identities: readonly Named[];
  at: Date;
  /** Who says so, kept with each identity: "src_3f". */
  source: string;
  /** A server of the company's says so, not a browser that anybody can make say anything. */
  isVerified: boolean;
  traits: Traits | null;
}

export interface RefusedIdentity {
  kind: IdentityKind;
  value: string;
  reason: string;
}

export interface Met {
  /** Null: it names nobody in a usable way. */
  customerId: number | null;
  refused: RefusedIdentity[];
}

/**
 * Whose each of these sightings is, in order; customers are made, identities joined and merges asked for as the rules
 * allow, all in a few statements however many there are. Identities join deterministically: the same one is the same
 * customer. A device whose owner says to be somebody else has changed hands. When another transaction was first with an
 * identity, the whole transaction is done again.
 */
export async function meetCustomers(tx: Tx, sightings: readonly Sighting[]): Promise<Met[]> {
  const { crowd, met } = await gather(tx, sightings);
  const ids = await flushCrowd(tx, crowd, withWhom(crowd, met, sightings));
  return met.map((each) => ({ ...each, customerId: each.customerId === null ? null : (ids.get(each.customerId) ?? each.customerId) }));
}

/** An address or number by which somebody else is known is not theirs, or our letters to them would go to somebody else. */
function ownTraits(crowd: Crowd, customer: number, traits: Traits | null): Traits | null {
  const isElses = (kind: "email" | "phone", value: string | null | undefined): boolean => {
    const known = typeof value === "string" ? normaliseIdentity({ kind, value }) : null;
    return known !== null && !crowd.mayBeTheirs(customer, { kind, value: known });
  };
  if (traits === null) return null;
  const { email, phone } = traits;
  return { ...traits, email: isElses("email", email) ? null : (email ?? null), phone: isElses("phone", phone) ? null : (phone ?? null) };
}

/** Whose each of these sightings would be, and what it can say of them: those who would be new have negative numbers. Nothing is written. */
export async function whoseSightings(tx: Tx, sightings: readonly Sighting[]): Promise<(Sighting & { customer: number | null })[]> {
  const { crowd, met } = await gather(tx, sightings);
  return withWhom(crowd, met, sightings);
}

function withWhom(crowd: Crowd, met: readonly Met[], sightings: readonly Sighting[]): (Sighting & { customer: number | null })[] {
  return sightings.map((sighting, index) => {
    const customer = met[index]?.customerId ?? null;
    return { ...sighting, customer, traits: customer === null ? sighting.traits : ownTraits(crowd, customer, sighting.traits) };
  });
}

async function gather(tx: Tx, sightings: readonly Sighting[]): Promise<{ crowd: Crowd; met: Met[] }> {
  const rules = await rulesOf(tx);
  const read = sightings.map((sighting) => readIdentities(sighting.identities, rules));
  const crowd = await loadCrowd(
    tx,
    read.map(({ usable }) => usable),
    rules,
  );
  const met = sightings.map((sighting, index): Met => {
    const { usable = [], refused = [] } = read[index] ?? {};
    if (usable.length === 0) return { customerId: null, refused };
    const { customer, refused: tooMany } = crowd.meet(usable, sighting);
    return { customerId: customer, refused: [...refused, ...tooMany] };
  });
  return { crowd, met };
}

/** Which of these names can be kept, in their one spelling, and why others cannot. */
export function readIdentities(given: readonly Named[], rules: IdentityRules): { usable: Named[]; refused: RefusedIdentity[] } {
  const usable: Named[] = [];
  const refused: RefusedIdentity[] = [];
  for (const each of given) {
    const value = normaliseIdentity(each);
    const refuse = (reason: string): void => void refused.push({ kind: each.kind, value: each.value.slice(0, 400), reason });
    if (value === null) refuse("This is not a value that can be kept.");
    else if (isBlocked(each.value, rules) || isBlocked(value, rules))
      refuse("This value is blocked: many share it, or it stands for nobody.");
    else if (!usable.some((other) => other.kind === each.kind && other.value === value)) usable.push({ kind: each.kind, value });
  }
  return { usable, refused };
}
