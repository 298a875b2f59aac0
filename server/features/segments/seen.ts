import { membersOf } from "../interactions/index.ts";
import { together as travelTogether, type Tx } from "../../platform/db/index.ts";
import type { Source } from "./condition.ts";
import type { FactState } from "./facts.ts";
import { lookAt, type Looks, type Members } from "./persons.ts";
import { factStates, standings, type Standing } from "./kept-queries.ts";
import type { Rule } from "./registry.ts";

/** Which rules to work out anew, by person. */
export type Asked = ReadonlyMap<number, ReadonlySet<Rule>>;

/** What is remembered of each customer, by fact. */
export type States = Map<number, Map<number, FactState>>;

/** Everything that is kept of some persons and that the rules asked look at. */
export interface Seen {
  members: Members;
  looks: ReadonlyMap<number, Looks>;
  states: States;
  /** By person and segment. */
  standings: ReadonlyMap<number, ReadonlyMap<number, Standing>>;
}

export async function see(tx: Tx, asked: Asked): Promise<Seen> {
  const members = await membersOf(tx, [...asked.keys()]);
  const facts: { customerIds: number[]; factIds: number[] } = { customerIds: [], factIds: [] };
  const segments: { customerIds: number[]; segmentIds: number[] } = { customerIds: [], segmentIds: [] };
  const sources = new Map<number, Set<Source>>();
  for (const [root, rules] of asked) {
    const [ids, its] = [new Set<number>(), new Set<Source>()];
    for (const rule of rules) {
      segments.customerIds.push(root);
      segments.segmentIds.push(rule.id);
      for (const factId of rule.factIds) ids.add(factId);
      for (const source of rule.sources) its.add(source);
    }
    sources.set(root, its);
    for (const customerId of members.get(root) ?? [root]) {
      for (const factId of ids) {
        facts.customerIds.push(customerId);
        facts.factIds.push(factId);
      }
    }
  }
  const [looks, states, stood] = await travelTogether([
    lookAt(tx, sources, members),
    factStates<FactState>(tx, facts),
    standings(tx, segments),
  ]);
  return { members, looks, states: byTwo(states), standings: byTwo(stood) };
}

function byTwo<Value>(triples: readonly (readonly [first: number, second: number, value: Value])[]): Map<number, Map<number, Value>> {
  const firsts = new Map<number, Map<number, Value>>();
  for (const [first, second, value] of triples) put(firsts, first, second, value);
  return firsts;
}

/** Puts a value where two numbers say. */
export function put<Value>(into: Map<number, Map<number, Value>>, first: number, second: number, value: Value): void {
  const its = into.get(first);
  if (its) its.set(second, value);
  else into.set(first, new Map([[second, value]]));
}
