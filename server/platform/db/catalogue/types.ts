import type { Catalogue, Column } from "./read.ts";

/** The tables as TypeScript interfaces for Kysely. Partitions are left out: they are reached through their table. */
export function typesText(catalogue: Catalogue, digest: string): string {
  const enums = new Map(catalogue.enums.map(({ name, labels }) => [name, labels.map((label) => JSON.stringify(label)).join(" | ")]));
  const shapes = [
    ...catalogue.tables.filter(({ parent }) => parent === null),
    ...catalogue.views.map((view) => ({ ...view, columns: view.columns.map(asRead) })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const body = [
    ...shapes.map(({ name, columns }) => interfaceText(name, columns, enums)),
    `export interface DB {\n${shapes.map(({ name }) => `  ${name}: ${pascal(name)}Table;`).join("\n")}\n}`,
  ].join("\n\n");
  const imports = ["ColumnType", "Generated", "GeneratedAlways"].filter((name) => new RegExp(`\\b${name}<`).test(body));
  const head = `// Written from the catalogue by "npm run schema". Do not edit: write a migration.\n// migrations: ${digest}\n`;
  return `${head}${imports.length > 0 ? `import type { ${imports.join(", ")} } from "kysely";\n` : ""}\n${body}\n`;
}

function interfaceText(name: string, columns: Column[], enums: Map<string, string>): string {
  return `export interface ${pascal(name)}Table {\n${columns.map((column) => `  ${column.name}: ${typeOf(column, enums)};`).join("\n")}\n}`;
}

function typeOf(column: Column, enums: Map<string, string>): string {
  const one = byType[column.base] ?? enums.get(column.base) ?? "string";
  const plain = column.isArray ? (/[ |]/.test(one) ? `(${one})[]` : `${one}[]`) : one;
  const type = column.notNull || plain === "unknown" ? plain : `${plain} | null`;
  if (column.identity === "a" || column.generated) return `GeneratedAlways<${type}>`;
  if (column.identity === "d" || column.default !== null) return `Generated<${type}>`;
  return type;
}

/** Columns of a view may be null whatever they are in its tables, and are never written. */
function asRead(column: Column): Column {
  return { ...column, default: null, identity: "", generated: false };
}

/** What platform/db/values.ts makes of each type. Others are read as text. */
const byType: Record<string, string> = {
  int2: "number",
  int4: "number",
  int8: "number",
  oid: "number",
  float4: "number",
  float8: "number",
  numeric: "ColumnType<string, string | number, string | number>",
  bool: "boolean",
  bytea: "Buffer",
  timestamptz: "Date",
  timestamp: "Date",
  json: "unknown",
  jsonb: "unknown",
};

function pascal(name: string): string {
  return name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
