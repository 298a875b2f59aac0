import { sql, type RawBuilder } from "kysely";
import { arrayLiteral, storableJson, type Scope, type Tx } from "../../platform/db/index.ts";
import type { Mapping } from "./cells.ts";
import type { Encoding } from "./encoding.ts";
import type { ThingName } from "./fields.ts";
import type { Place } from "./read-records.ts";

export type ImportState = "ready" | "trying" | "tried" | "running" | "done" | "failed" | "cancelled";

export interface Counts {
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
}

export interface Import extends Place {
  id: number;
  workspaceId: number;
  thing: ThingName;
  name: string;
  digest: string;
  /** SHA-256 of its text; null of those that came before it was kept. */
  contentHash: string | null;
  size: number;
  format: "csv" | "ndjson";
  encoding: Encoding;
  delimiter: string | null;
  columns: string[];
  sample: Record<string, unknown>[];
  mapping: Mapping;
  state: ImportState;
  counts: Counts;
  trial: Counts | null;
  error: string | null;
  createdBy: string;
  createdAt: Date;
  endedAt: Date | null;
}

const IMPORT = sql`id, workspace_id as "workspaceId", thing, name, digest, content_hash as "contentHash", size, format, encoding, delimiter, columns, sample, mapping, state,
  position, line, jsonb_build_object('new', new_count, 'changed', changed_count, 'unchanged', unchanged_count, 'refused', refused_count) as counts,
  trial, error, created_by as "createdBy", created_at as "createdAt", ended_at as "endedAt"`;

export type NewImport = Pick<
  Import,
  | "thing"
  | "name"
  | "digest"
  | "contentHash"
  | "size"
  | "format"
  | "encoding"
  | "delimiter"
  | "columns"
  | "sample"
  | "mapping"
  | "createdBy"
  | "position"
  | "line"
>;

export async function insertImport(tx: Tx, row: NewImport): Promise<Import> {
  const { rows } = await sql<Import>`
    insert into imports (workspace_id, thing, name, digest, content_hash, size, format, encoding, delimiter, columns, sample, mapping, state, position, line, created_by, created_at)
    values (${tx.workspaceId}, ${row.thing}, ${row.name}, ${row.digest}, ${row.contentHash}, ${row.size}, ${row.format}, ${row.encoding}, ${row.delimiter},
      ${storableJson(row.columns)}::jsonb, ${storableJson(row.sample)}::jsonb, ${storableJson(row.mapping)}::jsonb, 'ready', ${row.position},
      ${row.line}, ${row.createdBy}, ${tx.now})
    returning ${IMPORT}`.execute(tx.db);
  const [made] = rows;
  if (!made) throw new Error("an import was not kept");
  return made;
}

