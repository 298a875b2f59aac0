import { audit, authorize, type Actor } from "../../access/index.ts";
import { transaction } from "../../../platform/db/index.ts";
import { notFound } from "../../../platform/errors.ts";
import { publicId } from "../../../platform/ids.ts";
import { deleteAddress } from "./queries.ts";

/** From now on mail to this address is refused. What came to it stays, and is answered from the workspace's first address. */
export async function removeAddress(actor: Actor, id: number): Promise<void> {
  authorize(actor, "mail:write");
  await transaction(actor, async (tx) => {
    const removed = await deleteAddress(tx, id);
    if (removed === undefined) throw notFound("mail address");
    await audit(tx, actor, { action: "email.remove-address", subject: publicId("mad", id), before: { address: removed.address } });
  });
}
