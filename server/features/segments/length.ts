const UNITS: Readonly<Record<string, { ms: number; name: string }>> = {
  s: { ms: 1_000, name: "second" },
  m: { ms: 60_000, name: "minute" },
  h: { ms: 3_600_000, name: "hour" },
  d: { ms: 86_400_000, name: "day" },
};

/** A length of time in milliseconds: `30d`, `12h`, `15m`, `45s`. A day has 24 hours. */
export function lengthOf(text: string): number {
  return Number.parseInt(text, 10) * (UNITS[text.at(-1) ?? ""]?.ms ?? Number.NaN);
}

/** "30 days", "1 hour". */
export function lengthInWords(text: string): string {
  const count = Number.parseInt(text, 10);
  return `${count} ${UNITS[text.at(-1) ?? ""]?.name ?? "?"}${count === 1 ? "" : "s"}`;
}
