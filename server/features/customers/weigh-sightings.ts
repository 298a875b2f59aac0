import { isDeepStrictEqual } from "node:util";
import type { Scope } from "../../platform/db/index.ts";
import { keyOf } from "./crowd.ts";
import { rulesOf } from "./identity-rules.ts";
import { readIdentities, type Sighting } from "./meet-customers.ts";
import { knownProfiles, type KnownProfile } from "./profile-queries.ts";
import { readTraits } from "./traits.ts";

/** What `meetCustomers` would make of a sighting. */
export interface SightingWeight {
  /** Refused: it names nobody in a usable way. */
  outcome: "new" | "changed" | "unchanged" | "refused";
  reason: string | null;
  /** Of whom is known already; null for those who are new. */
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
  /** The identities in the one spelling under which they are kept. */
  keys: string[];
  /** Which words it would put in the place of other ones that are known: "name", "fields.colour". */
  replaces: string[];
}

/**
 * Whether each of these sightings says anything that is not known; nothing is written. Later ones know the earlier ones.
 * One whose moment is not a number says nothing of when.
 */
export async function weighSightings(scope: Scope, sightings: readonly Sighting[]): Promise<SightingWeight[]> {
  const rules = await rulesOf(scope);
  const read = sightings.map((sighting) => readIdentities(sighting.identities, rules));
  const known = await knownProfiles(
    scope,
    read.flatMap(({ usable }) => usable),
  );
  const before = new Map<string, Sighting>();
  return sightings.map((sighting, index) => {
    const { usable = [], refused = [] } = read[index] ?? {};
    const keys = usable.map(keyOf);
    if (keys.length === 0)
      return { outcome: "refused", reason: reasonOf(refused), firstSeenAt: null, lastSeenAt: null, keys, replaces: [] };
    const profile = keys.map((key) => known.get(key)).find((each) => each !== undefined);
    const earlier = keys.map((key) => before.get(key)).find((each) => each !== undefined);
    for (const key of keys) before.set(key, sighting);
    const outcome = outcomeOf(sighting, keys, known, profile, earlier);
    const replaces = profile === undefined ? [] : replacedBy(sighting, profile);
    return { outcome, reason: null, firstSeenAt: profile?.firstSeenAt ?? null, lastSeenAt: profile?.lastSeenAt ?? null, keys, replaces };
  });
}

/** By what each of these sightings names somebody, in the one spelling that is kept, and what of it names nobody. */
export async function readNames(scope: Scope, sightings: readonly Pick<Sighting, "identities">[]): Promise<Names[]> {
  const rules = await rulesOf(scope);
  return sightings.map(({ identities }) => readIdentities(identities, rules));
}

export type Names = ReturnType<typeof readIdentities>;

/** Why each of these sightings names nobody in a usable way; null where it names somebody. */
export async function whyNobody(scope: Scope, sightings: readonly Sighting[]): Promise<(string | null)[]> {
  const names = await readNames(scope, sightings);
  return names.map(({ usable, refused }) => (usable.length === 0 ? reasonOf(refused) : null));
}

function reasonOf(refused: readonly { kind: string; value: string; reason: string }[]): string {
  const [first] = refused;
  return first ? `${first.value}: ${first.reason}` : "It does not say whose it is.";
}

function outcomeOf(
  sighting: Sighting,
  keys: readonly string[],
  known: ReadonlyMap<string, KnownProfile>,
  profile: KnownProfile | undefined,
  earlier: Sighting | undefined,
): "new" | "changed" | "unchanged" {
  if (earlier && isDeepStrictEqual(earlier.traits, sighting.traits) && isDeepStrictEqual(earlier.identities, sighting.identities))
    return "unchanged";
  if (profile === undefined) return earlier ? "changed" : "new";
  return keys.every((key) => known.has(key)) && saysNothingNew(sighting, profile) ? "unchanged" : "changed";
}

const TEN_MINUTES = 600_000;

/** By the rules by which a server's word replaces what was known. */
function saysNothingNew({ traits, at }: Sighting, profile: KnownProfile): boolean {
  const said = readTraits(traits);
  const same = (one: string | null, so: string | null): boolean => one === null || one === so;
  return (
    !(at < profile.firstSeenAt) &&
    !(at.getTime() > profile.lastSeenAt.getTime() + TEN_MINUTES) &&
    same(said.name, profile.name) &&
    (said.email === null || profile.email !== null) &&
    same(said.phone, profile.phone) &&
    same(said.locale, profile.locale) &&
    same(said.timeZone, profile.timeZone) &&
    Object.entries(said.fields).every(([name, value]) => isDeepStrictEqual(profile.fields[name], value))
  );
}

/** The first email address stays, whatever is said. */
function replacedBy({ traits }: Sighting, profile: KnownProfile): string[] {
  const said = readTraits(traits);
  const words = (["name", "phone", "locale", "timeZone"] as const).filter(
    (word) => said[word] !== null && profile[word] !== null && said[word] !== profile[word],
  );
  const fields = Object.entries(said.fields).filter(
    ([name, value]) => Object.hasOwn(profile.fields, name) && !isDeepStrictEqual(profile.fields[name], value),
  );
  return [...words, ...fields.map(([name]) => `fields.${name}`)];
}
