import type { Catalogue, Column, Table } from "./read.ts";

/** The whole schema as SQL that makes it anew in an empty database. The same catalogue gives the same text. */
export function schemaText(catalogue: Catalogue, digest: string): string {
  const { tables } = catalogue;
  const parts = [
    `-- Written from the catalogue by "npm run schema". Do not edit: write a migration.\n-- migrations: ${digest}`,
    catalogue.extensions.map((name) => `CREATE EXTENSION IF NOT EXISTS ${quoted(name)};`).join("\n"),
    ...catalogue.enums.map(({ name, labels }) => `CREATE TYPE ${quoted(name)} AS ENUM (${labels.map(literal).join(", ")});`),
    ...catalogue.sequences.map(({ name, definition }) => `CREATE SEQUENCE ${quoted(name)} ${definition};`),
    ...tables.filter(({ parent }) => parent === null).map(tableText),
    ...tables.filter(({ parent }) => parent !== null).map(partitionText),
    tables.flatMap(foreignKeys).join("\n"),
    catalogue.indexes.map((definition) => `${definition};`).join("\n"),
    ...catalogue.views.map(({ name, definition }) => `CREATE VIEW ${quoted(name)} AS\n${definition.trim()}`),
    ...catalogue.functions.map((definition) => `${definition.trim()};`),
    catalogue.triggers.map((definition) => `${definition};`).join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function tableText(table: Table): string {
  const lines = [
    ...table.columns.map(columnText),
    ...table.constraints.filter(({ kind }) => kind !== "f").map(({ name, definition }) => `CONSTRAINT ${quoted(name)} ${definition}`),
  ];
  const partitioned = table.partitionKey === null ? "" : ` PARTITION BY ${table.partitionKey}`;
  return `CREATE TABLE ${quoted(table.name)} (\n${lines.map((line) => `  ${line}`).join(",\n")}\n)${partitioned};`;
}

function partitionText(table: Table): string {
  const partitioned = table.partitionKey === null ? "" : ` PARTITION BY ${table.partitionKey}`;
  return `CREATE TABLE ${quoted(table.name)} PARTITION OF ${quoted(table.parent ?? "")} ${table.bounds ?? ""}${partitioned};`;
}

function columnText(column: Column): string {
  const words = [quoted(column.name), column.type];
  if (column.identity !== "") words.push(`GENERATED ${column.identity === "a" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`);
  else if (column.generated) words.push(`GENERATED ALWAYS AS (${column.default ?? ""}) STORED`);
  else if (column.default !== null) words.push(`DEFAULT ${column.default}`);
  if (column.notNull && column.identity === "") words.push("NOT NULL");
  return words.join(" ");
}

function foreignKeys(table: Table): string[] {
  return table.constraints
    .filter(({ kind }) => kind === "f")
    .map(({ name, definition }) => `ALTER TABLE ${quoted(table.name)} ADD CONSTRAINT ${quoted(name)} ${definition};`);
}

const reserved = new Set([
  "user",
  "order",
  "group",
  "table",
  "check",
  "default",
  "end",
  "from",
  "to",
  "limit",
  "references",
  "primary",
  "select",
  "where",
]);

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
