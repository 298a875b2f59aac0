import type { Claim } from "./crowd.ts";
import { readTraits, type ReadTraits, type Traits } from "./traits.ts";

export interface Seen {
  /** Negative: one of the crowd's new ones. */
  customer: number | null;
  at: Date;
  source: string;
  isVerified: boolean;
  traits: Traits | null;
}

export interface Profile extends ReadTraits {
  id: number;
  from: Date;
  until: Date;
  /** What a server says replaces what was known; what a browser says only fills in. */
  replaces: boolean;
}

/**
 * One per customer: what was said last, and from when until when they were seen. Whoever says no address is known by one
 * all the same when it is the one they are new to be known by.
 */
export function profilesOf(seen: readonly Seen[], claims: readonly Claim[], real: (customer: number) => number): Profile[] {
  const profiles = new Map<number, Profile>();
  for (const { customer, at, traits, isVerified } of seen) {
    if (customer === null) continue;
    const id = real(customer);
    const before = profiles.get(id) ?? silent(id, at);
    if (at < before.from) before.from = at;
    if (at > before.until) before.until = at;
    profiles.set(id, traits === null ? before : withTraits(before, traits, isVerified));
  }
  for (const [customer, addresses] of Map.groupBy(addressesIn(claims), (claim) => claim.customer)) {
    const profile = profiles.get(real(customer));
    if (profile) profile.email ??= addressAmong(addresses);
  }
  return [...profiles.values()].sort((a, b) => a.id - b.id);
}

/** Somebody of whom nothing is said but that they were there. */
function silent(id: number, at: Date): Profile {
  return { id, ...readTraits(null), from: at, until: at, replaces: false };
}

function withTraits(before: Profile, traits: Traits, isVerified: boolean): Profile {
  const said = readTraits(traits);
  return {
    ...before,
    name: said.name ?? before.name,
    email: said.email ?? before.email,
    phone: said.phone ?? before.phone,
    locale: said.locale ?? before.locale,
    timeZone: said.timeZone ?? before.timeZone,
    fields: { ...before.fields, ...said.fields },
    replaces: before.replaces || isVerified,
  };
}

function addressesIn(claims: readonly Claim[]): Claim[] {
  return claims.filter((claim) => claim.kind === "email");
}

/** Of several that a browser told of, none is surer than the others. */
function addressAmong(addresses: readonly Claim[]): string | null {
  const verified = addresses.find((each) => each.isVerified);
  return verified?.value ?? (addresses.length === 1 ? (addresses[0]?.value ?? null) : null);
}
