import { sql } from "kysely";
import { arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";

export interface Merge {
  id: number;
  fromId: number;
  intoId: number;
  reason: string;
  source: string;
  memberId: number | null;
  /** Null: asked for and not done yet. */
  mergedAt: Date | null;
  undoneAt: Date | null;
}

const MERGE = sql`id, from_id as "fromId", into_id as "intoId", reason, source, member_id as "memberId", merged_at as "mergedAt", undone_at as "undoneAt"`;

export async function insertMerge(tx: Tx, row: Pick<Merge, "fromId" | "intoId" | "reason" | "source" | "memberId">): Promise<Merge> {
  const { rows } = await sql<Merge>`
    insert into merges (workspace_id, from_id, into_id, reason, source, member_id, asked_at)
    values (${tx.workspaceId}, ${row.fromId}, ${row.intoId}, ${row.reason}, ${row.source}, ${row.memberId}, ${tx.now})
    on conflict (workspace_id, from_id, into_id) where merged_at is null and undone_at is null do update set reason = excluded.reason
    returning ${MERGE}`.execute(tx.db);
  const [merge] = rows;
  if (!merge) throw new Error("a merge was not written");
  return merge;
}

export async function findMerge(scope: Scope, id: number): Promise<Merge | undefined> {
  const { rows } = await sql<Merge>`select ${MERGE} from merges where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(scope.db);
  return rows[0];
}

export async function hasWaitingMerges(scope: Scope): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from merges where workspace_id = ${scope.workspaceId} and merged_at is null and undone_at is null) as found`.execute(
    scope.db,
  );
  return rows[0]?.found ?? false;
}

/** Whether one of these was erased. */
export async function isErased(scope: Scope, customerIds: readonly number[]): Promise<boolean> {
  const { rows } = await sql`
    select from customers where workspace_id = ${scope.workspaceId} and id = any(${arrayLiteral([...customerIds])}::bigint[])
      and erased_at is not null limit 1`.execute(scope.db);
  return rows.length > 0;
}

/** Those that were asked for and wait to be done, in the order of asking. */
export async function waitingMerges(tx: Tx, limit: number): Promise<Merge[]> {
  const { rows } = await sql<Merge>`
    select ${MERGE} from merges where workspace_id = ${tx.workspaceId} and merged_at is null and undone_at is null
    order by id limit ${limit} for update skip locked`.execute(tx.db);
  return rows;
}

export async function noteMerged(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`update merges set merged_at = ${tx.now} where workspace_id = ${tx.workspaceId} and id = any(${arrayLiteral([...ids])}::bigint[])`.execute(
    tx.db,
  );
}

/** Those that had come true meanwhile need not be done. */
export async function dropMerges(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`delete from merges where workspace_id = ${tx.workspaceId} and id = any(${arrayLiteral([...ids])}::bigint[])`.execute(tx.db);
}

export async function noteUndone(tx: Tx, id: number, memberId: number | null): Promise<void> {
  await sql`update merges set undone_at = ${tx.now}, undone_by = ${memberId} where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(
    tx.db,
  );
}

/** The merges among these customers that stand, in the order in which they were done. */
export async function standingMerges(scope: Scope, customerIds: readonly number[]): Promise<Merge[]> {
  const ids = arrayLiteral([...customerIds]);
  const { rows } = await sql<Merge>`
    select ${MERGE} from merges where workspace_id = ${scope.workspaceId} and merged_at is not null and undone_at is null
      and (from_id = any(${ids}::bigint[]) or into_id = any(${ids}::bigint[])) order by merged_at, id`.execute(scope.db);
  return rows;
}

/** A merge, and as whom the two were known. */
export interface MergeOfTwo extends Merge {
  undoneBy: number | null;
  fromName: string | null;
  intoName: string | null;
}

/** All merges that ever touched one of these customers, the newest first. */
export async function mergeHistory(scope: Scope, customerIds: readonly number[]): Promise<MergeOfTwo[]> {
  const ids = arrayLiteral([...customerIds]);
  const nameOf = (column: "from_id" | "into_id") => sql`(select coalesce(c.name, c.email, c.phone) from customers c
    where c.workspace_id = ${scope.workspaceId} and c.id = ${sql.ref(`merges.${column}`)})`;
  const { rows } = await sql<MergeOfTwo>`
    select ${MERGE}, undone_by as "undoneBy", ${nameOf("from_id")} as "fromName", ${nameOf("into_id")} as "intoName"
    from merges where workspace_id = ${scope.workspaceId} and merged_at is not null
      and (from_id = any(${ids}::bigint[]) or into_id = any(${ids}::bigint[])) order by merged_at desc, id desc limit 200`.execute(
    scope.db,
  );
  return rows;
}

export interface Suggestion {
  id: number;
  oneId: number;
  otherId: number;
  kind: "stopped" | "alike";
  score: number | null;
  reasons: string[];
  times: number;
  suggestedAt: Date;
}

export async function openSuggestions(scope: Scope, page: { after: number | null; limit: number }): Promise<Suggestion[]> {
  const { rows } = await sql<Suggestion>`
    select id, one_id as "oneId", other_id as "otherId", kind, score, reasons, times, suggested_at as "suggestedAt" from merge_suggestions
    where workspace_id = ${scope.workspaceId} and decided_at is null and (${page.after}::bigint is null or id > ${page.after}::bigint)
    order by id limit ${page.limit}`.execute(scope.db);
  return rows;
}

/** @param decision what a person said of it */
export async function decideSuggestion(tx: Tx, id: number, decision: "merged" | "dismissed"): Promise<Suggestion | undefined> {
  const { rows } = await sql<Suggestion>`
    update merge_suggestions set decided_at = ${tx.now}, decision = ${decision}
    where workspace_id = ${tx.workspaceId} and id = ${id} and decided_at is null
    returning id, one_id as "oneId", other_id as "otherId", kind, score, reasons, times, suggested_at as "suggestedAt"`.execute(tx.db);
  return rows[0];
}
