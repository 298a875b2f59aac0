import { Type } from "typebox";
import { Value } from "typebox/value";
import { amidDigests, betweenDigests, listenerStates, PARTITIONS, rootsOf } from "../interactions/index.ts";
import { anywhere, planAnew, reading, transaction, type Scope, type Tx } from "../../platform/db/index.ts";
import { defineJob, enqueue } from "../../platform/jobs/index.ts";
import { factsOf, sourcesOf, type Condition } from "./condition.ts";
import { forgetFacts, forgetFactsSoon } from "./forget-facts.ts";
import { gatherFact } from "./gather-facts.ts";
import { dropStates, ensureFacts, keepFrom, nextCustomers, noteKept, noteSwept, waitForWriters } from "./gathering-queries.ts";
import { holdPersons, keepMembers } from "./keep.ts";
import { namedIn } from "./named.ts";
import { expand } from "./expand.ts";
import { findSegment, type KeptFact, type Segment } from "./queries.ts";
import { registryIn } from "./registry.ts";

const Payload = Type.Object({ workspaceId: Type.Integer(), segmentId: Type.Integer() });
const WhoseFacts = Type.Object({ workspaceId: Type.Integer() });
const AT_ONCE = 1000;
/** Positions that may be left to read while nobody digests. */
const FEW = 2000;
/** Long rounds are taken without holding anybody up; more than this many would mean that the log grows faster than it is read. */
const MOST_ROUNDS = 20;

export function defineComputing(): void {
  defineJob(
    "segments.compute",
    (payload) => Value.Parse(Payload, payload),
    ({ workspaceId, segmentId }) => computeSegment({ workspaceId }, segmentId),
  );
  defineJob("segments.forget-facts", (payload) => Value.Parse(WhoseFacts, payload), forgetFacts);
}

/** In a workspace one segment is computed after the other: they share facts. */
export async function enqueueComputing(tx: Pick<Tx, "db">, { id, workspaceId }: { id: number; workspaceId: number }): Promise<void> {
  await enqueue(
    tx,
    "segments.compute",
    { workspaceId, segmentId: id },
    { key: `segments.compute:${id}`, queue: `segments:${workspaceId}` },
  );
}

/**
 * Computes a new or changed segment over the whole workspace: gathers from the log the facts that it needs and nobody
 * has yet, then has the listener keep them from the very position they were gathered up to, then looks at everybody.
 */
export async function computeSegment(who: { workspaceId: number }, segmentId: number): Promise<void> {
  let segment = await findSegment(reading(who), segmentId);
  if (segment?.state === "waiting") {
    if (!(await beginKeeping(who, segment))) return;
    segment = await findSegment(reading(who), segmentId);
  }
  if (segment?.state === "computing") await lookAtEverybody(who, segment);
}

/** @returns false when the conditions have changed meanwhile: another job is on its way */
async function beginKeeping(who: { workspaceId: number }, segment: Segment): Promise<boolean> {
  const scope = reading(who);
  const condition = expand(segment.where, await namedIn(scope));
  const missing = await transaction(who, (tx) => ensureFacts(tx, factsOf(condition)));
  const ids = missing.map((fact) => fact.id);
  await transaction(who, (tx) => dropStates(tx, ids));
  const gathered = missing.length === 0 ? Number.POSITIVE_INFINITY : await gatherMost(scope, missing);
  await transaction(who, (tx) => waitForWriters(tx));

  return transaction(who, async (tx) => {
    await betweenDigests(tx);
    const upTo = await cursors();
    if (missing.length > 0 && Math.max(...upTo) > gathered) await gatherAll(tx, missing, { after: gathered, upTo });
    return keepFrom(tx, segment.id, segment.version, condition, ids);
  });
}

/** Gathers in rounds, each up to where the listener has come meanwhile; answers up to where. */
async function gatherMost(scope: Scope, facts: readonly KeptFact[]): Promise<number> {
  let gathered = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const upTo = Math.min(...(await cursors()));
    if (round > 0 && upTo - gathered < FEW) break;
    if (upTo > gathered) await gatherAll(scope, facts, { after: gathered, upTo: Array.from({ length: PARTITIONS }, () => upTo) });
    gathered = upTo;
  }
  return gathered;
}

async function gatherAll(scope: Scope, facts: readonly KeptFact[], stretch: { after: number; upTo: readonly number[] }): Promise<void> {
  for (const fact of facts) await gatherFact(scope, fact, stretch);
}

/** How far the listener has come, for each partition of the customers. */
export async function cursors(): Promise<number[]> {
  const states = (await listenerStates(anywhere())).filter((state) => state.listener === "segments.members");
  return Array.from({ length: PARTITIONS }, (_, partition) => states.find((state) => state.partition === partition)?.position ?? 0);
}

async function lookAtEverybody(who: { workspaceId: number }, segment: Segment): Promise<void> {
  for (let after: number | null = segment.sweptTo; after !== null;) after = await lookAtSome(who, segment, after);
}

/** Answers up to which customer it has come; null when there are no more. */
async function lookAtSome(who: { workspaceId: number }, { id, version }: Segment, after: number): Promise<number | null> {
  return transaction(who, async (tx) => {
    await amidDigests(tx);
    await planAnew(tx);
    const now = await findSegment(tx, id);
    if (now?.version !== version || now.state !== "computing") return null;
    const customers = await nextCustomers(tx, after, AT_ONCE);
    const kept = (await registryIn(tx)).workspaces.get(who.workspaceId);
    const rule = kept?.rules.get(id);
    const roots = await rootsOf(tx, customers);
    const persons = customers.filter((customer) => roots.get(customer) === customer);
    if (kept && rule) {
      await holdPersons(tx, persons);
      await keepMembers(tx, kept, new Map(persons.map((person) => [person, new Set([rule])])), "conditions");
    }
    const last = customers.at(-1) ?? after;
    await noteSwept(tx, id, version, last, customers.length);
    if (customers.length === AT_ONCE) return last;
    await noteKept(tx, id, version, sourcesOf(now.kept ?? NONE));
    if (version > 1) await forgetFactsSoon(tx);
    return null;
  });
}

const NONE: Condition = { all: [] };
