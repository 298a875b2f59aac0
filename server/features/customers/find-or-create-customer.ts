import { together, type Tx } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { normaliseEmail } from "./email-address.ts";
import { isBlocked } from "./identity-kinds.ts";
import { rulesOf } from "./identity-rules.ts";
import { claimIdentity, findByIdentity, insertCustomer, noteSeen, ownerOf, type Customer, type NewIdentity } from "./queries.ts";
import { readTraits } from "./traits.ts";

export interface KnownBy {
  email?: string | null;
  name?: string | null;
  phone?: string | null;
  /** A number by which another system knows them: a shop's customer id. */
  externalId?: { source: string; id: string } | null;
  /** When they were met; default now. */
  at?: Date;
  /** Who says so, kept with each identity: "email", "shopify", "api". */
  source: string;
}

/**
 * The customer behind an email address or a shop's number, made when they are new. An address wins over a number:
 * it is what they write from; but one that many share (a blocked one) makes nobody one with others, and counts only where
 * nothing else is known. What was not known of them is filled in; what was known is not overwritten.
 * @throws Problem 400 when neither is given
 */
export async function findOrCreateCustomer(tx: Tx, known: KnownBy): Promise<Customer> {
  const claims = await ownClaims(tx, claimsOf(known));
  const [first, ...others] = claims;
  if (!first) throw invalid("A customer needs an email address or an id of their own.");
  const name = cleanName(known.name);
  const email = normaliseEmail(known.email ?? "");
  const at = known.at ?? tx.now;

  const found = await existing(tx, claims);
  if (found) return meetAgain(tx, found, claims, { name, email, at });
  const made = await insertCustomer(tx, { name, email, phone: readTraits(known).phone, seenAt: at }, first);
  // Another transaction was first with the identity: theirs stands.
  if (!made) return findOrCreateCustomer(tx, known);
  for (const claim of others) await claimIdentity(tx, made.id, claim);
  return made;
}

async function meetAgain(tx: Tx, found: Customer, claims: NewIdentity[], seen: Parameters<typeof noteSeen>[2]): Promise<Customer> {
  await together([...claims.map((claim) => claimIdentity(tx, found.id, claim)), noteSeen(tx, found.id, seen)]);
  return (await existing(tx, claims)) ?? found;
}

function claimsOf(known: KnownBy): NewIdentity[] {
  const claims: NewIdentity[] = [];
  const email = known.email ? normaliseEmail(known.email) : null;
  if (email !== null) claims.push({ kind: "email", value: email, shown: email, source: known.source, verified: known.source === "email" });
  if (known.externalId) {
    const value = `${known.externalId.source}:${known.externalId.id}`.slice(0, 400);
    claims.push({ kind: "external", value, shown: value, source: known.source, verified: true });
  }
  return claims;
}

async function ownClaims(tx: Tx, claims: NewIdentity[]): Promise<NewIdentity[]> {
  if (claims.length < 2) return claims;
  const rules = await rulesOf(tx);
  return claims.filter(({ value }) => !isBlocked(value, rules));
}

/** Whether an address is blocked: many share it, or it stands for nobody. */
export async function isSharedAddress(tx: Tx, email: string): Promise<boolean> {
  return isBlocked(email, await rulesOf(tx));
}

async function existing(tx: Tx, claims: NewIdentity[]): Promise<Customer | undefined> {
  for (const claim of claims) {
    if ((await ownerOf(tx, claim)) !== undefined) return findByIdentity(tx, claim);
  }
  return undefined;
}

/** Display names arrive with quotes, encodings undone badly, and sometimes as the address itself. */
function cleanName(name: string | null | undefined): string | null {
  const clean = (name ?? "")
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .replace(/^["'\s]+|["'\s]+$/g, "")
    .replace(/\s+/g, " ")
    .slice(0, 200);
  return clean === "" || clean.includes("@") ? null : clean;
}
