import type { Scope } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { findCustomer, type Customer } from "./queries.ts";

/** @throws Problem 404 */
export async function requireCustomer(scope: Scope, id: number): Promise<Customer> {
  const customer = await findCustomer(scope, id);
  if (!customer) throw notFound("customer");
  return customer;
}
