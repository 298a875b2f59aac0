import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";

type Everywhere = Pick<Scope, "db">;

export interface Hook {
  id: number;
  workspaceId: number;
  name: string;
  token: string;
  mapping: string;
  createdAt: Date;
}

const HOOK = sql`id, workspace_id as "workspaceId", name, token, mapping, created_at as "createdAt"`;

export async function insertHook(tx: Tx, row: { name: string; token: string; mapping: string }): Promise<Hook> {
  const { rows } = await sql<Hook>`insert into hooks (workspace_id, name, token, mapping, created_at)
    values (${tx.workspaceId}, ${row.name}, ${row.token}, ${row.mapping}, ${tx.now}) returning ${HOOK}`.execute(tx.db);
  const [hook] = rows;
  if (hook === undefined) throw new Error("a hook was not stored");
  return hook;
}

export async function listHooks(scope: Scope): Promise<Hook[]> {
  const { rows } = await sql<Hook>`
    select ${HOOK} from hooks where workspace_id = ${scope.workspaceId} and removed_at is null order by id desc limit 200`.execute(
    scope.db,
  );
  return rows;
}

export async function findHook(scope: Scope, id: number): Promise<Hook | undefined> {
  const { rows } = await sql<Hook>`
    select ${HOOK} from hooks where workspace_id = ${scope.workspaceId} and id = ${id} and removed_at is null`.execute(scope.db);
  return rows[0];
}

export async function hookByToken({ db }: Everywhere, token: string): Promise<Hook | undefined> {
  const { rows } = await sql<Hook>`select ${HOOK} from hooks where token = ${token} and removed_at is null`.execute(db);
  return rows[0];
}

export async function updateHook(tx: Tx, id: number, change: { name: string; mapping: string }): Promise<Hook | undefined> {
  const { rows } = await sql<Hook>`update hooks set name = ${change.name}, mapping = ${change.mapping}
    where workspace_id = ${tx.workspaceId} and id = ${id} and removed_at is null returning ${HOOK}`.execute(tx.db);
  return rows[0];
}

export async function markHookRemoved(tx: Tx, id: number): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`update hooks set removed_at = ${tx.now}
    where workspace_id = ${tx.workspaceId} and id = ${id} and removed_at is null returning name`.execute(tx.db);
  return rows[0]?.name ?? null;
}
