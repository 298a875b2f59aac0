const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON that Postgres takes as jsonb: without NUL and without halves of surrogate pairs, which a cut may leave behind.
 * A half becomes U+FFFD, a NUL nothing.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!UNSTORABLE.test(text)) return text;
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === "string") return clean(each);
    return isPlain(each) ? Object.fromEntries(Object.entries(each).map(([name, one]) => [clean(name), one])) : each;
  });
}

function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
