import type { KnownPerson, PersonalData } from "../access/index.ts";
import type { Customer } from "../customers/index.ts";
import { identitiesOf, namesOf, normaliseEmail } from "../customers/index.ts";
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
const MORE_THAN_ANYBODY_HAS = 100_000;

/** All by which a person is known: none may be missed. */
export function everyIdentityOf(scope: Scope, customer: Customer): ReturnType<typeof identitiesOf> {
  return identitiesOf(scope, customer.id, MORE_THAN_ANYBODY_HAS);
}

/** All by which a person can be found, in tables and in words. */
export async function knownPerson(scope: Scope, customer: Customer): Promise<KnownPerson> {
  const [identities, { names, others }] = await Promise.all([everyIdentityOf(scope, customer), namesOf(scope, customer.members)]);
  const said = [customer.email ?? "", ...others].flatMap((each) => normaliseEmail(each) ?? []);
  const addresses = new Set([...identities.filter((each) => each.kind === "email").map((each) => each.value), ...said]);
  const words = [...addresses, ...identities.map((each) => each.value), customer.phone ?? "", customer.name ?? "", ...names, ...others];
  return {
    customerIds: customer.members,
    addresses: [...addresses],
    identities,
    names,
    words: [...new Set(words.map((word) => word.trim()).filter((word) => word.length >= SHORTEST_NAME))],
  };
}
