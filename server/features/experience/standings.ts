import { now } from "../../platform/clock.ts";
import type { Scope } from "../../platform/db/index.ts";
import type { Standing } from "../customers/index.ts";
import { lastMoments, poorSince, scoresIn, worstFalls } from "./queries.ts";
import { PARAMETERS, scoreAt } from "./score.ts";

const MICRO = 8;
const DAY_MS = 86_400_000;
/** A fall is a reason to be upset for this long. */
const HURTS_FOR_DAYS = 30;

/** How customers are doing now, with the end of their line: for every list that names them. */
export async function standingsOf(scope: Scope, customerIds: readonly number[]): Promise<Map<number, Standing>> {
  const at = now();
  const daysAgo = (days: number): Date => new Date(at.getTime() - days * DAY_MS);
  const [scores, moments, poor, falls] = await Promise.all([
    scoresIn(scope, customerIds),
    lastMoments(scope, customerIds, MICRO),
    poorSince(scope, customerIds, daysAgo(PARAMETERS.poorWindowDays)),
    worstFalls(scope, customerIds, daysAgo(HURTS_FOR_DAYS)),
  ]);
  const lines = Map.groupBy(moments, (moment) => moment.customerId);
  const standings = new Map<number, Standing>();
  for (const [id, row] of scores) {
    if (row.workspaceId !== scope.workspaceId) continue;
    const line = (lines.get(id) ?? [])
      .toReversed()
      .map((moment) => ({ at: moment.at, score: moment.after, delta: moment.after - moment.before, initiative: moment.initiative }));
    standings.set(id, {
      ...scoreAt(row, at),
      atRisk: row.atRisk,
      poorExperiences: poor.get(id) ?? 0,
      reason: falls.get(id) ?? null,
      line,
    });
  }
  return standings;
}
