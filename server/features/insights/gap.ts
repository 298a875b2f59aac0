import { exactScore, fallsWithin, massesAt, PARAMETERS, scoresAfterRating, type EvidenceRow } from "../experience/index.ts";
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

/**
 * Customers who rated service 4 or 5 in the period and whose score fell all the same: from the period's start, or from
 * the moment after they rated where that was higher, to its end. A score that only faded with time has not fallen.
 */
export async function findGap(
  scope: Scope,
  period: { from: Date; to: Date; until: Date },
  conversations: readonly ConversationFact[],
): Promise<Gap> {
  const pleased = latestPleased(conversations, period);
  const ids = [...pleased.keys()];
  const [start, end, rated, falls] = await Promise.all([
    massesAt(scope, period.from),
    massesAt(scope, period.until),
    scoresAfterRating(scope, ids, period.from, period.to),
    fallsWithin(scope, ids, period.from, period.to).then((rows) => Map.groupBy(rows, (row) => row.customerId)),
  ]);
  const before = new Map(start.map((row) => [row.customerId, exactScore(row, period.from)]));
  const after = new Map(
    end.filter((row) => row.pieces >= PARAMETERS.fewestPieces).map((row) => [row.customerId, exactScore(row, period.until)]),
  );

  const items = [...pleased.values()].flatMap((fact): GapItem[] => {
    const was = Math.max(before.get(fact.customerId) ?? 50, rated.get(fact.customerId) ?? 0);
    const is = after.get(fact.customerId);
    const causes = falls.get(fact.customerId) ?? [];
    if (is === undefined || was - is < LEAST_FALL || causes.length === 0) return [];
    return [
      {
        customerId: fact.customerId,
        rating: fact.rating ?? 0,
        ratedAt: fact.ratedAt ?? period.to,
        before: was,
        after: is,
        fell: was - is,
        causes: causes.slice(0, MOST_CAUSES).map((row) => ({ reason: row.reason, points: row.after - row.before, position: row.position })),
      },
    ];
  });
  items.sort((a, b) => b.fell - a.fell);
  return { rated: pleased.size, items, causes: commonCauses(items.flatMap((item) => falls.get(item.customerId) ?? [])) };
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
function commonCauses(rows: readonly EvidenceRow[]): Gap["causes"] {
  return [...Map.groupBy(rows, (row) => row.kind)]
    .map(([kind, its]) => {
      const customers = new Set(its.map((row) => row.customerId)).size;
      return {
        reason: CAUSES[kind] ?? kind,
        customers,
        points: its.reduce((sum, row) => sum + row.after - row.before, 0) / Math.max(1, customers),
      };
    })
    .sort((a, b) => b.customers - a.customers || a.points - b.points);
}
