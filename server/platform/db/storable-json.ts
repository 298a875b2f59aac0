const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON that Postgres takes as jsonb: without NUL and without halves of surrogate pairs, which a cut may leave behind.
 * A half becomes U+FFFD, a NUL nothing.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!UNSTORABLE.test(text)) return text;
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === "string" ? each.replaceAll("\0", "").toWellFormed() : each));
}
