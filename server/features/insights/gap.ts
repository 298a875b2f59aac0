import { fallsWithin, massesAt, PARAMETERS, exactScore, type EvidenceRow } from "../experience/index.ts";
import type { Scope } from "../../platform/db/index.ts";
import type { ConversationFact } from "./facts.ts";

const LEAST_FALL = 5;
const MOST_CAUSES = 4;

export interface GapItem {
  customerId: number;
  rating: number;
  ratedAt: Date;
  before: number;
  after: number;
  fell: number;
  causes: { reason: string; points: number; position: number }[];
}

export interface Gap {
  /** Customers who rated service 4 or 5. */
  rated: number;
  items: GapItem[];
  causes: { reason: string; customers: number; points: number }[];
}

/** Customers who rated service 4 or 5 in the period and whose score fell all the same, with what made them fall. */
export async function findGap(scope: Scope, period: { from: Date; to: Date; until: Date }, conversations: readonly ConversationFact[]): Promise<Gap> {
  const pleased = latestPleased(conversations, period);
  const [start, end] = await Promise.all([massesAt(scope, period.from), massesAt(scope, period.until)]);
  const before = new Map(start.map((row) => [row.customerId, exactScore(row, period.from)]));
  const after = new Map(end.filter((row) => row.pieces >= PARAMETERS.fewestPieces).map((row) => [row.customerId, exactScore(row, period.until)]));

  const fallen = [...pleased.values()].flatMap((fact) => {
    const was = before.get(fact.customerId) ?? 50;
    const is = after.get(fact.customerId);
    return is !== undefined && was - is >= LEAST_FALL ? [{ fact, was, is }] : [];
  });
  const falls = Map.groupBy(await fallsWithin(scope, fallen.map(({ fact }) => fact.customerId), period.from, period.to), (row) => row.customerId);
  const items = fallen
    .map(({ fact, was, is }) => ({
      customerId: fact.customerId, rating: fact.rating ?? 0, ratedAt: fact.ratedAt ?? period.to, before: was, after: is, fell: was - is,
      causes: (falls.get(fact.customerId) ?? []).slice(0, MOST_CAUSES).map((row) => ({ reason: row.reason, points: row.after - row.before, position: row.position })),
    }))
    .sort((a, b) => b.fell - a.fell);
  return { rated: pleased.size, items, causes: commonCauses(falls) };
}

function latestPleased(conversations: readonly ConversationFact[], { from, to }: { from: Date; to: Date }): Map<number, ConversationFact> {
  const rated = conversations
    .filter((each) => each.rating !== null && each.ratedAt !== null && each.ratedAt >= from && each.ratedAt < to)
    .sort((a, b) => (a.ratedAt?.getTime() ?? 0) - (b.ratedAt?.getTime() ?? 0));
  const latest = new Map(rated.map((each) => [each.customerId, each]));
  return new Map([...latest].filter(([, each]) => (each.rating ?? 0) >= 4));
}

const CAUSES: Record<string, string> = {
  late: "Late delivery",
  "answered-late": "Answered later than promised",
  rating: "A poor rating",
  words: "Wrote, and sounded upset",
  reopened: "Had to write again",
};

/** What made them fall, over all of them: how many it happened to, and the points it cost each on average. */
function commonCauses(falls: Map<number, EvidenceRow[]>): Gap["causes"] {
  const rows = [...falls.values()].flat();
  return [...Map.groupBy(rows, (row) => row.kind)]
    .map(([kind, its]) => {
      const customers = new Set(its.map((row) => row.customerId)).size;
      return { reason: CAUSES[kind] ?? kind, customers, points: its.reduce((sum, row) => sum + row.after - row.before, 0) / Math.max(1, customers) };
    })
    .sort((a, b) => b.customers - a.customers || a.points - b.points);
}
