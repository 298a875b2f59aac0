import { IDENTITY_KINDS, type IdentityKind, type IdentityRules, type Named } from "./identity-kinds.ts";

/** One person as far as a batch needs to know them: how many identities of each kind, and lately merged how often. */
export interface Person {
  counts: Map<IdentityKind, number>;
  /** Merges into them within the last hour. */
  merges: number;
}

export interface Claim extends Named {
  customer: number;
  source: string;
  isVerified: boolean;
  at: Date;
}

export interface Said {
  source: string;
  isVerified: boolean;
  at: Date;
}

interface Refused {
  kind: IdentityKind;
  value: string;
  reason: string;
}

/**
 * The customers that a batch of sightings is about. `meet` decides by the rules whose a sighting is and remembers what
 * that asks for; nothing is written here. New customers have negative numbers until they are.
 */
export class Crowd {
  readonly claims: Claim[] = [];
  readonly moves: { value: string; from: number; to: number; at: Date }[] = [];
  readonly merges: { from: number; into: number; reason: string; source: string }[] = [];
  readonly stopped: { one: number; other: number; reason: string }[] = [];
  newCustomers = 0;
  readonly #rules: IdentityRules;
  readonly #owners: Map<string, number>;
  readonly #roots: Map<number, number>;
  readonly #persons: Map<number, Person>;
  readonly #parted: readonly (readonly [one: number, other: number])[];

  /** @param known whose each identity is, who is one person, what is known of those, and whom somebody took apart */
  constructor(
    rules: IdentityRules,
    known: {
      owners: Map<string, number>;
      roots: Map<number, number>;
      persons: Map<number, Person>;
      parted: readonly (readonly [one: number, other: number])[];
    },
  ) {
    this.#rules = rules;
    this.#owners = known.owners;
    this.#roots = known.roots;
    this.#persons = known.persons;
    this.#parted = known.parted;
  }

