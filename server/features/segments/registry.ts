import type { Scope } from "../../platform/db/index.ts";
import { experienceKinds } from "./experience-kinds.ts";
import { factsOf, keyOfFact, sourcesOf, withFacts, type Condition, type Fact, type Pattern, type Source } from "./condition.ts";
import { allKept, registryVersion, type KeptSegment } from "./queries.ts";

/** A segment as its members are worked out: facts named by their id. */
export interface Rule {
  id: number;
  workspaceId: number;
  name: string;
  condition: Condition<number>;
  factIds: readonly number[];
  sources: readonly Source[];
}

export interface KnownFact {
  id: number;
  definition: Fact;
}

/** What one workspace keeps, by what may change it. */
export interface Kept {
  rules: ReadonlyMap<number, Rule>;
  facts: ReadonlyMap<number, KnownFact>;
  factsByKind: ReadonlyMap<string, readonly KnownFact[]>;
  rulesByFact: ReadonlyMap<number, readonly Rule[]>;
  rulesBySource: Readonly<Record<Source, readonly Rule[]>>;
}

export interface Registry {
  version: number;
  kinds: readonly string[];
  /** Whether a condition looks into what an event came with. */
  readsContext: boolean;
  workspaces: ReadonlyMap<number, Kept>;
}

let known: Registry | null = null;

/** Everything that is kept, read again whenever it has changed. */
export async function registryIn(scope: Pick<Scope, "db">): Promise<Registry> {
  const version = await registryVersion(scope);
  if (known?.version !== version) known = await readRegistry(scope, version);
  return known;
}

async function readRegistry(scope: Pick<Scope, "db">, version: number): Promise<Registry> {
  const { segments, facts } = await allKept(scope);
  const [segmentsBy, factsBy] = [Map.groupBy(segments, (each) => each.workspaceId), Map.groupBy(facts, (each) => each.workspaceId)];
  const workspaces = new Map(
    [...segmentsBy].map(([workspaceId, its]) => [
      workspaceId,
      keptOf(its, new Map((factsBy.get(workspaceId) ?? []).map((fact) => [fact.key, fact]))),
    ]),
  );
  const kinds = new Set<string>();
  for (const kept of workspaces.values()) {
    for (const kind of kept.factsByKind.keys()) kinds.add(kind);
    if (kept.rulesBySource.score.length > 0) for (const kind of experienceKinds()) kinds.add(kind);
  }
  const readsContext = facts.some(({ definition }) =>
    patternsOf(definition).some((each) => each.properties.some(({ path }) => path[0] === "context")),
  );
  return { version, kinds: [...kinds], readsContext, workspaces };
}

function keptOf(segments: readonly KeptSegment[], facts: ReadonlyMap<string, KnownFact>): Kept {
  const rules = segments.flatMap((segment) => ruleOf(segment, facts) ?? []);
  const used = new Set(rules.flatMap((rule) => rule.factIds));
  const usedFacts = [...facts.values()].filter((fact) => used.has(fact.id));
  const by = (source: Source): Rule[] => rules.filter((rule) => rule.sources.includes(source));
  return {
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    facts: new Map(usedFacts.map((fact) => [fact.id, fact])),
    factsByKind: grouped(usedFacts, ({ definition }) => kindsOf(definition)),
    rulesByFact: grouped(rules, (rule) => rule.factIds),
    rulesBySource: { profile: by("profile"), identities: by("identities"), orders: by("orders"), score: by("score") },
  };
}

/** Null while one of its facts is not there yet. */
function ruleOf({ id, workspaceId, name, kept }: KeptSegment, facts: ReadonlyMap<string, KnownFact>): Rule | null {
  const ids = factsOf(kept).map((fact) => facts.get(keyOfFact(fact))?.id);
  if (ids.includes(undefined)) return null;
  const condition = withFacts(kept, (fact) => facts.get(keyOfFact(fact))?.id ?? 0);
  return { id, workspaceId, name, condition, factIds: [...new Set(factsOf(condition))], sources: sourcesOf(kept) };
}

export function kindsOf(fact: Fact): string[] {
  return [...new Set(patternsOf(fact).map((pattern) => pattern.kind))];
}

function patternsOf(fact: Fact): Pattern[] {
  return "pattern" in fact ? [fact.pattern] : [fact.first, fact.next];
}

function grouped<Key, Value>(values: readonly Value[], keysOf: (value: Value) => readonly Key[]): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
  }
  return groups;
}
