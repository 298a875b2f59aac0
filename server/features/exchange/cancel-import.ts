import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { removeFile } from "../../platform/files/index.ts";
import { publicId } from "../../platform/ids.ts";
import { end, lockImport } from "./queries.ts";

/** Stops an import where it is; what was taken in stays. Cancelling what has ended is no error. */
export async function cancelImport(actor: Actor, id: number): Promise<void> {
  authorize(actor, "workspace:write");
  await transaction(actor, async (tx) => {
    const found = await lockImport(tx, id);
    if (!found) throw notFound("import");
    if (found.endedAt !== null) return;
    await end(tx, id, "cancelled");
    await audit(tx, actor, { action: "exchange.cancel", subject: publicId("imp", id), before: { state: found.state, line: found.line } });
    tx.afterCommit(() => void removeFile(found.digest).catch(() => undefined));
  });
}
