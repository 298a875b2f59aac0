import type { Experience, LinePoint } from "../../../../sdk/index.ts";
import type { Moment } from "../../ui/throughline/index.ts";

/** The small line of a row, as moments. */
export function momentsOfLine(line: readonly LinePoint[]): Moment[] {
  return line.map(({ at, score, delta, initiative }) => ({ at: new Date(at).getTime(), score, points: delta, initiative }));
}

/** The whole line of a customer, as moments with their words. */
export function momentsOfExperience(experience: Experience): Moment[] {
  return experience.line.map((point) => ({
    id: point.interactionId,
    at: new Date(point.at).getTime(),
    score: point.score,
    low: point.low,
    high: point.high,
    points: point.points,
    initiative: point.initiative,
    label: point.reason,
    before: point.before,
    stage: point.stage,
  }));
}

/** The biggest fall or rise that still shows: by how much, and since when. */
export function changeSince(moments: readonly Moment[]): { points: number; at: number } | null {
  const now = moments.at(-1)?.score;
  if (now === undefined || moments.length < 3) return null;
  let found: { points: number; at: number } | null = null;
  for (const [index, moment] of moments.slice(0, -1).entries()) {
    const points = now - moment.score;
    if (Math.abs(points) < 5 || Math.abs(points) <= Math.abs(found?.points ?? 0)) continue;
    found = { points, at: moments[index + 1]?.at ?? moment.at };
  }
  return found;
}
