import { sql } from "kysely";
import { anywhere, type Scope, type Tx } from "../../platform/db/index.ts";
import type { Role } from "./permissions.ts";

/** The only file that names access's tables. `Everywhere` marks the few questions asked before a workspace is known. */
export type Everywhere = Pick<Scope, "db">;

export interface Member {
  id: number;
  userId: string | null;
  name: string;
  email: string;
  role: Role;
  onShift: boolean;
  createdAt: Date;
}

export interface Workspace {
  id: number;
  name: string;
  sample: boolean;
  timeZone: string;
  currency: string;
  locale: string;
  createdAt: Date;
}

const MEMBER = ["id", "user_id as userId", "name", "email", "role", "on_shift as onShift", "created_at as createdAt"] as const;
const WORKSPACE = ["id", "name", "sample", "time_zone as timeZone", "currency", "locale", "created_at as createdAt"] as const;

export async function findWorkspace(scope: Scope): Promise<Workspace | undefined> {
  return scope.db.selectFrom("workspaces").select(WORKSPACE).where("id", "=", scope.workspaceId).executeTakeFirst();
}

export async function timeZoneOf(scope: Scope): Promise<string> {
  const row = await scope.db.selectFrom("workspaces").select("time_zone").where("id", "=", scope.workspaceId).executeTakeFirst();
  return row?.time_zone ?? "UTC";
}

/** Who is there now: arrivals are recorded with it. */
export async function membersOnShift(scope: Scope): Promise<number[]> {
  const rows = await scope.db
    .selectFrom("members")
    .select("id")
    .where("workspace_id", "=", scope.workspaceId)
    .where("on_shift", "=", true)
    .where("removed_at", "is", null)
    .orderBy("id")
    .limit(1000)
    .execute();
  return rows.map((row) => row.id);
}

/** For work that goes through all of them. */
export async function workspaceIds(): Promise<number[]> {
  return (await anywhere().db.selectFrom("workspaces").select("id").orderBy("id").execute()).map((row) => row.id);
}

/** The workspace that automation works in: the oldest. */
export async function firstWorkspace({ db }: Everywhere): Promise<Workspace | undefined> {
  return db.selectFrom("workspaces").select(WORKSPACE).orderBy("id").limit(1).executeTakeFirst();
}

export async function insertWorkspace({ db }: Everywhere, row: { name: string; sample: boolean; signingKey: Buffer }): Promise<Workspace> {
  return db
    .insertInto("workspaces")
    .values({ name: row.name, sample: row.sample, signing_key: row.signingKey })
    .returning(WORKSPACE)
    .executeTakeFirstOrThrow();
}

export async function updateWorkspace(
  tx: Tx,
  change: Partial<Pick<Workspace, "name" | "timeZone" | "currency" | "locale">>,
): Promise<Workspace> {
  return tx.db
    .updateTable("workspaces")
    .set({ name: change.name, time_zone: change.timeZone, currency: change.currency, locale: change.locale })
    .where("id", "=", tx.workspaceId)
    .returning(WORKSPACE)
    .executeTakeFirstOrThrow();
}

export async function deleteWorkspace(tx: Tx): Promise<void> {
  await tx.db.deleteFrom("workspaces").where("id", "=", tx.workspaceId).execute();
}

export async function signingKeyOf(scope: Scope): Promise<Buffer> {
  const row = await scope.db.selectFrom("workspaces").select("signing_key").where("id", "=", scope.workspaceId).executeTakeFirstOrThrow();
  return row.signing_key;
}

export async function listMembers(scope: Scope): Promise<Member[]> {
  const rows = await scope.db
    .selectFrom("members")
    .select(MEMBER)
    .where("workspace_id", "=", scope.workspaceId)
    .where("removed_at", "is", null)
    .orderBy("name")
    .limit(1000)
    .execute();
  return rows.map(asMember);
}

export async function findMember(scope: Scope, id: number): Promise<Member | undefined> {
  const row = await scope.db
    .selectFrom("members")
    .select(MEMBER)
    .where("workspace_id", "=", scope.workspaceId)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return row && asMember(row);
}

export async function membershipsOf({ db }: Everywhere, userId: string): Promise<(Member & { workspaceId: number })[]> {
  const rows = await db
    .selectFrom("members")
    .select([...MEMBER, "workspace_id as workspaceId"])
    .where("user_id", "=", userId)
    .where("removed_at", "is", null)
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...asMember(row), workspaceId: row.workspaceId }));
}

export async function insertMember(tx: Tx, row: { userId: string | null; name: string; email: string; role: Role }): Promise<Member> {
  const inserted = await tx.db
    .insertInto("members")
    .values({ workspace_id: tx.workspaceId, user_id: row.userId, name: row.name, email: row.email, role: row.role, created_at: tx.now })
    .returning(MEMBER)
    .executeTakeFirstOrThrow();
  return asMember(inserted);
}

export async function updateMember(tx: Tx, id: number, change: { role?: Role; onShift?: boolean; removedAt?: Date }): Promise<void> {
  await tx.db
    .updateTable("members")
    .set({ role: change.role, on_shift: change.onShift, removed_at: change.removedAt })
    .where("workspace_id", "=", tx.workspaceId)
    .where("id", "=", id)
    .execute();
}

export async function countOwners(tx: Tx): Promise<number> {
  const row = await tx.db
    .selectFrom("members")
    .select(({ fn }) => fn.countAll<number>().as("owners"))
    .where("workspace_id", "=", tx.workspaceId)
    .where("role", "=", "owner")
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.owners;
}

export async function lockWorkspace(tx: Tx): Promise<void> {
  await sql`select 1 from workspaces where id = ${tx.workspaceId} for update`.execute(tx.db);
}

export async function deleteSessionsOf({ db }: Everywhere, userId: string): Promise<void> {
  await db.deleteFrom("auth_sessions").where("user_id", "=", userId).execute();
}

export async function userByEmail({ db }: Everywhere, email: string): Promise<{ id: string } | undefined> {
  return db.selectFrom("auth_users").select("id").where("email", "=", email.toLowerCase()).executeTakeFirst();
}

export async function deleteUsersWithoutMembership({ db }: Everywhere): Promise<void> {
  await sql`delete from auth_users u where not exists (select 1 from members m where m.user_id = u.id)`.execute(db);
}

function asMember<R extends { role: string }>(row: R): Omit<R, "role"> & { role: Role } {
  return { ...row, role: roleOf(row.role) };
}

export function roleOf(text: string): Role {
  if (text === "owner" || text === "admin" || text === "agent" || text === "viewer") return text;
  throw new Error(`unknown role ${text}`);
}

export interface AuditRow {
  id: number;
  at: Date;
  actorKind: string;
  actorName: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
}

export async function listAudit(scope: Scope, before: number | null, limit: number): Promise<AuditRow[]> {
  return scope.db
    .selectFrom("audit_entries")
    .select(["id", "at", "actor_kind as actorKind", "actor_name as actorName", "action", "subject", "before", "after"])
    .where("workspace_id", "=", scope.workspaceId)
    .$if(before !== null, (query) => query.where("id", "<", before))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export async function hasSample({ db }: Everywhere): Promise<boolean> {
  return (await db.selectFrom("workspaces").select("id").where("sample", "=", true).limit(1).executeTakeFirst()) !== undefined;
}