  meet(identities: readonly Named[], said: Said): { customer: number; refused: Refused[] } {
    const strong = IDENTITY_KINDS.flatMap((kind) => identities.filter((each) => each.kind === kind && kind !== "anonymous_id"));
    const devices = identities.filter((each) => each.kind === "anonymous_id");
    const customer = this.#whose(strong, devices);
    const refused = strong.flatMap((each) => this.#join(customer, each, said));
    return { customer, refused: [...refused, ...devices.flatMap((each) => this.#joinDevice(customer, each, said))] };
  }

  /** False when somebody else has it. */
  mayBeTheirs(customer: number, identity: Named): boolean {
    const owner = this.#owners.get(keyOf(identity));
    return owner === undefined || this.#rootOf(owner) === this.#rootOf(customer);
  }

  /**
   * Who has the first identity that anybody has, as long as those that come before it can be theirs too; else who has
   * the device, unless what is said makes it somebody else.
   */
  #whose(strong: readonly Named[], devices: readonly Named[]): number {
    for (const [index, each] of strong.entries()) {
      const owner = this.#owners.get(keyOf(each));
      if (owner !== undefined && strong.slice(0, index).every(({ kind }) => this.#hasRoom(owner, kind))) return owner;
    }
    for (const each of devices) {
      const owner = this.#owners.get(keyOf(each));
      if (owner !== undefined && !strong.some(({ kind }) => this.#countOf(owner, kind) > 0)) return owner;
    }
    this.newCustomers += 1;
    const customer = -this.newCustomers;
    this.#persons.set(customer, { counts: new Map(), merges: 0 });
    return customer;
  }

  #join(customer: number, identity: Named, said: Said): Refused[] {
    const owner = this.#owners.get(keyOf(identity));
    if (owner === undefined) return this.#claim(customer, identity, said);
    if (this.#rootOf(owner) !== this.#rootOf(customer))
      this.#merge(owner, customer, `They share the ${KIND_WORDS[identity.kind]} ${identity.value}.`, said);
    return [];
  }

  #joinDevice(customer: number, device: Named, said: Said): Refused[] {
    const owner = this.#owners.get(keyOf(device));
    if (owner === undefined) return this.#claim(customer, device, said);
    if (this.#rootOf(owner) === this.#rootOf(customer)) return [];
    if (!this.#isKnown(owner)) {
      this.#merge(owner, customer, "They used the same device before they said who they are.", said);
      return [];
    }
    this.moves.push({ value: device.value, from: owner, to: customer, at: said.at });
    this.#owners.set(keyOf(device), customer);
    this.#count(customer, device.kind, 1);
    this.#count(owner, device.kind, -1);
    return [];
  }

  #hasRoom(customer: number, kind: IdentityKind): boolean {
    return this.#countOf(customer, kind) < this.#rules.limits[kind];
  }

  #claim(customer: number, identity: Named, { source, isVerified, at }: Said): Refused[] {
    if (!this.#hasRoom(customer, identity.kind)) {
      const most = this.#rules.limits[identity.kind];
      return [{ ...identity, reason: `They have ${most === 1 ? "another" : `${most}`} ${KIND_WORDS[identity.kind]} already.` }];
    }
    this.#owners.set(keyOf(identity), customer);
    this.#count(customer, identity.kind, 1);
    this.claims.push({ ...identity, customer, source, isVerified, at });
    return [];
  }

  /**
   * Both known: only a server may say that they are one, and only within the limits. Whom somebody took apart, only
   * somebody joins again. What is stopped waits for a person.
   */
  #merge(from: number, into: number, reason: string, { source, isVerified }: Said): void {
    const [one, other] = [this.#personOf(from), this.#personOf(into)];
    const tooMany = IDENTITY_KINDS.find((kind) => (one.counts.get(kind) ?? 0) + (other.counts.get(kind) ?? 0) > this.#rules.limits[kind]);
    const why =
      this.#isKnown(from) && this.#isKnown(into) && !isVerified
        ? "A browser said so, and anybody can make it."
        : tooMany
          ? `Together they would have too many of one kind: ${KIND_WORDS[tooMany]}.`
          : other.merges >= this.#rules.mergesPerHour
            ? "There were too many merges within an hour."
            : this.#wereParted(from, into)
              ? "They were one person before, and somebody took that back."
              : null;
    if (why !== null) {
      this.stopped.push({ one: from, other: into, reason: `${reason} ${why}` });
      return;
    }
    this.merges.push({ from, into, reason, source });
    for (const [kind, count] of one.counts) other.counts.set(kind, (other.counts.get(kind) ?? 0) + count);
    other.merges += 1;
    this.#roots.set(this.#rootOf(from), this.#rootOf(into));
  }

  #wereParted(one: number, other: number): boolean {
    const roots = [this.#rootOf(one), this.#rootOf(other)];
    return this.#parted.some((pair) => {
      const [first, second] = pair.map((each) => this.#rootOf(each));
      return first !== second && roots.includes(first ?? 0) && roots.includes(second ?? 0);
    });
  }

  #rootOf(customer: number): number {
    let root = customer;
    for (let next = this.#roots.get(root); next !== undefined && next !== root; next = this.#roots.get(root)) root = next;
    return root;
  }

  #personOf(customer: number): Person {
    const root = this.#rootOf(customer);
    const known = this.#persons.get(root) ?? { counts: new Map<IdentityKind, number>(), merges: 0 };
    this.#persons.set(root, known);
    return known;
  }

  #countOf(customer: number, kind: IdentityKind): number {
    return this.#personOf(customer).counts.get(kind) ?? 0;
  }

  #count(customer: number, kind: IdentityKind, by: number): void {
    const { counts } = this.#personOf(customer);
    counts.set(kind, Math.max(0, (counts.get(kind) ?? 0) + by));
  }

  /** Somebody with a name of any kind, not only a device. */
  #isKnown(customer: number): boolean {
    return IDENTITY_KINDS.some((kind) => kind !== "anonymous_id" && this.#countOf(customer, kind) > 0);
  }
}

export function keyOf({ kind, value }: Named): string {
  return `${kind} ${value}`;
}

/** What people call each kind. */
export const KIND_WORDS: Record<IdentityKind, string> = {
  user_id: "user id",
  external: "number in another system",
  email: "email address",
  phone: "phone number",
  social: "social handle",
  anonymous_id: "device",
};
