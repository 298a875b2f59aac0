import { READABLE } from "./schemas.ts";

export type Schema = Record<string, unknown>;

/** Of a text, number, list or literal, in a few words. */
export function wrongOfLeaf(schema: Schema, value: unknown): string {
  if ("const" in schema || kindOf(schema) !== kindIn(value, kindOf(schema))) return `must be ${wordOf(schema)}`;
  const size = typeof value === "string" ? [...value].length : Array.isArray(value) ? value.length : Number(value);
  const [unit, lows, highs] =
    typeof value === "string"
      ? [" characters", "minLength", "maxLength"]
      : Array.isArray(value)
        ? [" entries", "minItems", "maxItems"]
        : ["", "minimum", "maximum"];
  const [low, high] = [schema[lows ?? ""], schema[highs ?? ""]];
  if (typeof value === "string" && (size === 0 || isBlank(schema, value))) return "must not be blank";
  if (typeof low === "number" && size < low) return `must ${unit === "" ? "be" : "have"} at least ${low}${unit}`;
  if (typeof high === "number" && size > high) return `must ${unit === "" ? "be" : "have"} at most ${high}${unit}`;
  if (schema["format"] === "date-time") return "must be a moment such as 2026-11-13T08:00:00Z";
  return typeof schema["description"] === "string"
    ? `is not as it is written: ${schema["description"].replace(/\.$/, "")}`
    : "is not valid";
}

function isBlank(schema: Schema, value: string): boolean {
  return schema["pattern"] === READABLE && !new RegExp(READABLE, "u").test(value);
}

const WORDS: Record<string, string> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};

/** What stands for a schema in a sentence: "text", or the one value that it takes. */
export function wordOf(schema: Schema): string {
  return "const" in schema ? String(schema["const"]) : (WORDS[kindOf(schema)] ?? "something else");
}

/** The kind of JSON that a schema takes; empty where it takes several. */
export function kindOf(schema: Schema): string {
  return typeof schema["type"] === "string" ? schema["type"] : "";
}

/** The kind that a value is; a whole number is of the kind that is asked for. */
export function kindIn(value: unknown, wanted: string): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return wanted === "integer" && Number.isInteger(value) ? "integer" : typeof value;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
