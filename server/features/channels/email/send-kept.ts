import { audit, authorize, type Actor } from "../../access/index.ts";
import { transaction } from "../../../platform/db/index.ts";
import { conflict } from "../../../platform/errors.ts";
import { enqueue } from "../../../platform/jobs/index.ts";
import { publicId } from "../../../platform/ids.ts";
import { lockKept, updateDelivery } from "./delivery-queries.ts";
import { outgoingServer } from "./outgoing.ts";
import { tellDelivery } from "./ports.ts";

const AT_ONCE = 500;

/** Sends what was kept while no mail server was set, the oldest first; returns how many are on their way. */
export async function sendKept(actor: Actor): Promise<{ queued: number }> {
  authorize(actor, "mail:write");
  if (outgoingServer() === null) throw conflict("No mail server is set. Set THROUGHLINE_SMTP_URL and start again.");
  return transaction(actor, async (tx) => {
    const kept = await lockKept(tx, AT_ONCE);
    for (const { id } of kept) {
      const delivery = await updateDelivery(tx, id, { state: "queued", detail: null });
      await enqueue(tx, "email.send", { workspaceId: tx.workspaceId, deliveryId: id });
      await tellDelivery(tx, { ...delivery, deliveryId: id });
    }
    if (kept.length > 0)
      await audit(tx, actor, { action: "email.send-kept", subject: publicId("wsp", tx.workspaceId), after: { queued: kept.length } });
    return { queued: kept.length };
  });
}
