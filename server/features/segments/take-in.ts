import type { Interaction, ListenerTx } from "../interactions/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { experienceKinds } from "./experience-kinds.ts";
import { concerns, take, type FactState, type Happened, type Took } from "./facts.ts";
import { sequencesOf } from "./gather-facts.ts";
import { holdPersons, settle } from "./keep.ts";
import { saveFacts, type FactRow } from "./kept-queries.ts";
import { registryIn, type Kept, type KnownFact, type Rule } from "./registry.ts";
import { put, see, type States } from "./seen.ts";

/** Takes a batch of interactions into the facts, and works out anew the segments that they may change, for those persons. */
export async function takeIn(tx: ListenerTx, batch: readonly Interaction[]): Promise<void> {
  const { workspaces } = await registryIn(tx);
  for (const [workspaceId, its] of Map.groupBy(batch, (each) => each.workspaceId)) {
    const kept = workspaces.get(workspaceId);
    if (kept) await takeInto(tx.within(workspaceId), kept, its);
  }
}

/** What happened to each customer, by the fact that it concerns. */
type Changes = Map<number, Map<KnownFact, Happened[]>>;

async function takeInto(tx: Tx, kept: Kept, batch: readonly Interaction[]): Promise<void> {
  const changes: Changes = new Map();
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
      const its = changes.get(interaction.writtenFor) ?? new Map<KnownFact, Happened[]>();
      changes.set(interaction.writtenFor, its);
      its.set(fact, [...(its.get(fact) ?? []), happened]);
      ask(interaction.customerId, kept.rulesByFact.get(fact.id) ?? []);
    }
    if (experience().has(interaction.kind)) ask(interaction.customerId, kept.rulesBySource.score);
  }
  if (asked.size === 0) return;
  await holdPersons(tx, asked.keys());
  const seen = await see(tx, asked);
  await takeChanges(tx, seen.states, changes);
  await settle(tx, kept, asked, seen, "event");
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

/** Writes down what is remembered now, and puts it into the states that were seen. */
async function takeChanges(tx: Tx, states: States, changes: Changes): Promise<void> {
  const rows: FactRow<FactState>[] = [];
  const unclear = new Map<KnownFact, number[]>();
  for (const [customerId, its] of changes) {
    for (const [fact, happened] of its) {
      const state = takeAll(fact, states.get(customerId)?.get(fact.id), happened);
      if (state === "unclear") unclear.set(fact, [...(unclear.get(fact) ?? []), customerId]);
      else if (state !== undefined) rows.push([customerId, fact.id, state]);
    }
  }
  rows.push(...(await askTheLog(tx, unclear)));
  for (const [customerId, factId, state] of rows) put(states, customerId, factId, state);
  await saveFacts(
    tx,
    rows.sort(([a, first], [b, second]) => a - b || first - second),
  );
}

function takeAll({ definition }: KnownFact, before: FactState | undefined, happened: readonly Happened[]): Took | undefined {
  let state: Took | undefined = before;
  for (const each of happened) {
    if (state === "unclear") return state;
    state = take(definition, state, each);
  }
  return state;
}

/** Something happened late, and what was between it and what followed had been forgotten. */
async function askTheLog(tx: Tx, unclear: ReadonlyMap<KnownFact, readonly number[]>): Promise<FactRow<FactState>[]> {
  const rows: FactRow<FactState>[] = [];
  for (const [fact, customerIds] of unclear) {
    const members = customerIds.map((id) => ({ id, person: id }));
    for (const [customerId, state] of await sequencesOf(tx, fact.definition, members)) rows.push([customerId, fact.id, state]);
  }
  return rows;
}
