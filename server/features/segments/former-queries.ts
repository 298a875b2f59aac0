import { sql } from "kysely";
import { arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";
import type { Former } from "./former-persons.ts";

/** In since a part of the person was, if inherited. */
export interface Membership {
  customerId: number;
  segmentId: number;
  workspaceId: number;
  since: Date | null;
  inherited: boolean;
}

/** All rows of these customers, taken away. */
export async function takeMembers(tx: Tx, customerIds: readonly number[]): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    delete from segment_members where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])
    returning customer_id as "customerId", segment_id as "segmentId", workspace_id as "workspaceId", since, inherited`.execute(tx.db);
  return rows;
}

/** Writes rows where there are none. When they may change by themselves is not known yet. */
export async function giveMembers(tx: Tx, rows: readonly Membership[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into segment_members (customer_id, segment_id, workspace_id, since, inherited)
    select * from unnest(${arrayLiteral(rows.map((row) => row.customerId))}::bigint[], ${arrayLiteral(rows.map((row) => row.segmentId))}::bigint[],
      ${arrayLiteral(rows.map((row) => row.workspaceId))}::bigint[], ${arrayLiteral(rows.map((row) => row.since))}::timestamptz[],
      ${arrayLiteral(rows.map((row) => String(row.inherited)))}::boolean[])`.execute(tx.db);
}

/** The persons for whom one of these customers once stood. */
export async function formerPersons(scope: Scope, customerIds: readonly number[]): Promise<Former[]> {
  const { rows } = await sql<Omit<Former, "memberships"> & { memberships: Record<string, { since: number; inherited: boolean }> }>`
    select customer_id as root, to_jsonb(members) as members, ended_at as "endedAt", memberships from former_persons
    where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) order by id`.execute(
    scope.db,
  );
  return rows.map(({ memberships, ...former }) => ({
    ...former,
    memberships: new Map(
      Object.entries(memberships).map(([segmentId, { since, inherited }]) => [Number(segmentId), { since: new Date(since), inherited }]),
    ),
  }));
}

/** Remembers persons that end now; of the same customers only the last time counts. */
export async function rememberPersons(tx: Tx, formers: readonly Former[]): Promise<void> {
  if (formers.length === 0) return;
  const given = JSON.stringify(
    formers.map(({ root, members, endedAt, memberships }) => ({
      root,
      members,
      ended_at: endedAt,
      memberships: Object.fromEntries(
        [...memberships].map(([segmentId, { since, inherited }]) => [segmentId, { since: since.getTime(), inherited }]),
      ),
    })),
  );
  const persons = sql`jsonb_to_recordset(${given}::jsonb) as given (root bigint, members bigint[], ended_at timestamptz, memberships jsonb)`;
  await sql`delete from former_persons f using ${persons}
    where f.workspace_id = ${tx.workspaceId} and f.customer_id = given.root and f.members = given.members`.execute(tx.db);
  await sql`insert into former_persons (workspace_id, customer_id, members, ended_at, memberships)
    select ${tx.workspaceId}, root, members, ended_at, memberships from ${persons}`.execute(tx.db);
}
