/** The few statistics that figures need. Each names its source. */

export interface Interval {
  low: number;
  high: number;
}

/** 95 %, two-sided. */
const Z = 1.959963984540054;

/** Wilson's score interval for a share (Wilson 1927), in percent: 42 of 50 → 84 [71.5, 91.7]. */
export function wilson(successes: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 100 };
  const p = successes / n;
  const centre = p + (Z * Z) / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  const scale = 100 / (1 + (Z * Z) / n);
  return { low: Math.max(0, (centre - spread) * scale), high: Math.min(100, (centre + spread) * scale) };
}

/** How long something took; not observed while it still runs. */
export interface Duration {
  value: number;
  observed: boolean;
}

interface SurvivalStep {
  at: number;
  survival: number;
  /** Greenwood's variance of the survival. */
  variance: number;
}

/** The product-limit estimate of Kaplan and Meier (1958). */
export function survivalOf(durations: readonly Duration[]): SurvivalStep[] {
  const sorted = durations.toSorted((a, b) => a.value - b.value || Number(b.observed) - Number(a.observed));
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let index = 0; index < sorted.length;) {
    const at = sorted[index]?.value ?? 0;
    const atRisk = sorted.length - index;
    let events = 0;
    while (index < sorted.length && sorted[index]?.value === at) {
      if (sorted[index]?.observed) events += 1;
      index += 1;
    }
    if (events === 0) continue;
    survival *= 1 - events / atRisk;
    if (atRisk > events) greenwood += events / (atRisk * (atRisk - events));
    steps.push({ at, survival, variance: survival * survival * greenwood });
  }
  return steps;
}

/** When a share of them was over: the median for .5. Null when so few are over that it cannot be told. */
export function quantileOf(steps: readonly SurvivalStep[], share: number): number | null {
  return steps.find((step) => step.survival <= 1 - share + 1e-12)?.at ?? null;
}

/** The interval of the median after Brookmeyer and Crowley (1982): where the survival does not differ from a half. */
export function medianInterval(steps: readonly SurvivalStep[]): Interval | null {
  const inside = steps.filter((step) => Math.abs(step.survival - 0.5) <= Z * Math.sqrt(step.variance));
  const low = inside[0]?.at;
  const last = inside.at(-1);
  if (low === undefined || last === undefined) return null;
  const after = steps.find((step) => step.at > last.at);
  return { low, high: after?.at ?? last.at };
}

export interface Mean {
  mean: number;
  error: number;
  n: number;
}

export function meanOf(values: readonly number[]): Mean | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = n < 2 ? 0 : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { mean, error: Math.sqrt(variance / n), n };
}

/** Null for a single value, which says nothing of its spread. */
export function meanInterval({ mean, error, n }: Mean): Interval | { low: null; high: null } {
  return n < 2 ? { low: null, high: null } : { low: mean - Z * error, high: mean + Z * error };
}

/** Whether two means differ (Welch's statistic against the normal, for samples of this size). */
export function meansDiffer(a: Mean, b: Mean): boolean {
  const error = Math.hypot(a.error, b.error);
  return error > 0 && Math.abs(a.mean - b.mean) / error > Z;
}

export interface Share {
  successes: number;
  n: number;
}

/** Whether two shares differ (z test with the pooled share). */
export function sharesDiffer(a: Share, b: Share): boolean {
  if (a.n === 0 || b.n === 0) return false;
  const pooled = (a.successes + b.successes) / (a.n + b.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n));
  return error > 0 && Math.abs(a.successes / a.n - b.successes / b.n) / error > Z;
}

/** Whether two waits differ (the log-rank test of Mantel 1966). */
export function waitsDiffer(a: readonly Duration[], b: readonly Duration[]): boolean {
  const all = [...a.map((each) => ({ ...each, first: true })), ...b.map((each) => ({ ...each, first: false }))].sort(
    (x, y) => x.value - y.value,
  );
  let [inA, total, observed, expected, variance] = [a.length, all.length, 0, 0, 0];
  for (let index = 0; index < all.length;) {
    const at = all[index]?.value;
    let [events, eventsA, gone, goneA] = [0, 0, 0, 0];
    for (; index < all.length && all[index]?.value === at; index += 1) {
      const each = all[index];
      gone += 1;
      if (each?.first) goneA += 1;
      if (each?.observed) events += 1;
      if (each?.observed && each.first) eventsA += 1;
    }
    observed += eventsA;
    expected += (events * inA) / total;
    if (total > 1) variance += (events * (inA / total) * (1 - inA / total) * (total - events)) / (total - 1);
    inA -= goneA;
    total -= gone;
  }
  return variance > 0 && Math.abs(observed - expected) / Math.sqrt(variance) > Z;
}
