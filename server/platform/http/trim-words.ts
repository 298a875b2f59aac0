import { READABLE } from "./schemas.ts";

/** What was given without the space around its `Words`, wherever the schema has them. */
export function trimWords(schema: unknown, value: unknown): unknown {
  if (!isObject(schema)) return value;
  if (typeof value === "string") return hasWords(schema) ? value.trim() : value;
  if (Array.isArray(value)) return "items" in schema ? value.map((each) => trimWords(schema["items"], each)) : value;
  if (!isObject(value)) return value;
  const named = new Map(branchesOf(schema).flatMap((branch) => Object.entries(branch["properties"] ?? {})));
  if (named.size === 0) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, named.has(name) ? trimWords(named.get(name), each) : each]));
}

function hasWords(schema: Schema): boolean {
  return branchesOf(schema).some((branch) => branch["pattern"] === READABLE);
}

function branchesOf(schema: Schema): Schema[] {
  const branches = schema["anyOf"];
  return Array.isArray(branches) ? branches.filter(isObject).flatMap(branchesOf) : [schema];
}

type Schema = Record<string, unknown>;

function isObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}
