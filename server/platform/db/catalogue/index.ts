import { join } from "node:path";
import pg from "pg";
import { digestOfMigrations } from "../migrate.ts";
import { readCatalogue } from "./read.ts";
import { schemaText } from "./schema.ts";
import { typesText } from "./types.ts";

const root = join(import.meta.dirname, "../../../..");
export const schemaFile = join(root, "db/schema.sql");
export const typesFile = join(root, "server/platform/db/tables.gen.ts");

export interface GeneratedFile {
  path: string;
  text: string;
}

/** What db/schema.sql and tables.gen.ts have to say of a migrated database. */
export async function generateFrom(connectionString: string): Promise<GeneratedFile[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const catalogue = await readCatalogue(client);
    const digest = await digestOfMigrations();
    return [
      { path: schemaFile, text: schemaText(catalogue, digest) },
      { path: typesFile, text: typesText(catalogue, digest) },
    ];
  } finally {
    await client.end();
  }
}

/** The digest that a generated file says it was made from; needs no database. */
export function digestIn(text: string): string | undefined {
  return /^-- migrations: (\w+)$|^\/\/ migrations: (\w+)$/m.exec(text)?.slice(1).find(Boolean);
}
