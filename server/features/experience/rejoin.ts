import type { Tx } from "../../platform/db/index.ts";
import { setConversationRisks } from "../conversations/index.ts";
import { setRisks } from "../customers/index.ts";
import { giveToPersons, poorSince, saveScores, scoresIn } from "./queries.ts";
import { isAtRisk, windowStart } from "./notice-risk.ts";
import { takeInAnew } from "./take-in.ts";

/**
 * Customers have become one person, or several again: their evidence goes where it belongs, and the scores with it. Who
 * is at risk now is set right without a word to anybody: nothing happened to them.
 */
export async function rejoin(tx: Tx, customerIds: readonly number[], roots: ReadonlyMap<number, number>): Promise<void> {
  const everywhere = { ...tx, within: () => tx };
  const touched = await giveToPersons(tx, roots);
  await takeInAnew(everywhere, touched);

  const poor = await poorSince(tx, touched, windowStart(tx.now));
  const scores = await scoresIn(tx, touched);
  await saveScores(
    tx,
    [...scores.values()]
      .map((score) => ({ ...score, atRisk: isAtRisk(poor.get(score.customerId)) }))
      .sort((a, b) => a.customerId - b.customerId),
  );
  const risks = customerIds.map((id) => isAtRisk(poor.get(roots.get(id) ?? id)));
  await setRisks(tx, customerIds, risks);
  await setConversationRisks(tx, customerIds, risks);
}
