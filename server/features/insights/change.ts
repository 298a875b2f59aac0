import type { Metric, Sample } from "./metrics.ts";
import { meanOf, meansDiffer, quantileOf, sharesDiffer, survivalOf, waitsDiffer } from "./statistics.ts";

export interface Change {
  /** In the metric's own unit; percentage points for shares. */
  value: number;
  /** Whether it is more than chance (5 %, two-sided). */
  significant: boolean;
  better: boolean;
}

/** Below this many rows on either side, no change is drawn. */
const FEWEST = 10;

/** How a figure moved against the period before; null when that cannot be told. */
export function change(metric: Pick<Metric, "moreIsBetter">, now: Sample, before: Sample): Change | null {
  const moved = difference(now, before);
  return moved && { ...moved, better: moved.value > 0 === metric.moreIsBetter };
}

function difference(now: Sample, before: Sample): { value: number; significant: boolean } | null {
  if (sizeOf(now) < FEWEST || sizeOf(before) < FEWEST) return null;
  if (now.kind === "share" && before.kind === "share") {
    const value = 100 * (now.share.successes / now.share.n - before.share.successes / before.share.n);
    return { value, significant: sharesDiffer(now.share, before.share) };
  }
  if (now.kind === "mean" && before.kind === "mean") {
    const [a, b] = [meanOf(now.values), meanOf(before.values)];
    return a && b && { value: a.mean - b.mean, significant: meansDiffer(a, b) };
  }
  if (now.kind === "duration" && before.kind === "duration") {
    const [a, b] = [quantileOf(survivalOf(now.durations), 0.5), quantileOf(survivalOf(before.durations), 0.5)];
    return a === null || b === null ? null : { value: a - b, significant: waitsDiffer(now.durations, before.durations) };
  }
  return null;
}

function sizeOf(sample: Sample): number {
  if (sample.kind === "duration") return sample.durations.length;
  return sample.kind === "share" ? sample.share.n : sample.values.length;
}
