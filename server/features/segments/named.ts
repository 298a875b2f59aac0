import { touchpointsOf } from "../interactions/index.ts";
import type { Scope } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import type { Named } from "./expand.ts";
import { listSegments } from "./queries.ts";
import type { Names } from "./sentence-of.ts";
import type { Where } from "./where.ts";

/** What conditions may name in a workspace. @param changed a segment as it is about to be, by its public id */
export async function namedIn(scope: Scope, changed?: { id: string; where: Where }): Promise<Named & Names> {
  const [segments, touchpoints] = [await listSegments(scope), await touchpointsOf(scope)];
  const byId = new Map(segments.map((segment) => [publicId("seg", segment.id), segment]));
  return {
    segment(id: string) {
      const found = id === changed?.id ? changed.where : byId.get(id)?.where;
      if (!found) throw invalid(`There is no segment ${id}.`);
      return found;
    },
    segmentName: (id: string) => byId.get(id)?.name ?? "a segment that is gone",
    touchpointId(key: string) {
      const found = touchpoints.get(key);
      if (!found) throw invalid(`There is no touchpoint “${key}”.`);
      return found.id;
    },
    touchpoint: (key: string) => touchpoints.get(key)?.name ?? key,
  };
}

/** The segments that conditions name, by public id. */
export function segmentsIn(where: Where): string[] {
  if ("all" in where) return where.all.flatMap(segmentsIn);
  if ("any" in where) return where.any.flatMap(segmentsIn);
  if ("not" in where) return segmentsIn(where.not);
  if ("segment" in where) return [where.segment];
  return heardIn(where);
}

/** To hear that somebody entered or left a segment is to depend on it. */
function heardIn(where: Where): string[] {
  const dids = ["did", "then", "thenNot", "first", "last"].flatMap((key) => {
    const did: unknown = Reflect.get(where, key);
    return isDid(did) ? [did] : [];
  });
  return dids.flatMap(({ kind, properties }) => {
    if (kind !== "segment.entered" && kind !== "segment.left") return [];
    const segment = properties?.["segment"];
    if (typeof segment !== "string") throw invalid(`Say which segment: with ${kind} goes properties: { segment: "seg_…" }.`);
    return [segment];
  });
}

function isDid(value: unknown): value is { kind: string; properties?: Record<string, unknown> } {
  return typeof value === "object" && value !== null && "kind" in value;
}

/**
 * Refuses a circle.
 * @throws Problem 400 when a segment would come to depend on itself, or names one that is not there
 */
export function refuseCircle(id: string, where: Where, named: Pick<Named, "segment">): void {
  const seen = new Set<string>();
  const go = (each: Where): void => {
    for (const other of segmentsIn(each)) {
      parseId("seg", other);
      if (other === id) throw invalid("A segment cannot depend on itself.");
      if (seen.has(other)) continue;
      seen.add(other);
      go(named.segment(other));
    }
  };
  go(where);
}
