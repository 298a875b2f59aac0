import { audit, authorize, type Actor } from "../access/index.ts";
import { betweenDigests, membersOf, record, rootsOf, setRoots, type NewInteraction } from "../interactions/index.ts";
import { reading, transaction, type Tx } from "../../platform/db/index.ts";
import { conflict } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { joinPersons } from "./join-persons.ts";
import { dropMerges, hasWaitingMerges, insertMerge, isErased, noteMerged, waitingMerges, type Merge } from "./merge-queries.ts";
import { requireCustomer } from "./require-customer.ts";

export interface MergeOrder {
  from: number;
  into: number;
  reason?: string;
}

/**
 * Says that two customers are one person. Nothing is rewritten: what belongs to either is found for both, and can be
 * taken apart again. What arrives afterwards goes where its identity points.
 * @throws Problem 404 when one is unknown, 409 when they are one person already or one of them was erased
 */
export async function mergeCustomers(actor: Actor, order: MergeOrder): Promise<Merge> {
  return transaction(actor, (tx) => mergeWithin(tx, actor, order));
}

export async function mergeWithin(tx: Tx, actor: Actor, { from, into, reason = saidBy(actor) }: MergeOrder): Promise<Merge> {
  authorize(actor, "customers:write");
  await betweenDigests(tx);
  const [one, other] = [await requireCustomer(tx, from), await requireCustomer(tx, into)];
  if (one.id === other.id) throw conflict("These are one person already.");
  if (await isErased(tx, [from, into])) throw conflict("Of one of them everything was erased.");
  const merge = await insertMerge(tx, { fromId: from, intoId: into, reason, source: actor.kind, memberId: actor.memberId });
  await doMerges(tx, [merge]);
  await audit(tx, actor, {
    action: "customers.merge",
    subject: publicId("cus", into),
    after: { from: publicId("cus", from), into: publicId("cus", into), reason },
  });
  return merge;
}

const AT_ONCE = 200;

/** Does the merges that what arrived asked for; answers whether more may wait. */
export async function doWaitingMerges(workspaceId: number): Promise<boolean> {
  if (!(await hasWaitingMerges(reading({ workspaceId })))) return false;
  return transaction({ workspaceId }, async (tx) => {
    await betweenDigests(tx);
    const waiting = await waitingMerges(tx, AT_ONCE);
    await doMerges(tx, waiting);
    return waiting.length === AT_ONCE;
  });
}

async function doMerges(tx: Tx, merges: readonly Merge[]): Promise<void> {
  if (merges.length === 0) return;
  const named = merges.flatMap((merge) => [merge.fromId, merge.intoId]);
  const rootBefore = await rootsOf(tx, named);
  const members = await membersOf(tx, [...rootBefore.values()]);
  const before = new Map([...members].flatMap(([root, ids]) => ids.map((id) => [id, root] as const)));

  let roots = before;
  const [done, needless]: [Merge[], Merge[]] = [[], []];
  for (const merge of merges) {
    const isNeedless = roots.get(merge.fromId) === roots.get(merge.intoId);
    (isNeedless ? needless : done).push(merge);
    roots = joinPersons(roots.keys(), [merge], roots);
  }
  await dropMerges(
    tx,
    needless.map((merge) => merge.id),
  );
  if (done.length === 0) return;
  await noteMerged(
    tx,
    done.map((merge) => merge.id),
  );
  await setRoots(tx, roots);
  await record(
    tx,
    done.map((merge) => happened("customer.merged", merge, merge.memberId)),
  );
}

/** What the log hears of a merge, or of its taking back. */
export function happened(kind: "customer.merged" | "customer.unmerged", merge: Merge, memberId: number | null): NewInteraction {
  return {
    kind,
    customerId: merge.intoId,
    initiative: null,
    memberId,
    properties: {
      merge: publicId("mrg", merge.id),
      from: publicId("cus", merge.fromId),
      into: publicId("cus", merge.intoId),
      reason: merge.reason,
    },
  };
}

function saidBy({ kind }: Actor): string {
  return kind === "member" ? "A member said so." : "It was said through the API.";
}
