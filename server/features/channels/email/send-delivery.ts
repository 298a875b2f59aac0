import { reading, transaction, type Tx } from "../../../platform/db/index.ts";
import { getFile } from "../../../platform/files/index.ts";
import { enqueue } from "../../../platform/jobs/index.ts";
import { findDelivery, lockDelivery, updateDelivery, type Delivery, type DeliveryUpdate } from "./delivery-queries.ts";
import { NOT_SENT, outgoingServer, readFailure } from "./outgoing.ts";
import { tellDelivery } from "./ports.ts";

const MINUTE_MS = 60_000;
/** Five minutes to a day: four days in all, as mail servers do (RFC 5321, 4.5.4.1). */
const WAITS = [1, 5, 15, 60, 3 * 60, 8 * 60, 24 * 60, 24 * 60, 24 * 60].map((minutes) => minutes * MINUTE_MS);

/** Hands a queued message to the mail server; a try that fails is made again later, until it is given up. */
export async function sendDelivery(key: { workspaceId: number; deliveryId: number }): Promise<void> {
  const delivery = await findDelivery(reading(key), key.deliveryId);
  if (delivery?.state !== "queued" || delivery.digest === null || delivery.fromAddress === null) return;
  const server = outgoingServer();
  if (server === null) return change(key, () => ({ state: "kept", detail: NOT_SENT }));
  const raw = await getFile(delivery.digest);
  try {
    await server.send({ from: delivery.fromAddress, to: delivery.toAddress, raw });
  } catch (error) {
    await change(key, (found, tx) => afterFailure(found, tx.now, error));
    return;
  }
  await change(key, (found, tx) => ({ state: "sent", detail: null, attempts: found.attempts + 1, sentAt: tx.now }));
}

function afterFailure(delivery: Delivery, at: Date, error: unknown): DeliveryUpdate {
  const { isFinal, detail } = readFailure(error);
  const attempts = delivery.attempts + 1;
  const wait = WAITS[delivery.attempts];
  if (isFinal || wait === undefined) return { state: "failed", detail: `not sent: ${detail}`, attempts };
  return { state: "queued", detail: `The mail server did not take it yet: ${detail}`, attempts, nextTryAt: new Date(at.getTime() + wait) };
}

async function change(
  key: { workspaceId: number; deliveryId: number },
  decide: (found: Delivery, tx: Tx) => DeliveryUpdate,
): Promise<void> {
  await transaction(key, async (tx) => {
    const found = await lockDelivery(tx, key.deliveryId);
    if (found?.state !== "queued") return;
    const updated = await updateDelivery(tx, found.id, decide(found, tx));
    if (updated.nextTryAt !== null) await enqueue(tx, "email.send", key, { runAt: updated.nextTryAt });
    await tellDelivery(tx, { ...updated, deliveryId: updated.id });
  });
}
