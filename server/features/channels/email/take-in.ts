import type { Readable } from "node:stream";
import { transactionAnywhere, type EverywhereTx } from "../../../platform/db/index.ts";
import { putFile } from "../../../platform/files/index.ts";
import { enqueue } from "../../../platform/jobs/index.ts";
import { insertEntry, type NewEntry } from "./ledger-queries.ts";

/** One of our addresses that a message was sent to. */
export interface Recipient {
  workspaceId: number;
  mailAddressId: number | null;
  /** As the sender wrote it, with its tag. */
  address: string;
}

export interface Arriving extends Pick<NewEntry, "via" | "peerIp" | "peerName" | "accountId" | "envelopeFrom"> {
  recipients: Recipient[];
}

/**
 * Stores a raw message: its bytes on the disk, synced; then an entry in the ledger of each workspace that it was sent
 * to, with the job that reads it, in one transaction. When this returns, the message may be acknowledged.
 * @param alongside is done in the same transaction (an account's cursor)
 * @throws Problem 507 when the disk is full, 503 when the database cannot answer; nothing is kept then
 */
export async function takeIn(
  content: Buffer | Readable,
  arriving: Arriving,
  alongside?: (tx: EverywhereTx) => Promise<void>,
): Promise<number[]> {
  const stored = await putFile(content);
  return transactionAnywhere(async (tx) => {
    const ids: number[] = [];
    for (const [workspaceId, recipients] of Map.groupBy(arriving.recipients, (each) => each.workspaceId)) {
      const within = tx.within(workspaceId);
      const ledgerId = await insertEntry(within, {
        ...arriving,
        ...stored,
        envelopeTo: recipients.map((each) => each.address),
        mailAddressId: recipients.find((each) => each.mailAddressId !== null)?.mailAddressId ?? null,
      });
      await enqueue(within, "email.read", { workspaceId, ledgerId });
      ids.push(ledgerId);
    }
    await alongside?.(tx);
    return ids;
  });
}
