import { audit, authorize, type Actor } from "../../access/index.ts";
import { transaction } from "../../../platform/db/index.ts";
import { conflict, notFound } from "../../../platform/errors.ts";
import { enqueue } from "../../../platform/jobs/index.ts";
import { publicId } from "../../../platform/ids.ts";
import { findEntry, reopenEntry, type LedgerEntry } from "./ledger-queries.ts";

/** Reads a message again that was set aside, for instance after an update. */
export async function retryEntry(actor: Actor, id: number): Promise<LedgerEntry> {
  authorize(actor, "mail:write");
  return transaction(actor, async (tx) => {
    const entry = await reopenEntry(tx, id);
    if (entry === undefined) {
      if ((await findEntry(tx, id)) === undefined) throw notFound("ledger entry");
      throw conflict("Only a message that was set aside can be read again.");
    }
    await enqueue(tx, "email.read", { workspaceId: tx.workspaceId, ledgerId: id });
    await audit(tx, actor, { action: "email.retry", subject: publicId("mal", id) });
    return entry;
  });
}
