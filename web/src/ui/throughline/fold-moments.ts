import type { Moment } from "./moments.ts";

/**
 * Folds runs of three or more alike moments (same words but for their numbers, same
 * initiative, nothing that was felt much) into one that stands for them all. Nothing is
 * folded while everything fits.
 */
export function foldMoments(moments: readonly Moment[], fitting: number): Moment[] {
  if (moments.length <= fitting) return [...moments];
  const folded: Moment[] = [];
  for (const run of runs(moments)) {
    const last = run.at(-1);
    if (!last) continue;
    if (run.length < 3) folded.push(...run);
    else folded.push({ ...last, label: wordsOf(last), points: sum(run), count: run.length, detail: undefined });
  }
  return folded.length <= fitting ? folded : foldQuiet(folded, fitting);
}

function runs(moments: readonly Moment[]): Moment[][] {
  const found: Moment[][] = [];
  for (const moment of moments) {
    const run = found.at(-1);
    if (run?.[0] && alike(run[0], moment)) run.push(moment);
    else found.push([moment]);
  }
  return found;
}

const felt = 3;

function alike(a: Moment, b: Moment): boolean {
  return wordsOf(a) === wordsOf(b) && a.initiative === b.initiative && Math.abs(a.points) < felt && Math.abs(b.points) < felt;
}

/** "Order 3012 on time" and "Order 3013 on time" say the same: "Order on time". */
function wordsOf(moment: Moment): string {
  return (moment.label ?? "").replaceAll(/\s*\S*\d\S*/gu, "").trim();
}

/** When words differ too much to fold, the oldest moments become one. */
function foldQuiet(moments: readonly Moment[], fitting: number): Moment[] {
  const kept = moments.slice(moments.length - fitting + 1);
  const older = moments.slice(0, moments.length - fitting + 1);
  const last = older.at(-1);
  if (!last) return [...kept];
  const count = older.reduce((total, moment) => total + (moment.count ?? 1), 0);
  return [{ ...last, points: sum(older), count, label: `${count} earlier moments`, detail: "" }, ...kept];
}

function sum(moments: readonly Moment[]): number {
  return moments.reduce((total, moment) => total + moment.points, 0);
}
