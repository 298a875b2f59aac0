import { audit, authorize, type Actor } from "../access/index.ts";
import { requireCustomer } from "../customers/index.ts";
import { now } from "../../platform/clock.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { allHolders, knownPerson } from "./holders.ts";

export interface Export {
  customer: string;
  exportedAt: string;
  /** Everything that is held, by kind: profile, identities, consents, interactions, conversations, orders, … */
  data: Record<string, unknown[]>;
}

/** All that is known of a person, as they may have it (GDPR, article 15). That it was asked for is noted. */
export async function exportPerson(actor: Actor, customerId: number): Promise<Export> {
  authorize(actor, "privacy:read");
  const scope = reading(actor);
  const customer = await requireCustomer(scope, customerId);
  const person = await knownPerson(scope, customer);
  const data: Record<string, unknown[]> = {};
  for (const { personalData } of allHolders()) Object.assign(data, await personalData.tell(scope, person));
  await transaction(actor, (tx) => audit(tx, actor, { action: "privacy.export", subject: publicId("cus", customer.id) }));
  return { customer: publicId("cus", customer.id), exportedAt: now().toISOString(), data };
}
