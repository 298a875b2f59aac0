import { record } from "../interactions/index.ts";
import type { DeliveryChange } from "../channels/email/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { changeDelivery } from "./message-queries.ts";

/** Shows in the thread what became of a message; one that did not arrive stands on the customer's timeline too. */
export async function noteDelivery(tx: Tx, change: DeliveryChange): Promise<void> {
  const message = await changeDelivery(tx, { id: change.deliveryId, state: change.state, detail: change.detail });
  if (!message) return;
  const failed = change.state === "bounced" || change.state === "failed";
  await record(tx, {
    kind: failed ? "message.undelivered" : "message.delivery-changed",
    customerId: message.customerId,
    conversationId: message.conversationId,
    touchpoint: "email-support",
    initiative: "reactive",
    properties: { message: publicId("msg", message.id), state: change.state, detail: change.detail },
  });
}
