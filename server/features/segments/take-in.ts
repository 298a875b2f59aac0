import type { Interaction, ListenerTx } from "../interactions/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { experienceKinds } from "./experience-kinds.ts";
import { concerns, take, type FactState, type Happened, type Took } from "./facts.ts";
import { sequencesOf } from "./gather-facts.ts";
import { holdPersons, keepMembers } from "./keep.ts";
import { factStates, saveFacts } from "./queries.ts";
import { registryIn, type Kept, type KnownFact, type Rule } from "./registry.ts";

/** Takes a batch of interactions into the facts, and works out anew the segments that they may change, for those persons. */
export async function takeIn(tx: ListenerTx, batch: readonly Interaction[]): Promise<void> {
  const { workspaces } = await registryIn(tx);
  for (const [workspaceId, its] of Map.groupBy(batch, (each) => each.workspaceId)) {
    const kept = workspaces.get(workspaceId);
    if (kept) await takeInto(tx.within(workspaceId), kept, its);
  }
}

/** One thing that happened to a customer, for one fact. */
interface Change {
  customerId: number;
  fact: KnownFact;
  happened: Happened[];
}

async function takeInto(tx: Tx, kept: Kept, batch: readonly Interaction[]): Promise<void> {
  const changes = new Map<string, Change>();
  const asked = new Map<number, Set<Rule>>();
  const ask = (root: number, rules: readonly Rule[]): void => {
    if (rules.length === 0) return;
    const its = asked.get(root) ?? new Set();
    asked.set(root, its);
    for (const rule of rules) its.add(rule);
  };

  for (const interaction of batch) {
    const happened = happenedOf(interaction);
    for (const fact of kept.factsByKind.get(interaction.kind) ?? []) {
      if (!concerns(fact.definition, happened)) continue;
      const key = `${interaction.writtenFor} ${fact.id}`;
      const change = changes.get(key);
      if (change) change.happened.push(happened);
      else changes.set(key, { customerId: interaction.writtenFor, fact, happened: [happened] });
      ask(interaction.customerId, kept.rulesByFact.get(fact.id) ?? []);
    }
    if (experience().has(interaction.kind)) ask(interaction.customerId, kept.rulesBySource.score);
  }
  if (asked.size === 0) return;
  await holdPersons(tx, asked.keys());
  await saveChanges(
    tx,
    [...changes.values()].sort((a, b) => a.customerId - b.customerId || a.fact.id - b.fact.id),
  );
  await keepMembers(tx, kept, asked, "event");
}

let kinds: ReadonlySet<string> | null = null;

function experience(): ReadonlySet<string> {
  kinds ??= new Set(experienceKinds());
  return kinds;
}

/** A wrong clock that dates something in the future does not make it newer than what happens now. */
function happenedOf({ kind, occurredAt, receivedAt, channel, stage, touchpointId, properties }: Interaction): Happened {
  return { kind, at: Math.min(occurredAt.getTime(), receivedAt.getTime()), channel, stage, touchpointId, properties };
}

async function saveChanges(tx: Tx, changes: readonly Change[]): Promise<void> {
  const pairs = changes.map(({ customerId, fact }) => ({ customerId, factId: fact.id }));
  const before = new Map((await factStates<FactState>(tx, pairs)).map((row) => [`${row.customerId} ${row.factId}`, row.state]));
  const after: { change: Change; state: Took | undefined }[] = changes.map((change) => ({
    change,
    state: takeAll(change, before.get(`${change.customerId} ${change.fact.id}`)),
  }));
  const rows = after.flatMap(({ change, state }) => (state === undefined || state === "unclear" ? [] : [rowOf(tx, change, state)]));
  const unclear = after.flatMap(({ change, state }) => (state === "unclear" ? [change] : []));
  await saveFacts(tx, [...rows, ...(await askTheLog(tx, unclear))]);
}

function takeAll({ fact, happened }: Change, before: FactState | undefined): Took | undefined {
  let state: Took | undefined = before;
  for (const each of happened) {
    if (state === "unclear") return state;
    state = take(fact.definition, state, each);
  }
  return state;
}

function rowOf(tx: Tx, { customerId, fact }: Pick<Change, "customerId" | "fact">, state: FactState) {
  return { customerId, factId: fact.id, workspaceId: tx.workspaceId, state };
}

/** Something happened late, and what was between it and what followed had been forgotten. */
async function askTheLog(tx: Tx, changes: readonly Change[]): Promise<ReturnType<typeof rowOf>[]> {
  const rows: ReturnType<typeof rowOf>[] = [];
  for (const its of Map.groupBy(changes, ({ fact }) => fact.id).values()) {
    const [{ fact } = { fact: undefined }] = its;
    if (fact === undefined) continue;
    const members = its.map(({ customerId }) => ({ id: customerId, person: customerId }));
    for (const [customerId, state] of await sequencesOf(tx, fact.definition, members)) rows.push(rowOf(tx, { customerId, fact }, state));
  }
  return rows;
}
