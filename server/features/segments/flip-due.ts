import { amidDigests, PARTITIONS, rootsOf } from "../interactions/index.ts";
import { now } from "../../platform/clock.ts";
import { transactionAnywhere, type EverywhereTx } from "../../platform/db/index.ts";
import { holdPersons, keepMembers } from "./keep.ts";
import { dueNow, forgetDue, holdPartitions, takeTouched, type Due } from "./queries.ts";
import { registryIn, type Kept, type Rule } from "./registry.ts";

const AT_ONCE = 500;

/** Looks again at everybody whose being in or out of a segment may have changed without the log telling. */
export async function flipDue(): Promise<void> {
  while ((await transactionAnywhere(lookAtTouched)) === AT_ONCE);
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    while ((await transactionAnywhere((tx) => lookAtDue(tx, partition))) === AT_ONCE);
  }
}

/** What time changed. Answers how many were due. */
async function lookAtDue(tx: EverywhereTx, partition: number): Promise<number> {
  await amidDigests(tx);
  await holdPartitions(tx, [partition]);
  const due = await dueNow(tx, { at: now(), partition, partitions: PARTITIONS, limit: AT_ONCE });
  const { workspaces } = due.length === 0 ? { workspaces: NONE } : await registryIn(tx);
  const ruleOf = (each: Due): Rule | undefined => workspaces.get(each.workspaceId)?.rules.get(each.segmentId);
  await forgetDue(
    tx,
    due.filter((each) => ruleOf(each) === undefined),
  );
  for (const [workspaceId, its] of Map.groupBy(due, (each) => each.workspaceId)) {
    const kept = workspaces.get(workspaceId);
    const asked = new Map<number, Set<Rule>>();
    for (const each of its) {
      const rule = ruleOf(each);
      if (rule) asked.set(each.customerId, (asked.get(each.customerId) ?? new Set()).add(rule));
    }
    if (kept) await keepMembers(tx.within(workspaceId), kept, asked, "time");
  }
  return due.length;
}

const NONE: ReadonlyMap<number, Kept> = new Map();

/** What changed in tables that segments look at. Answers how many were touched. */
async function lookAtTouched(tx: EverywhereTx): Promise<number> {
  await amidDigests(tx);
  const touched = await takeTouched(tx, AT_ONCE);
  const { workspaces } = touched.length === 0 ? { workspaces: NONE } : await registryIn(tx);
  for (const [workspaceId, its] of Map.groupBy(touched, (each) => each.workspaceId)) {
    const kept = workspaces.get(workspaceId);
    if (!kept) continue;
    const within = tx.within(workspaceId);
    const persons = new Set(
      (
        await rootsOf(
          within,
          its.map((each) => each.customerId),
        )
      ).values(),
    );
    const rules = new Set(kept.rules.values());
    await holdPersons(within, persons);
    await keepMembers(within, kept, new Map([...persons].map((person) => [person, rules])), "event");
  }
  return touched.length;
}
