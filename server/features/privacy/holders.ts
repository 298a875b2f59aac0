import type { KnownPerson, PersonalData } from "../access/index.ts";
import type { Customer } from "../customers/index.ts";
import { identitiesOf, namesOf } from "../customers/index.ts";
import type { Scope } from "../../platform/db/index.ts";

let holders: readonly { name: string; personalData: PersonalData }[] = [];

/** Called once by server/app: every room that holds something of a person, from the ground floor up. */
export function holdPersonalData(rooms: readonly { name: string; personalData: PersonalData }[]): void {
  holders = rooms;
}

export function allHolders(): typeof holders {
  return holders;
}

const SHORTEST_NAME = 5;

/** All by which a person can be found, in tables and in words. */
export async function knownPerson(scope: Scope, customer: Customer): Promise<KnownPerson> {
  const [identities, { names, others }] = await Promise.all([identitiesOf(scope, customer.id), namesOf(scope, customer.members)]);
  const addresses = new Set(identities.filter((each) => each.kind === "email").map((each) => each.value));
  if (customer.email !== null) addresses.add(customer.email.toLowerCase());
  const words = [...addresses, ...identities.map((each) => each.value), customer.phone ?? "", customer.name ?? "", ...names, ...others];
  return {
    customerIds: customer.members,
    addresses: [...addresses],
    identities,
    names,
    words: [...new Set(words.map((word) => word.trim()).filter((word) => word.length >= SHORTEST_NAME))],
  };
}
