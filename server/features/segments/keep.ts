import { membersOf, record, type NewInteraction, PARTITIONS } from "../interactions/index.ts";
import { now } from "../../platform/clock.ts";
import { together as travelTogether, type Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { Source } from "./condition.ts";
import { evaluate } from "./evaluate.ts";
import { together, type FactState } from "./facts.ts";
import { sequencesOf } from "./gather-facts.ts";
import { lookAt, type Looks, type Members } from "./persons.ts";
import { factStates, holdPartitions, memberRows, saveMembers, type MemberRow } from "./queries.ts";
import type { Kept, Rule } from "./registry.ts";
import { expectDue } from "./due.ts";

/** Why somebody entered or left: something happened, time passed, the conditions changed, or customers became one person. */
export type Because = "event" | "time" | "conditions" | "persons";

/** Which rules to work out anew, by person. */
export type Asked = ReadonlyMap<number, ReadonlySet<Rule>>;

export interface Moment {
  at: Date;
  /** Whether the log last told that a person entered, or left, where that is not what was kept; null: tell nothing now. */
  told(customerId: number, segmentId: number): boolean | null;
}

/** Holds those persons, so that no two work out at once who is in and who is out. */
export async function holdPersons(tx: Tx, roots: Iterable<number>): Promise<void> {
  await holdPartitions(tx, [...new Set([...roots].map((root) => root % PARTITIONS))]);
}

/**
 * Works out who is in and who is out at this moment, writes it down with the moment at which that may change by
 * itself, and tells the log who entered and left. Hold the persons first.
 */
export async function keepMembers(tx: Tx, kept: Kept, asked: Asked, because: Because, moment?: Moment): Promise<void> {
  if (asked.size === 0) return;
  const members = await membersOf(tx, [...asked.keys()]);
  const pairs = [...asked].flatMap(([customerId, rules]) => [...rules].map((rule) => ({ customerId, segmentId: rule.id })));
  const [looks, facts, rows] = await travelTogether([
    lookAt(tx, sourcesAsked(asked), members),
    factsAsked(tx, kept, asked, members),
    memberRows(tx, pairs),
  ]);
  const before = new Map(rows.map((row) => [`${row.customerId} ${row.segmentId}`, row]));

  const at = moment?.at ?? now();
  const changed: MemberRow[] = [];
  const told: NewInteraction[] = [];
  for (const [root, rules] of asked) {
    const person = { ...(looks.get(root) ?? NOBODY), facts: facts.get(root) ?? NO_FACTS };
    for (const rule of rules) {
      const was = before.get(`${root} ${rule.id}`);
      const { holds, until } = evaluate(rule.condition, person, at.getTime());
      const row = {
        customerId: root,
        segmentId: rule.id,
        workspaceId: tx.workspaceId,
        since: holds ? (was?.since ?? at) : null,
        dueAt: momentOf(until),
      };
      const hadSince = was?.since ?? null;
      const toldIn = moment ? moment.told(root, rule.id) : hadSince !== null;
      if (toldIn === !holds) told.push(crossing(rule, root, holds, because, at));
      if (row.since?.getTime() !== hadSince?.getTime() || row.dueAt?.getTime() !== was?.dueAt?.getTime()) changed.push(row);
    }
  }
  await saveMembers(
    tx,
    changed.sort((a, b) => a.customerId - b.customerId || a.segmentId - b.segmentId),
  );
  if (because !== "conditions") await record(tx, told);
  const first = changed.reduce((least, row) => Math.min(least, row.dueAt?.getTime() ?? least), Number.POSITIVE_INFINITY);
  if (Number.isFinite(first)) tx.afterCommit(() => expectDue(first));
}

const NO_FACTS: ReadonlyMap<number, FactState> = new Map();
const NOBODY: Looks = { profile: {}, identities: new Set(), orders: [], masses: null, atRisk: false };
const LAST_MOMENT = Date.UTC(9999, 0);

function momentOf(until: number): Date | null {
  return until < LAST_MOMENT ? new Date(until) : null;
}

function crossing(rule: Rule, customerId: number, isIn: boolean, because: Because, at: Date): NewInteraction {
  return {
    kind: isIn ? "segment.entered" : "segment.left",
    customerId,
    occurredAt: at,
    initiative: null,
    properties: { segment: publicId("seg", rule.id), name: rule.name, because },
    source: "segments",
  };
}

function sourcesAsked(asked: Asked): Map<number, Set<Source>> {
  return new Map([...asked].map(([root, rules]) => [root, new Set([...rules].flatMap((rule) => rule.sources))]));
}

/** The facts of each person, all their customers taken together. */
async function factsAsked(tx: Tx, kept: Kept, asked: Asked, members: Members): Promise<Map<number, Map<number, FactState>>> {
  const pairs: { customerId: number; factId: number }[] = [];
  const personOf = new Map<number, number>();
  for (const [root, rules] of asked) {
    const ids = new Set([...rules].flatMap((rule) => rule.factIds));
    for (const customerId of members.get(root) ?? [root]) {
      personOf.set(customerId, root);
      for (const factId of ids) pairs.push({ customerId, factId });
    }
  }
  const states = new Map<number, Map<number, FactState[]>>();
  for (const row of await factStates<FactState>(tx, pairs)) {
    const root = personOf.get(row.customerId) ?? row.customerId;
    const its = states.get(root) ?? new Map<number, FactState[]>();
    states.set(root, its);
    its.set(row.factId, [...(its.get(row.factId) ?? []), row.state]);
  }
  return takenTogether(tx, kept, states, members);
}

async function takenTogether(
  tx: Tx,
  kept: Kept,
  states: ReadonlyMap<number, ReadonlyMap<number, readonly FactState[]>>,
  members: Members,
): Promise<Map<number, Map<number, FactState>>> {
  const facts = new Map<number, Map<number, FactState>>();
  const unclear = new Map<number, number[]>();
  for (const [root, its] of states) {
    const own = new Map<number, FactState>();
    facts.set(root, own);
    for (const [factId, found] of its) {
      const definition = kept.facts.get(factId)?.definition;
      const state = together(found, definition !== undefined && "pattern" in definition ? definition.keep : 0);
      if (state === "unclear") unclear.set(factId, [...(unclear.get(factId) ?? []), root]);
      else if (state !== undefined) own.set(factId, state);
    }
  }
  for (const [factId, roots] of unclear) {
    const definition = kept.facts.get(factId)?.definition;
    if (definition === undefined) continue;
    const customers = roots.flatMap((person) => (members.get(person) ?? [person]).map((id) => ({ id, person })));
    for (const [root, state] of await sequencesOf(tx, definition, customers)) facts.get(root)?.set(factId, state);
  }
  return facts;
}
