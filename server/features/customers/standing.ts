import { rootsOf } from "../interactions/index.ts";
import type { Scope } from "../../platform/db/index.ts";

/** A moment on a customer's line: the score after it, and by how much it moved it. */
export interface LinePoint {
  at: Date;
  score: number;
  delta: number;
  initiative: "reactive" | "proactive";
}

/** How a customer is doing. */
export interface Standing {
  /** Null: too early to say. */
  score: number | null;
  low: number;
  high: number;
  atRisk: boolean;
  poorExperiences: number;
  /** What hurt them most of late, in a few words; null: nothing did by much. */
  reason: string | null;
  line: LinePoint[];
}

/**
 * A port: the experience room, some floors up, knows how customers are doing, and every list that names a customer
 * shows it. server/app plugs it in.
 */
export type StandingProvider = (scope: Scope, customerIds: readonly number[]) => Promise<Map<number, Standing>>;

let provider: StandingProvider = async () => new Map();

export function provideStandings(provide: StandingProvider): void {
  provider = provide;
}

/** By the ids asked for, whoever they were merged with. */
export async function standingsOf(scope: Scope, customerIds: readonly number[]): Promise<Map<number, Standing>> {
  if (customerIds.length === 0) return new Map();
  const roots = await rootsOf(scope, customerIds);
  const standings = await provider(scope, [...new Set(roots.values())]);
  const byId = new Map<number, Standing>();
  for (const [id, root] of roots) {
    const standing = standings.get(root);
    if (standing) byId.set(id, standing);
  }
  return byId;
}
