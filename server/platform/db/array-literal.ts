/**
 * A list as Postgres writes arrays ({1,2,NULL}, {"a","b"}), for `unnest`. The driver makes the same text from a
 * list, in several times as long: for batches of thousands of rows that is most of the work.
 */
export function arrayLiteral(values: readonly (string | number | Date | null)[]): string {
  let text = "{";
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ",";
    text += element(values[index] ?? null);
  }
  return `${text}}`;
}

function element(value: string | number | Date | null): string | number {
  if (value === null) return "NULL";
  if (typeof value === "number") return value;
  if (value instanceof Date) return `"${value.toISOString()}"`;
  return special.test(value) ? `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"` : `"${value}"`;
}

const special = /["\\]/;