export async function findImport(scope: Scope, id: number): Promise<Import | undefined> {
  const { rows } = await sql<Import>`select ${IMPORT} from imports where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(
    scope.db,
  );
  return rows[0];
}

export async function lockImport(tx: Tx, id: number): Promise<Import | undefined> {
  const { rows } = await sql<Import>`
    select ${IMPORT} from imports where workspace_id = ${tx.workspaceId} and id = ${id} for update`.execute(tx.db);
  return rows[0];
}

/** The newest first. */
export async function listImports(scope: Scope, page: { before: number | null; limit: number }): Promise<Import[]> {
  const { rows } = await sql<Import>`
    select ${IMPORT} from imports where workspace_id = ${scope.workspaceId} and (${page.before}::bigint is null or id < ${page.before})
    order by id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

export async function setMapping(tx: Tx, id: number, mapping: Mapping): Promise<void> {
  await change(tx, id, sql`mapping = ${storableJson(mapping)}::jsonb, state = 'ready', trial = null, error = null`);
}

/** Begins to read the file, from its first record. */
export async function start(tx: Tx, id: number, state: "trying" | "running", first: Place): Promise<void> {
  await sql`delete from import_refusals where workspace_id = ${tx.workspaceId} and import_id = ${id}`.execute(tx.db);
  await sql`delete from import_seen where workspace_id = ${tx.workspaceId} and import_id = ${id}`.execute(tx.db);
  const begin = sql`position = ${first.position}, line = ${first.line}, new_count = 0, changed_count = 0, unchanged_count = 0, refused_count = 0`;
  await change(tx, id, sql`state = ${state}, error = null, ${begin}`);
}

/** How far one has got, and what became of the lines on the way. */
export async function advance(tx: Tx, id: number, to: Place, by: Counts): Promise<void> {
  await change(
    tx,
    id,
    sql`position = ${to.position}, line = ${to.line}, new_count = new_count + ${by.new}, changed_count = changed_count + ${by.changed},
      unchanged_count = unchanged_count + ${by.unchanged}, refused_count = refused_count + ${by.refused}`,
  );
}

export async function endTrial(tx: Tx, id: number): Promise<void> {
  await sql`delete from import_seen where workspace_id = ${tx.workspaceId} and import_id = ${id}`.execute(tx.db);
  const counts = sql`jsonb_build_object('new', new_count, 'changed', changed_count, 'unchanged', unchanged_count, 'refused', refused_count)`;
  await change(tx, id, sql`state = 'tried', trial = ${counts}`);
}

/** The file goes with the end; its first lines are no longer shown. */
export async function end(tx: Tx, id: number, state: "done" | "failed" | "cancelled", error: string | null = null): Promise<void> {
  await sql`delete from import_seen where workspace_id = ${tx.workspaceId} and import_id = ${id}`.execute(tx.db);
  await change(tx, id, sql`state = ${state}, error = ${error}, sample = '[]', ended_at = ${tx.now}`);
}

async function change(tx: Tx, id: number, what: RawBuilder<unknown>): Promise<void> {
  await sql`update imports set ${what} where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db);
}

/** What a trial met before under these keys, and remembers them. @param others keys that are only looked for */
export async function seenBefore(
  tx: Tx,
  id: number,
  seen: readonly { key: string; content: string }[],
  others: readonly string[],
): Promise<Map<string, string>> {
  if (seen.length === 0 && others.length === 0) return new Map();
  const keys = arrayLiteral(seen.map((each) => each.key));
  const wanted = arrayLiteral([...seen.map((each) => each.key), ...others]);
  const { rows } = await sql<{ key: string; content: string }>`
    select key::text as key, content::text as content from import_seen
    where workspace_id = ${tx.workspaceId} and import_id = ${id} and key = any(${wanted}::uuid[])`.execute(tx.db);
  await sql`
    insert into import_seen (import_id, workspace_id, key, content)
    select ${id}, ${tx.workspaceId}, key, content from unnest(${keys}::uuid[], ${arrayLiteral(seen.map((each) => each.content))}::uuid[]) as given (key, content)
    on conflict do nothing`.execute(tx.db);
  return new Map(rows.map((row) => [row.key, row.content]));
}

/** Imports that nobody went on with. */
export async function staleImports(
  { db }: Pick<Scope, "db">,
  before: Date,
  limit: number,
): Promise<Pick<Import, "id" | "workspaceId" | "digest">[]> {
  const { rows } = await sql<Pick<Import, "id" | "workspaceId" | "digest">>`
    select id, workspace_id as "workspaceId", digest from imports where created_at < ${before} and state in ('ready', 'tried') order by id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** What a file is called may name somebody too, with signs between the words. Answers which imports these are. */
export async function forgetNamesLike(tx: Tx, words: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update imports set name = 'Erased' where workspace_id = ${tx.workspaceId}
      and (lower(name) like any(${words}::text[]) or translate(lower(name), '_-.+', '    ') like any(${words}::text[])) returning id`.execute(
    tx.db,
  );
  return rows.map(({ id }) => id);
}

/** Files that wait, with the words of others in them: they go with whoever is erased. */
export async function openImports(tx: Tx): Promise<Pick<Import, "id" | "digest">[]> {
  const { rows } = await sql<Pick<Import, "id" | "digest">>`
    select id, digest from imports where workspace_id = ${tx.workspaceId} and ended_at is null order by id limit 1000 for update`.execute(
    tx.db,
  );
  return rows;
}
