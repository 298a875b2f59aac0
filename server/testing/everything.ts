import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { anywhere } from "../platform/db/index.ts";

/** The tables of which a copy holds one of the words. */
export async function tablesWith(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [table, text] of Object.entries(await tableTexts())) {
    if (words.some((word) => text.toLowerCase().includes(word))) found.push(table);
  }
  return found.sort();
}

/** A copy of every table of every schema, as text; bytes as the text that they are. */
export async function tableTexts(only?: readonly string[]): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)' and c.relkind in ('r', 'p', 'm')
      and not c.relispartition`.execute(anywhere().db);
  const texts: Record<string, string> = {};
  for (const { schema, name } of tables) {
    if (only && !only.includes(name)) continue;
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(
      anywhere().db,
    );
    texts[name] = [texts[name] ?? [], rows.map(({ row }) => withBytesRead(row))].flat().join("\n");
  }
  return texts;
}

function withBytesRead(row: string): string {
  return row.replaceAll(/"\\\\x((?:[0-9a-f]{2})+)"/g, (_, hex: string) => JSON.stringify(Buffer.from(hex, "hex").toString("latin1")));
}

/** The files in a folder that hold one of the words. */
export function filesWith(folder: string, words: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const path = join(folder, name);
    if (!statSync(path).isFile()) return false;
    const text = readFileSync(path, "latin1").toLowerCase();
    return words.some((word) => text.includes(word));
  });
}
