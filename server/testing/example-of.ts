/** The smallest body that a schema of the contract takes; undefined where there is none. @param named the contract's own schemas */
export function exampleOf(schema: unknown, named: Record<string, unknown> = {}): unknown {
  if (!isSchema(schema)) return undefined;
  if (typeof schema["$ref"] === "string") return exampleOf(named[schema["$ref"].split("/").at(-1) ?? ""], named);
  if ("const" in schema) return schema["const"];
  const choices = schema["anyOf"];
  if (Array.isArray(choices)) return exampleOf(choices[0], named);
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  switch (schema["type"]) {
    case "object":
      return objectExample(schema, named);
    case "array":
      return Array.from({ length: Number(schema["minItems"] ?? 0) }, () => exampleOf(schema["items"], named));
    case "string":
      return stringExample(schema);
    case "integer":
    case "number":
      return Number(schema["minimum"] ?? 1);
    case "boolean":
      return true;
    default:
      return null;
  }
}

type Schema = Record<string, unknown>;

function objectExample(schema: Schema, named: Record<string, unknown>): object {
  const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name], named)]));
}

function stringExample(schema: Schema): string {
  if (schema["format"] === "date-time") return "2026-11-13T08:00:00Z";
  const pattern = String(schema["pattern"] ?? "");
  if (pattern.includes("@")) return "maria@fjord.example";
  if (pattern === "^[A-Z]{3}$") return "GBP";
  return "a".repeat(Math.max(1, Number(schema["minLength"] ?? 1)));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null;
}
