import { audit, authorize, type Actor } from "../../access/index.ts";
import { normaliseEmail } from "../../customers/index.ts";
import { transaction } from "../../../platform/db/index.ts";
import { conflict, invalid } from "../../../platform/errors.ts";
import { publicId } from "../../../platform/ids.ts";
import { insertAddress, listAddresses, type MailAddress } from "./queries.ts";

/** Makes an address ours: mail to it is taken, and answers go out from it. Adding it twice is no error. */
export async function addAddress(actor: Actor, input: { address: string; name?: string | null }): Promise<MailAddress> {
  authorize(actor, "mail:write");
  const address = normaliseEmail(input.address);
  if (address === null) throw invalid("This is not an email address.");
  if (address.slice(0, address.indexOf("@")).includes("+")) throw invalid("Leave out the part after the +; it is used for answers.");
  return transaction(actor, async (tx) => {
    const added = await insertAddress(tx, { address, name: input.name ?? null });
    if (added === undefined) return theirs(await listAddresses(tx), address);
    await audit(tx, actor, { action: "email.add-address", subject: publicId("mad", added.id), after: { address } });
    return added;
  });
}

function theirs(own: MailAddress[], address: string): MailAddress {
  const found = own.find((each) => each.address === address);
  if (found === undefined) throw conflict("Another workspace of this installation has this address.");
  return found;
}
