import { record, type NewInteraction, PARTITIONS } from "../interactions/index.ts";
import { now } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { expectDue } from "./due.ts";
import { evaluate } from "./evaluate.ts";
import type { FactState } from "./facts.ts";
import type { Crossed } from "./former-persons.ts";
import { factsOfPersons } from "./facts-of-persons.ts";
import type { Looks } from "./persons.ts";
import { saveMembers, type MemberRow, type Standing } from "./kept-queries.ts";
import { holdPartitions } from "./queries.ts";
import type { Kept, Rule } from "./registry.ts";
import { see, type Asked, type Seen } from "./seen.ts";

/**
 * Why somebody entered or left: something happened, time passed, the conditions changed, or customers became one person.
 * "parted": it was so before those who were taken for one came apart, and is told only now.
 */
export type Because = "event" | "time" | "conditions" | "persons" | "parted";

export interface Moment {
  at: Date;
  /** Whether the log last told that a person entered, or left, where that is not what was kept; null: tell nothing now. */
  told(customerId: number, segmentId: number): boolean | null;
  /** When a person entered or left, though it was not told then; null: only now. */
  crossed(customerId: number, segmentId: number): Crossed | null;
}

/** Holds those persons, so that no two work out at once who is in and who is out. */
export async function holdPersons(tx: Tx, roots: Iterable<number>): Promise<void> {
  await holdPartitions(tx, [...new Set([...roots].map((root) => root % PARTITIONS))]);
}

/**
 * Works out who is in and who is out at this moment, writes it down with a moment at which that may change by itself,
 * and tells the log who entered and left. Hold the persons first.
 */
export async function keepMembers(tx: Tx, kept: Kept, asked: Asked, because: Because, moment?: Moment): Promise<void> {
  if (asked.size > 0) await settle(tx, kept, asked, await see(tx, asked), because, moment);
}

/** The same, where one has seen what is kept. */
export async function settle(tx: Tx, kept: Kept, asked: Asked, seen: Seen, because: Because, moment?: Moment): Promise<void> {
  const facts = await factsOfPersons(tx, kept, seen);
  const at = moment?.at ?? now();
  const changed: MemberRow[] = [];
  const told: NewInteraction[] = [];
  for (const [root, rules] of asked) {
    const person = { ...(seen.looks.get(root) ?? NOBODY), facts: facts.get(root) ?? NO_FACTS };
    const its = seen.standings.get(root);
    for (const rule of rules) {
      const was = its?.get(rule.id) ?? UNHEARD;
      const { holds, until } = evaluate(rule.condition, person, at.getTime());
      const since = holds ? (was.since ?? at.getTime()) : null;
      const dueAt = nextLook(was.dueAt, until, at.getTime());
      const toldIn = moment ? moment.told(root, rule.id) : was.since !== null;
      const crossed = moment?.crossed(root, rule.id);
      const when = crossed?.isIn === holds ? { because: "parted" as const, at: new Date(crossed.at) } : { because, at };
      if (toldIn === !holds) told.push(crossing(rule, seen.members.get(root) ?? [root], holds, when));
      if (since !== was.since || dueAt !== was.dueAt) changed.push({ customerId: root, segmentId: rule.id, since, dueAt });
    }
  }
  await saveMembers(
    tx,
    changed.sort((a, b) => a.customerId - b.customerId || a.segmentId - b.segmentId),
  );
  if (because !== "conditions") await record(tx, told);
  const first = changed.reduce((least, row) => Math.min(least, row.dueAt ?? least), Number.POSITIVE_INFINITY);
  if (Number.isFinite(first)) tx.afterCommit(() => expectDue(first));
}

const NO_FACTS: ReadonlyMap<number, FactState> = new Map();
const NOBODY: Looks = { profile: {}, identities: new Set(), orders: [], masses: null, atRisk: false };
const UNHEARD: Standing = { since: null, dueAt: null };
const LAST_MOMENT = Date.UTC(9999, 0);

/**
 * A look that comes too early only finds the next moment, so one that is expected already is left where it is: each
 * thing that happens moves the end of a window, and few of those ends are ever reached.
 */
function nextLook(expected: number | null, until: number, at: number): number | null {
  const next = until < LAST_MOMENT ? until : null;
  const isEarlier = expected !== null && expected > at && (next === null || expected < next);
  return isEarlier ? expected : next;
}

/** Where several are one person, it says who they were: whoever stands alone again has not lived through it. */
function crossing(rule: Rule, members: readonly number[], isIn: boolean, { because, at }: { because: Because; at: Date }): NewInteraction {
  const [root = 0] = members;
  const customers = members.length > 1 ? { customers: members.map((id) => publicId("cus", id)) } : {};
  return {
    kind: isIn ? "segment.entered" : "segment.left",
    customerId: root,
    occurredAt: at,
    initiative: null,
    properties: { segment: publicId("seg", rule.id), name: rule.name, because, ...customers },
    source: "segments",
  };
}
