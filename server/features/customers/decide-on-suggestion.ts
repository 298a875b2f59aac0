import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { mergeWithin } from "./merge-customers.ts";
import { decideSuggestion } from "./merge-queries.ts";

/** A person says whether two customers are one. @throws Problem 404 when it is not open */
export async function decideOnSuggestion(actor: Actor, id: number, decision: "merged" | "dismissed"): Promise<void> {
  authorize(actor, "customers:write");
  await transaction(actor, async (tx) => {
    const decided = await decideSuggestion(tx, id, decision);
    if (!decided) throw notFound("suggestion");
    await audit(tx, actor, { action: "customers.suggestion", subject: publicId("sug", id), after: { decision } });
    if (decision === "dismissed") return;
    await mergeWithin(tx, actor, { from: decided.oneId, into: decided.otherId, reason: decided.reasons[0] ?? "They looked alike." });
  });
}
