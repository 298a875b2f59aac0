import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { conflict, invalid, notFound } from "../../platform/errors.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { publicId } from "../../platform/ids.ts";
import { missingFields } from "./change-mapping.ts";
import { firstPlace } from "./first-place.ts";
import { lockImport, start, type Import } from "./queries.ts";

/**
 * Begins to read the file: to try what would happen, or to take it in. Beginning twice is no error.
 * @throws Problem 400 while a needed field has no column, 409 once it has ended
 */
export async function startImport(actor: Actor, id: number, state: "trying" | "running"): Promise<Import> {
  authorize(actor, "workspace:write");
  return transaction(actor, async (tx) => {
    const found = await lockImport(tx, id);
    if (!found) throw notFound("import");
    if (found.state === state) return found;
    if (found.state !== "ready" && found.state !== "tried") throw conflict(`This import is ${found.state} already.`);
    const missing = missingFields(found);
    if (missing.length > 0) throw invalid(`No column is mapped to ${missing.join(" and ")}.`);
    await start(tx, id, state, await firstPlace(found));
    await enqueue(tx, "exchange.work", { workspaceId: tx.workspaceId, importId: id }, { queue: `exchange:${tx.workspaceId}` });
    await audit(tx, actor, {
      action: state === "trying" ? "exchange.try" : "exchange.run",
      subject: publicId("imp", id),
      after: { thing: found.thing, name: found.name },
    });
    return (await lockImport(tx, id)) ?? found;
  });
}
