import { sql } from "kysely";
import { arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";

export interface ImportRefusal {
  line: number;
  reason: string;
  text: string;
}

/** A refused line and, as far as it could be read, whom it names. */
export interface NewRefusal extends ImportRefusal {
  whose: string[];
}

/** Refused lines beyond these are counted only. */
const MOST_REFUSALS = 100_000;

export async function keepRefusals(tx: Tx, id: number, refusals: readonly NewRefusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const clean = (text: string): string => text.replaceAll("\0", "").toWellFormed();
  await sql`
    insert into import_refusals (import_id, workspace_id, line, reason, text, whose)
    select ${id}, ${tx.workspaceId}, line, reason, text, whose::text[]
    from unnest(${arrayLiteral(refusals.map((each) => each.line))}::bigint[], ${arrayLiteral(refusals.map((each) => clean(each.reason)))}::text[],
      ${arrayLiteral(refusals.map((each) => clean(each.text)))}::text[], ${arrayLiteral(refusals.map((each) => arrayLiteral(each.whose)))}::text[])
      as given (line, reason, text, whose)
    where (select refused_count from imports where id = ${id}) < ${MOST_REFUSALS}
    on conflict do nothing`.execute(tx.db);
}

export async function refusalsOf(scope: Scope, id: number, page: { after: number; limit: number }): Promise<ImportRefusal[]> {
  const { rows } = await sql<ImportRefusal>`
    select line, reason, text from import_refusals
    where workspace_id = ${scope.workspaceId} and import_id = ${id} and line > ${page.after} order by line limit ${page.limit}`.execute(
    scope.db,
  );
  return rows;
}

export async function deleteOldRefusals({ db }: Pick<Scope, "db">, before: Date): Promise<void> {
  await sql`delete from import_refusals r using imports i where i.id = r.import_id and i.ended_at < ${before}`.execute(db);
}

/** What parts words, as far as an erasure is concerned. */
const SIGNS = `,;:"'\t|.<>()[]{}/\\_-+=&`;

/**
 * Drops refused lines that name somebody: by an identity, by one of these patterns (for `like any`), or by a part of their
 * name as a word of its own.
 */
export async function forgetRefusals(tx: Tx, who: { whose: readonly string[]; patterns: string; nameParts: string }): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from import_refusals where workspace_id = ${tx.workspaceId} and (whose && ${arrayLiteral([...who.whose])}::text[]
      or lower(text || ' ' || reason) like any(${who.patterns}::text[])
      or ' ' || translate(lower(text || ' ' || reason), ${SIGNS}, ${" ".repeat(SIGNS.length)}) || ' ' like any(${who.nameParts}::text[]))`.execute(
    tx.db,
  );
  return Number(numAffectedRows);
}
