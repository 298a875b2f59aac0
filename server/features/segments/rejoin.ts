import { now } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db/index.ts";
import { pastOfJoined, type Former, type Past, type PastOf } from "./former-persons.ts";
import { giveMembers, rememberPersons, takeMembers, type Membership } from "./former-queries.ts";
import { keepMembers } from "./keep.ts";
import { liveAgain } from "./live-again.ts";
import { registryIn, type Kept } from "./registry.ts";

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
  const [were, are, at] = [personsBy(customerIds, before), personsBy(customerIds, roots), now()];
  const ending = formersOf(were, await takeMembers(tx, customerIds), at);
  const ended = ending.filter((former) => !isStill(former, are));
  const kept = (await registryIn(tx)).workspaces.get(tx.workspaceId);
  if (kept && kept.rules.size > 0) await enterAnew(tx, kept, are, { at, ending });
  await rememberPersons(tx, ended);
}

async function enterAnew(tx: Tx, kept: Kept, are: Persons, moment: { at: Date; ending: readonly Former[] }): Promise<void> {
  const pasts = await pastsOf(tx, kept, are, moment);
  const past = (person: number, segmentId: number): Past => pasts.get(person)?.(segmentId) ?? NOTHING;
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
  const rules = new Set(kept.rules.values());
  await keepMembers(tx, kept, new Map([...are.keys()].map((person) => [person, rules])), "persons", {
    at: moment.at,
    told: (person, segmentId) => {
      const { told, inherited } = past(person, segmentId);
      return inherited ? null : told;
    },
    crossed: (person, segmentId) => past(person, segmentId).crossed,
  });
}

const NOTHING: Past = { since: null, told: null, inherited: false, crossed: null };

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

async function pastsOf(
  tx: Tx,
  kept: Kept,
  are: Persons,
  { at, ending }: { at: Date; ending: readonly Former[] },
): Promise<Map<number, PastOf>> {
  const wereOf = new Map(ending.flatMap((former) => former.members.map((id) => [id, former] as const)));
  const persons = [...are].map(([root, members]) => ({
    root,
    members,
    parts: [...new Set(members.flatMap((id) => wereOf.get(id) ?? []))],
  }));
  const isParted = ({ members, parts }: (typeof persons)[number]): boolean =>
    parts.some((part) => part.members.some((id) => !members.includes(id)));
  return new Map([
    ...persons.filter((each) => !isParted(each)).map((person) => [person.root, pastOfJoined(person, person.parts)] as const),
    ...(await liveAgain(tx, kept, persons.filter(isParted), { at, ending })),
  ]);
}

function isStill(former: Former, are: Persons): boolean {
  return are.get(former.root)?.join() === former.members.join();
}
