import { now } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db/index.ts";
import { pastOf, type Former, type Past } from "./former-persons.ts";
import { formerPersons, giveMembers, rememberPersons, takeMembers, type Membership } from "./former-queries.ts";
import { keepMembers } from "./keep.ts";
import { registryIn } from "./registry.ts";

/**
 * Customers have become one person, or several again. What is remembered is remembered for whom it was written, so
 * nothing is lost: the persons they now are are looked at anew. Those who are nobody's root any more are in no segment;
 * since when they were in one is kept, for when they stand alone again. Only who really entered or left is told.
 */
export async function rejoin(
  tx: Tx,
  customerIds: readonly number[],
  roots: ReadonlyMap<number, number>,
  before: ReadonlyMap<number, number>,
): Promise<void> {
  const kept = (await registryIn(tx)).workspaces.get(tx.workspaceId);
  if (!kept || kept.rules.size === 0) return;
  const [were, are] = [personsBy(customerIds, before), personsBy(customerIds, roots)];
  const at = now();
  const ending = formersOf(were, await takeMembers(tx, customerIds), at);
  const pasts = await pastsOf(tx, are, ending);
  const past = (person: number, segmentId: number): Past => pasts.get(person)?.(segmentId) ?? { since: null, told: null, inherited: false };
  const known = [...are.keys()].flatMap((customerId) =>
    [...kept.rules.keys()].map((segmentId) => {
      const { since, inherited } = past(customerId, segmentId);
      return { customerId, segmentId, workspaceId: tx.workspaceId, since, inherited };
    }),
  );
  await giveMembers(
    tx,
    known.filter((row) => row.since !== null),
  );
  await rememberPersons(
    tx,
    ending.filter((former) => !isStill(former, are)),
  );
  const rules = new Set(kept.rules.values());
  await keepMembers(tx, kept, new Map([...are.keys()].map((person) => [person, rules])), "persons", {
    at,
    told: (person, segmentId) => {
      const { told, inherited } = past(person, segmentId);
      return inherited ? null : told;
    },
  });
}

type Persons = ReadonlyMap<number, readonly number[]>;

function personsBy(customerIds: readonly number[], roots: ReadonlyMap<number, number>): Persons {
  return Map.groupBy(
    customerIds.toSorted((a, b) => a - b),
    (id) => roots.get(id) ?? id,
  );
}

function formersOf(were: Persons, rows: readonly Membership[], endedAt: Date): Former[] {
  const rowsOf = Map.groupBy(rows, (row) => row.customerId);
  return [...were].map(([root, members]) => ({
    root,
    members,
    endedAt,
    memberships: new Map(
      (rowsOf.get(root) ?? []).flatMap(({ segmentId, since, inherited }) =>
        since === null ? [] : [[segmentId, { since, inherited }] as const],
      ),
    ),
  }));
}

/** What was remembered is asked for only of those who came apart. */
async function pastsOf(tx: Tx, are: Persons, ending: readonly Former[]): Promise<Map<number, (segmentId: number) => Past>> {
  const wereOf = new Map(ending.flatMap((former) => former.members.map((id) => [id, former] as const)));
  const parted = [...are.values()].filter((members) => members.some((id) => (wereOf.get(id)?.members.length ?? 0) > members.length));
  const remembered = parted.length === 0 ? [] : await formerPersons(tx, parted.flat());
  return new Map(
    [...are].map(([root, members]) => {
      const own = [...new Set(members.flatMap((id) => wereOf.get(id) ?? []))];
      return [root, pastOf({ root, members }, own, remembered)];
    }),
  );
}

function isStill(former: Former, are: Persons): boolean {
  return are.get(former.root)?.join() === former.members.join();
}
