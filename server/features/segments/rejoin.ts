import type { Tx } from "../../platform/db/index.ts";
import { keepMembers } from "./keep.ts";
import { saveMembers, takeMembers } from "./queries.ts";
import { registryIn } from "./registry.ts";

/**
 * Customers have become one person, or several again. What is remembered is remembered for whom it was written, so
 * nothing is lost: the persons they now are are looked at anew. Those who are nobody's root any more are in no segment.
 * A person's entering and leaving is told; that of one who has just come to be is not.
 */
export async function rejoin(tx: Tx, customerIds: readonly number[], roots: ReadonlyMap<number, number>): Promise<void> {
  const kept = (await registryIn(tx)).workspaces.get(tx.workspaceId);
  if (!kept || kept.rules.size === 0) return;
  const persons = new Set(customerIds.map((id) => roots.get(id) ?? id));
  const before = await takeMembers(tx, [...new Set([...customerIds, ...persons])]);
  const known = before.filter((row) => persons.has(row.customerId));
  await saveMembers(tx, known);

  const rules = new Set(kept.rules.values());
  const asked = (which: (person: number) => boolean) => new Map([...persons].filter(which).map((person) => [person, rules]));
  const wasSomebody = new Set(known.map((row) => row.customerId));
  await keepMembers(
    tx,
    kept,
    asked((person) => wasSomebody.has(person)),
    "persons",
  );
  await keepMembers(
    tx,
    kept,
    asked((person) => !wasSomebody.has(person)),
    "conditions",
  );
}
