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

export async function standingsOf(scope: Scope, customerIds: readonly number[]): Promise<Map<number, Standing>> {
  return customerIds.length === 0 ? new Map() : provider(scope, [...new Set(customerIds)]);
}
