import { sql } from "kysely";
import { arrayLiteral, storableJson, type Scope, type Tx } from "../../platform/db/index.ts";

export async function insertErasure(
  tx: Tx,
  row: { id: string; customerId: number; hashes: readonly string[]; counts: Record<string, number> },
): Promise<void> {
  await sql`
    insert into erasures (id, workspace_id, customer_id, hashes, counts, erased_at)
    values (${row.id}, ${tx.workspaceId}, ${row.customerId},
      array(select convert_to(hash, 'UTF8') from unnest(${arrayLiteral([...row.hashes])}::text[]) as hash), ${JSON.stringify(row.counts)}::jsonb, ${tx.now})
    on conflict (id) do nothing`.execute(tx.db);
}

export async function unknownErasures({ db }: Pick<Scope, "db">, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id::text from unnest(${arrayLiteral([...ids])}::uuid[]) as id where not exists (select from erasures e where e.id = id.id)`.execute(
    db,
  );
  return new Set(rows.map((row) => row.id));
}

export interface Invoice {
  orderId: number;
  content: object;
}

export async function insertInvoices(tx: Tx, invoices: readonly Invoice[], keepUntil: Date): Promise<void> {
  if (invoices.length === 0) return;
  await sql`
    insert into restricted_records (workspace_id, kind, order_id, content, keep_until)
    select ${tx.workspaceId}, 'invoice', order_id, content, ${keepUntil}::date
    from unnest(${arrayLiteral(invoices.map((each) => each.orderId))}::bigint[], ${arrayLiteral(invoices.map((each) => storableJson(each.content)))}::jsonb[])
      as given (order_id, content) on conflict do nothing`.execute(tx.db);
}

/** Restricted records whose time is over, in all workspaces. */
export async function deleteOverdue({ db }: Pick<Scope, "db">, today: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from restricted_records where keep_until < ${today}::date`.execute(db);
  return Number(numAffectedRows);
}

export async function retentionOf(scope: Scope): Promise<Map<string, number>> {
  const { rows } = await sql<{
    kind: string;
    days: number;
  }>`select kind, days from retention_rules where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  return new Map(rows.map((row) => [row.kind, row.days]));
}

export async function allRetention({ db }: Pick<Scope, "db">): Promise<{ workspaceId: number; kind: string; days: number }[]> {
  const { rows } = await sql<{ workspaceId: number; kind: string; days: number }>`
    select workspace_id as "workspaceId", kind, days from retention_rules order by 1, 2`.execute(db);
  return rows;
}

/** @param days null: for ever */
export async function saveRetention(tx: Tx, kind: string, days: number | null): Promise<void> {
  await sql`delete from retention_rules where workspace_id = ${tx.workspaceId} and kind = ${kind}`.execute(tx.db);
  if (days !== null)
    await sql`insert into retention_rules (workspace_id, kind, days) values (${tx.workspaceId}, ${kind}, ${days})`.execute(tx.db);
}
