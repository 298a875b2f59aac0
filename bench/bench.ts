/** One line of the benchmark: a number, what it must be, and what this machine could do at most in the same run. */
export interface Reading {
  measure: string;
  value: number;
  unit: string;
  /** What the machine did without our part, in the same unit and in the same minutes. */
  limit?: number;
  /** The ratio or value that is promised. */
  wanted: string;
  met: boolean;
  [detail: string]: unknown;
}

/** What a measure is given: a fresh installation on the embedded Postgres, with its production settings. */
export interface Place {
  connectionString: string;
  workspaceId: number;
}

export type Measure = (place: Place) => Promise<Reading[]>;

export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
}

/** The value below which `share` of the numbers lie: 0.99 for p99. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
