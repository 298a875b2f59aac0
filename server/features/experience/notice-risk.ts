import type { EverywhereTx } from "../../platform/db/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { publicId } from "../../platform/ids.ts";
import { record } from "../interactions/index.ts";
import { poorSince, recoveredAt, saveScores, scoresIn, type ScoreRow } from "./queries.ts";
import { PARAMETERS } from "./score.ts";

const ENOUGH = 2;
/** What an import or the sample tells of long ago is nothing to be woken for. */
const OLD_NEWS_MS = 86_400_000;

/** Marks customers with two poor experiences within the window, and says so in the log, once for each time it comes to that. */
export async function noticeRisk(tx: EverywhereTx, customerIds: readonly number[]): Promise<void> {
  const poor = await poorSince(tx, customerIds, windowStart(tx.now));
  const scores = await scoresIn(tx, customerIds);
  const changed: ScoreRow[] = [];
  for (const score of scores.values()) {
    const count = poor.get(score.customerId) ?? 0;
    if (score.atRisk === isAtRisk(count)) continue;
    changed.push({ ...score, atRisk: isAtRisk(count) });
    await tell(tx, score, count);
  }
  await saveScores(
    tx,
    changed.sort((a, b) => a.customerId - b.customerId),
  );
}

/** Time alone ends a risk: nobody writes to the log when a poor experience grows old. */
export async function noticeRecoveries(tx: EverywhereTx, limit: number): Promise<number> {
  const rows = await recoveredAt(tx, windowStart(tx.now), limit);
  for (const row of rows) await tell(tx, row, 0);
  await saveScores(
    tx,
    rows.map((row) => ({ ...row, atRisk: false })),
  );
  return rows.length;
}

async function tell(tx: EverywhereTx, score: ScoreRow, poor: number): Promise<void> {
  const isRisk = isAtRisk(poor);
  const [recorded] = await record(tx.within(score.workspaceId), {
    kind: isRisk ? "experience.at-risk" : "experience.recovered",
    customerId: score.customerId,
    initiative: null,
    occurredAt: score.lastAt,
    properties: { poorExperiences: poor, since: publicId("int", score.lastPosition) },
    source: "experience",
    sourceKey: `${isRisk ? "risk" : "recovered"}:${score.customerId}:${score.lastPosition}`,
  });
  const isNews = recorded !== null && tx.now.getTime() - score.lastAt.getTime() < OLD_NEWS_MS;
  if (isRisk && isNews) await enqueue(tx, "experience.tell-owner", { workspaceId: score.workspaceId, customerId: score.customerId });
}

/** @param poor how many poor experiences within the window */
export function isAtRisk(poor = 0): boolean {
  return poor >= ENOUGH;
}

export function windowStart(now: Date): Date {
  return new Date(now.getTime() - PARAMETERS.poorWindowDays * 86_400_000);
}
