import { sql } from "kysely";
import { arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";

export interface NewBody {
  hookId: number;
  /** JSON. */
  body: string;
  /** Whose it was. */
  customerIds: number[];
}

/** The last bodies of each hook that are kept. */
const KEPT_EACH = 10;

/** Keeps what came to hooks, in order, and drops all but the last of each. */
export async function keepBodies(tx: Tx, given: readonly NewBody[]): Promise<void> {
  const last = [...Map.groupBy(given, ({ hookId }) => hookId).values()].flatMap((its) => its.slice(-KEPT_EACH));
  if (last.length === 0) return;
  const hooks = arrayLiteral(last.map((each) => each.hookId));
  await sql`
    insert into hook_bodies (workspace_id, hook_id, at, body, customer_ids)
    select ${tx.workspaceId}, hook_id, ${tx.now}, body, customer_ids::bigint[]
    from unnest(${hooks}::bigint[], ${arrayLiteral(last.map((each) => each.body))}::text[],
      ${arrayLiteral(last.map((each) => arrayLiteral(each.customerIds)))}::text[]) as given (hook_id, body, customer_ids)`.execute(tx.db);
  await sql`
    delete from hook_bodies b using (select distinct unnest(${hooks}::bigint[]) as hook_id) h
    where b.workspace_id = ${tx.workspaceId} and b.hook_id = h.hook_id and b.id <= (
      select id from hook_bodies k where k.workspace_id = ${tx.workspaceId} and k.hook_id = h.hook_id order by id desc offset ${KEPT_EACH} limit 1)`.execute(
    tx.db,
  );
}

export interface KeptBody {
  id: number;
  at: Date;
  body: string;
}

/** The newest first. */
export async function bodiesOf(scope: Scope, hookId: number): Promise<KeptBody[]> {
  const { rows } = await sql<KeptBody>`
    select id, at, body from hook_bodies where workspace_id = ${scope.workspaceId} and hook_id = ${hookId}
    order by id desc limit ${KEPT_EACH}`.execute(scope.db);
  return rows;
}

export async function deleteBodiesOf(tx: Tx, hookId: number): Promise<void> {
  await sql`delete from hook_bodies where workspace_id = ${tx.workspaceId} and hook_id = ${hookId}`.execute(tx.db);
}

/** Drops bodies that were of these customers, or hold one of these patterns (`like`, lower case). */
export async function deleteBodiesAbout(tx: Tx, customerIds: readonly number[], patterns: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from hook_bodies where workspace_id = ${tx.workspaceId}
      and (customer_ids && ${arrayLiteral([...customerIds])}::bigint[] or lower(body) like any(${patterns}::text[]))`.execute(tx.db);
  return Number(numAffectedRows);
}

export async function deleteOldBodies({ db }: Pick<Scope, "db">, before: Date): Promise<void> {
  await sql`delete from hook_bodies where at < ${before}`.execute(db);
}
