/** A JSON object that came from outside. */
export type Json = Record<string, unknown>;

/** What JSON bytes say. Some programs write a mark before it, which RFC 8259 lets us pass over. @throws SyntaxError */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString("utf8");
  return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a name, or an empty one. */
export function objectAt(from: Json, name: string): Json {
  const value = from[name];
  return isJson(value) ? value : NOTHING;
}

const NOTHING: Json = Object.freeze({});

/** A text that says something; numbers count as the text they look like. Null for all else. */
export function textOf(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text === "" ? null : text;
}

/** A text that came as one and says something; null for all else, numbers too. */
export function wordsOf(value: unknown): string | null {
  return typeof value === "string" ? textOf(value) : null;
}

/** Whether a value is nested deeper than `levels`; looks no further than that. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const each of Object.values(value)) if (isDeeper(each, levels - 1)) return true;
  return false;
}

/** The same, with "…" for what is nested deeper than `levels`. */
export function cutBelow(value: unknown, levels: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (levels === 0) return "…";
  if (Array.isArray(value)) return value.map((each) => cutBelow(each, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cutBelow(each, levels - 1)]));
}
