import type { Moment } from "./moments.ts";

/**
 * The line in words, for those who do not see it:
 * "72 until 5 November, falling to 46; two poor experiences".
 */
export function lineSentence(moments: readonly Moment[], formatDay: (at: number) => string): string {
  const first = moments[0];
  const last = moments.at(-1);
  if (!first || !last) return "No moments yet. The line starts with the first one.";
  if (moments.length === 1) return `One moment, ${formatDay(first.at)}: ${Math.round(first.score)}`;

  const poor = moments.filter((moment) => moment.points <= -3).length;
  const turn = biggestTurn(moments);
  const end = Math.round(last.score);
  const poorWords = poor === 0 ? "" : `; ${inWords(poor)} poor ${poor === 1 ? "experience" : "experiences"}`;
  if (!turn) return `Steady, ${end} since ${formatDay(first.at)}${poorWords}`;

  const before = Math.round(turn.before);
  const direction = end < before ? `falling to ${end}` : end > before ? `rising to ${end}` : `and ${end} again now`;
  return `${before} until ${formatDay(turn.at)}, ${direction}${poorWords}`;
}

function biggestTurn(moments: readonly Moment[]): { before: number; at: number } | null {
  let found: { before: number; at: number; size: number } | null = null;
  for (const [index, moment] of moments.entries()) {
    const earlier = moments[index - 1];
    if (!earlier) continue;
    const size = Math.abs(moment.score - earlier.score);
    if (size >= 3 && size > (found?.size ?? 0)) found = { before: earlier.score, at: moment.at, size };
  }
  return found;
}

function inWords(count: number): string {
  return ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][count] ?? String(count);
}
