import type { Tx } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { normaliseEmail } from "./email-address.ts";
import { claimIdentity, deleteCustomer, findByIdentity, findCustomer, insertCustomer, noteSeen, type Customer } from "./queries.ts";

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

type Claim = { kind: string; value: string; shown: string; source: string; verified: boolean };

/**
 * The customer behind an email address or a shop's number, made when they are new. An address wins over a number:
 * it is what they write from. What was not known of them is filled in; what was known is not overwritten.
 * @throws Problem 400 when neither is given
 */
export async function findOrCreateCustomer(tx: Tx, known: KnownBy): Promise<Customer> {
  const claims = claimsOf(known);
  if (claims.length === 0) throw invalid("A customer needs an email address or an id of their own.");
  const name = cleanName(known.name);
  const email = claims.find((claim) => claim.kind === "email")?.shown ?? null;
  const at = known.at ?? tx.now;

  const found = await existing(tx, claims);
  const { id, isNew } =
    found === null ? await create(tx, claims, { name, email, phone: known.phone ?? null, seenAt: at }) : { id: found, isNew: false };
  for (const claim of isNew ? claims.slice(1) : claims) await claimIdentity(tx, id, claim);
  if (!isNew) await noteSeen(tx, id, { name, email, at });
  const customer = await findCustomer(tx, id);
  if (!customer) throw new Error(`customer ${id} is gone`);
  return customer;
}

function claimsOf(known: KnownBy): Claim[] {
  const claims: Claim[] = [];
  const email = known.email ? normaliseEmail(known.email) : null;
  if (email !== null) claims.push({ kind: "email", value: email, shown: email, source: known.source, verified: known.source === "email" });
  if (known.externalId) {
    const value = `${known.externalId.source}:${known.externalId.id}`.slice(0, 400);
    claims.push({ kind: "external", value, shown: value, source: known.source, verified: true });
  }
  return claims;
}

async function existing(tx: Tx, claims: Claim[]): Promise<number | null> {
  for (const claim of claims) {
    const found = await findByIdentity(tx, claim);
    if (found) return found.id;
  }
  return null;
}

/** Made with their first identity. When another transaction was first with it, ours is taken back and theirs stands. */
async function create(tx: Tx, claims: Claim[], row: Parameters<typeof insertCustomer>[1]): Promise<{ id: number; isNew: boolean }> {
  const id = await insertCustomer(tx, row);
  const [first] = claims;
  const owner = first ? await claimIdentity(tx, id, first) : id;
  if (owner !== id) await deleteCustomer(tx, id);
  return { id: owner, isNew: owner === id };
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
