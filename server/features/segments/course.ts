import type { FactState, Happened } from "./facts.ts";
import type { Crossed, Former } from "./former-persons.ts";
import type { Kept } from "./registry.ts";

/** Where somebody stands with a segment, as far as they have lived again. Moments in milliseconds. */
export interface Stand {
  since: number | null;
  inherited: boolean;
  /** When they last entered or left by themselves, since the replay began. */
  crossed: Crossed | null;
  /** Since when they were in where the replay began; null: they were not. */
  sinceKept: number | null;
  /** When it is to be looked at next though nothing happens. */
  until: number;
  /** Not yet: it begins at `until`, with what was kept, or with the segment as it is now. */
  begins: "kept" | "segment" | null;
  /** What was kept is not what is found: something is not known that mattered. */
  isUnclear: boolean;
}

/** The life of a person, as far as it has been lived again. */
export interface Course {
  root: number;
  members: ReadonlySet<number>;
  facts: Map<number, FactState>;
  /** Of sequences all is remembered: something late may turn them round. */
  lived: Map<number, Happened[]>;
  /** By segment: when the last thing arrived that it looks at. */
  heardAt: Map<number, number>;
  stands: Map<number, Stand>;
}

export const NEVER = Number.POSITIVE_INFINITY;

/** Keeps what happened, for facts that only all of it can tell. */
export function remember({ lived }: Course, factId: number, happened: Happened): void {
  const its = lived.get(factId);
  if (its) its.push(happened);
  else lived.set(factId, [happened]);
}

/** Where a person begins to live again: as it was kept when it ended. @param computedAt since when each segment has its conditions */
export function courseOf({ root, members, endedAt, memberships }: Former, kept: Kept, computedAt: ReadonlyMap<number, number>): Course {
  const standOf = (segmentId: number): Stand => {
    const known = memberships.get(segmentId);
    const since = known?.since.getTime() ?? null;
    const [ended, computed] = [endedAt.getTime(), computedAt.get(segmentId) ?? 0];
    return {
      ...{ since, sinceKept: since, inherited: known?.inherited ?? false, crossed: null, isUnclear: false },
      ...(computed > ended ? { until: computed, begins: "segment" } : { until: ended, begins: "kept" }),
    };
  };
  return {
    ...{ root, members: new Set(members), facts: new Map(), lived: new Map(), heardAt: new Map() },
    stands: new Map([...kept.rules.keys()].map((id) => [id, standOf(id)])),
  };
}

/** Of several who become one, who was in longest counts. */
export function standTogether(root: number, parts: readonly Course[], segmentId: number): Stand {
  const stands = parts.flatMap((part) => part.stands.get(segmentId) ?? []);
  const own = parts.find((part) => part.root === root)?.stands.get(segmentId);
  const since = earliest(stands.map((stand) => stand.since));
  const waiting = stands.flatMap((stand) => (stand.begins === null ? [] : [stand.until]));
  const isUnclear = stands.some((stand) => stand.isUnclear);
  return {
    since,
    sinceKept: earliest(stands.map((stand) => stand.sinceKept)),
    inherited: since !== null && !(own && own.since !== null && !own.inherited),
    crossed: own?.since === since ? own.crossed : null,
    ...(isUnclear ? { until: NEVER, begins: null } : { until: Math.max(...waiting), begins: waiting.length > 0 ? "segment" : null }),
    isUnclear,
  };
}

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
}
