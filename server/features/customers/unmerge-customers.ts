import { audit, authorize, type Actor } from "../access/index.ts";
import { betweenDigests, membersOf, record, rootsOf, setRoots } from "../interactions/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { conflict, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { joinPersons } from "./join-persons.ts";
import { happened } from "./merge-customers.ts";
import { findMerge, noteUndone, standingMerges, type Merge } from "./merge-queries.ts";

/**
 * Takes a merge back, as if it had never been: timeline, score, segments, orders, conversations and consent are again
 * whose they were. Other merges of the same customers stand.
 * @throws Problem 404 when there is no such merge, 409 when it has been taken back already
 */
export async function unmergeCustomers(actor: Actor, mergeId: number): Promise<void> {
  authorize(actor, "customers:write");
  await transaction(actor, async (tx) => {
    await betweenDigests(tx);
    const merge = await findMerge(tx, mergeId);
    if (!merge || merge.mergedAt === null) throw notFound("merge");
    if (merge.undoneAt !== null) throw conflict("This merge has been taken back already.");
    await takeBack(tx, actor, merge);
  });
}

/** Takes back the merges that stand between these customers and others. */
export async function partFromOthers(tx: Tx, actor: Actor, customerIds: readonly number[]): Promise<void> {
  await betweenDigests(tx);
  for (const merge of await standingMerges(tx, customerIds)) {
    if (customerIds.includes(merge.fromId) !== customerIds.includes(merge.intoId)) await takeBack(tx, actor, merge);
  }
}

async function takeBack(tx: Tx, actor: Actor, merge: Merge): Promise<void> {
  await noteUndone(tx, merge.id, actor.memberId);
  const root = (await rootsOf(tx, [merge.intoId])).get(merge.intoId) ?? merge.intoId;
  const members = (await membersOf(tx, [root])).get(root) ?? [root];
  await setRoots(tx, joinPersons(members, await standingMerges(tx, members)));
  await record(tx, happened("customer.unmerged", merge, actor.memberId));
  await audit(tx, actor, {
    action: "customers.unmerge",
    subject: publicId("cus", merge.intoId),
    before: { from: publicId("cus", merge.fromId), into: publicId("cus", merge.intoId) },
  });
}
