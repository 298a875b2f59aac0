import { audit, authorize, type Actor } from "../access/index.ts";
import { requireKnownCalendar } from "../../platform/calendars.ts";
import { transaction } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { isPhone } from "./phone-number.ts";
import { updateProfile, type Customer, type ProfileChange } from "./queries.ts";
import { requireCustomer } from "./require-customer.ts";

/**
 * Writes down what a member learned about a customer.
 * @throws Problem 400 when the time zone or language is not one that calendars know: messages are written by them;
 * or when nobody could be called by a new phone number
 */
export async function changeProfile(actor: Actor, id: number, change: ProfileChange): Promise<Customer> {
  authorize(actor, "customers:write");
  requireKnownCalendar(change);
  return transaction(actor, async (tx) => {
    const before = await requireCustomer(tx, id);
    if (Object.keys(change).length === 0) return before;
    if (change.phone != null && change.phone !== before.phone && !isPhone(change.phone))
      throw invalid("The phone number must be one that can be called, such as +47 22 12 34 56.");
    await updateProfile(tx, id, change);
    await audit(tx, actor, { action: "customers.change", subject: publicId("cus", id), before: { name: before.name }, after: change });
    return requireCustomer(tx, id);
  });
}
