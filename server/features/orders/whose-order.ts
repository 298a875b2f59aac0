import { findOrCreateCustomer, isSharedAddress, meetCustomers, refusalWords, type Named } from "../customers/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";

/** By what an order says whose it is: one of these at least. */
export interface OrderCustomer {
  email?: string | null;
  name?: string | null;
  /** As in the events of the company's own programs. */
  userId?: string | number | null;
  phone?: string | null;
  anonymousId?: string | null;
}

interface Ordered {
  customer: OrderCustomer;
  externalId: string;
  at: Date;
}

/**
 * Whose an order is: by all that it names them by, as a server's event would, so that order and events are of one person.
 * By an address alone it is whoever has that address; where many share it (a blocked one), somebody of this order alone.
 * @throws Problem 400 when it names nobody
 */
export async function whoseOrder(tx: Tx, { customer, externalId, at }: Ordered): Promise<number> {
  const { email = null, phone = null, name = null } = customer;
  const identities = namesOf(customer);
  if (identities.some(({ kind }) => kind !== "email")) {
    const [met] = await meetCustomers(tx, [{ identities, at, source: "order", isVerified: true, traits: { name, email, phone } }]);
    if (met?.customerId != null) return met.customerId;
    if (!email) throw invalid(`The order names nobody. ${met?.refused.map(refusalWords).join(" ")}`);
  }
  const isShared = email !== null && (await isSharedAddress(tx, email));
  const byOrder = isShared ? { source: "api", id: `order-${externalId}` } : null;
  return (await findOrCreateCustomer(tx, { email, name, externalId: byOrder, at, source: "order" })).id;
}

function namesOf({ userId, email, phone, anonymousId }: OrderCustomer): Named[] {
  const given = [
    ["user_id", userId],
    ["email", email],
    ["phone", phone],
    ["anonymous_id", anonymousId],
  ] as const;
  return given.flatMap(([kind, value]) => (value ? [{ kind, value: String(value) }] : []));
}
