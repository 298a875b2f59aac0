import { meanInterval, meanOf, medianInterval, quantileOf, survivalOf, wilson, type Duration, type Share } from "./statistics.ts";

/** A metric's value, how sure it is, and what it rests on. */
export interface Figure {
  /** Null when it cannot be told. */
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  /** What stands beside it: "9 in 10 within 9 h 40", "612 answers". */
  note: string | null;
}

export function durationFigure(durations: readonly Duration[]): Figure {
  const steps = survivalOf(durations);
  const interval = medianInterval(steps);
  const nine = quantileOf(steps, 0.9);
  return {
    value: quantileOf(steps, 0.5),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: durations.length,
    note: nine === null ? null : `9 in 10 within ${inHours(nine)}`,
  };
}

export function shareFigure({ successes, n }: Share): Figure {
  if (n === 0) return { value: null, low: null, high: null, n, note: null };
  return { value: (100 * successes) / n, ...wilson(successes, n), n, note: `${successes} of ${n}` };
}

export function meanFigure(values: readonly number[]): Figure {
  const mean = meanOf(values);
  if (mean === null) return { value: null, low: null, high: null, n: 0, note: null };
  return { value: mean.mean, ...meanInterval(mean), n: mean.n, note: mean.n === 1 ? "1 customer" : `${mean.n} customers` };
}

function inHours(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  if (whole >= 2880) return `${Math.round(whole / 1440)} days`;
  const rest = whole % 60;
  return rest === 0 ? `${Math.floor(whole / 60)} h` : `${Math.floor(whole / 60)} h ${String(rest).padStart(2, "0")}`;
}
