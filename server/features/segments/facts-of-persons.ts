import type { Tx } from "../../platform/db/index.ts";
import { together } from "./facts.ts";
import { sequencesOf } from "./gather-facts.ts";
import type { Kept } from "./registry.ts";
import { put, type Seen, type States } from "./seen.ts";

/** The facts of each person, all their customers taken together. */
export async function factsOfPersons(tx: Tx, kept: Kept, { members, states }: Seen): Promise<States> {
  const facts: States = new Map();
  const unclear = new Map<number, number[]>();
  for (const [root, customerIds] of members) {
    const found = customerIds.flatMap((id) => states.get(id) ?? []);
    const [only] = found;
    if (found.length < 2) {
      if (only) facts.set(root, only);
      continue;
    }
    for (const factId of new Set(found.flatMap((each) => [...each.keys()]))) {
      const definition = kept.facts.get(factId)?.definition;
      const state = together(
        found.flatMap((each) => each.get(factId) ?? []),
        definition !== undefined && "pattern" in definition ? definition.keep : 0,
      );
      if (state === "unclear") unclear.set(factId, [...(unclear.get(factId) ?? []), root]);
      else if (state !== undefined) put(facts, root, factId, state);
    }
  }
  for (const [factId, roots] of unclear) {
    const definition = kept.facts.get(factId)?.definition;
    if (definition === undefined) continue;
    const customers = roots.flatMap((person) => (members.get(person) ?? [person]).map((id) => ({ id, person })));
    for (const [root, state] of await sequencesOf(tx, definition, customers)) put(facts, root, factId, state);
  }
  return facts;
}
