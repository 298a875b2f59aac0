import { sql } from "kysely";
import type { Scope, Tx } from "../../../platform/db/index.ts";

/** The tables of addresses and accounts. `Everywhere` marks what is asked before a workspace is known. */
type Everywhere = Pick<Scope, "db">;

export interface MailAddress {
  id: number;
  workspaceId: number;
  address: string;
  name: string | null;
  createdAt: Date;
}

const ADDRESS = sql`id, workspace_id as "workspaceId", address, name, created_at as "createdAt"`;

export async function listAddresses(scope: Scope): Promise<MailAddress[]> {
  const { rows } =
    await sql<MailAddress>`select ${ADDRESS} from mail_addresses where workspace_id = ${scope.workspaceId} order by id limit 1000`.execute(
      scope.db,
    );
  return rows;
}

/** The address with this id, or the workspace's first one when there is no id, or no such address any more. */
export async function findAddress(scope: Scope, id: number | null): Promise<MailAddress | undefined> {
  const { rows } = await sql<MailAddress>`
    select ${ADDRESS} from mail_addresses
    where workspace_id = ${scope.workspaceId} order by id is distinct from ${id}::bigint, id limit 1`.execute(scope.db);
  return rows[0];
}

/** Whose address this is, in whichever workspace: SMTP's question about a recipient. */
export async function ownersOf({ db }: Everywhere, addresses: readonly string[]): Promise<MailAddress[]> {
  const { rows } =
    await sql<MailAddress>`select ${ADDRESS} from mail_addresses where address = any(${[...addresses]}::text[]) limit 100`.execute(db);
  return rows;
}

/** Adds an address; undefined when it is taken, here or in another workspace. */
export async function insertAddress(tx: Tx, row: { address: string; name: string | null }): Promise<MailAddress | undefined> {
  const { rows } = await sql<MailAddress>`
    insert into mail_addresses (workspace_id, address, name, created_at) values (${tx.workspaceId}, ${row.address}, ${row.name}, ${tx.now})
    on conflict (address) do nothing returning ${ADDRESS}`.execute(tx.db);
  return rows[0];
}

export async function deleteAddress(tx: Tx, id: number): Promise<MailAddress | undefined> {
  const { rows } =
    await sql<MailAddress>`delete from mail_addresses where workspace_id = ${tx.workspaceId} and id = ${id} returning ${ADDRESS}`.execute(
      tx.db,
    );
  return rows[0];
}

export interface MailAccount {
  id: number;
  workspaceId: number;
  host: string;
  port: number;
  security: "tls" | "starttls" | "none";
  username: string;
  authKind: "password" | "token";
  secretSealed: string;
  mailbox: string;
  uidValidity: number | null;
  lastUid: number;
  state: "connecting" | "connected" | "failed";
  lastError: string | null;
  lastSeenAt: Date | null;
  createdAt: Date;
}

const ACCOUNT = sql`id, workspace_id as "workspaceId", host, port, security, username, auth_kind as "authKind", secret_sealed as "secretSealed",
  mailbox, uid_validity as "uidValidity", last_uid as "lastUid", state, last_error as "lastError", last_seen_at as "lastSeenAt", created_at as "createdAt"`;

export async function listAccounts(scope: Scope): Promise<MailAccount[]> {
  const { rows } =
    await sql<MailAccount>`select ${ACCOUNT} from mail_accounts where workspace_id = ${scope.workspaceId} order by id limit 200`.execute(
      scope.db,
    );
  return rows;
}

/** The accounts of all workspaces, for the process that follows them. */
export async function everyAccount({ db }: Everywhere): Promise<MailAccount[]> {
  const { rows } = await sql<MailAccount>`select ${ACCOUNT} from mail_accounts order by id limit 10000`.execute(db);
  return rows;
}

export type NewAccount = Pick<MailAccount, "host" | "port" | "security" | "username" | "authKind" | "secretSealed" | "mailbox">;

/** Adds an account; undefined when the same mailbox is followed already. */
export async function insertAccount(tx: Tx, row: NewAccount): Promise<MailAccount | undefined> {
  const { rows } = await sql<MailAccount>`
    insert into mail_accounts (workspace_id, host, port, security, username, auth_kind, secret_sealed, mailbox, created_at)
    values (${tx.workspaceId}, ${row.host}, ${row.port}, ${row.security}, ${row.username}, ${row.authKind}, ${row.secretSealed}, ${row.mailbox}, ${tx.now})
    on conflict do nothing returning ${ACCOUNT}`.execute(tx.db);
  return rows[0];
}

export async function deleteAccount(tx: Tx, id: number): Promise<MailAccount | undefined> {
  const { rows } =
    await sql<MailAccount>`delete from mail_accounts where workspace_id = ${tx.workspaceId} and id = ${id} returning ${ACCOUNT}`.execute(
      tx.db,
    );
  return rows[0];
}

/** How following an account goes. A later error leaves `last_seen_at` as it was. */
export async function noteAccountState(
  scope: Scope,
  id: number,
  state: MailAccount["state"],
  error: string | null,
  at: Date,
): Promise<void> {
  await sql`
    update mail_accounts set state = ${state}, last_error = ${error},
      last_seen_at = case when ${state} = 'connected' then ${at}::timestamptz else last_seen_at end
    where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(scope.db);
}

/** Moves the cursor, never back within one UIDVALIDITY. False when the account is gone. */
export async function moveCursor(tx: Tx, id: number, cursor: { uidValidity: number; lastUid: number }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update mail_accounts set uid_validity = ${cursor.uidValidity},
      last_uid = case when uid_validity = ${cursor.uidValidity} then greatest(last_uid, ${cursor.lastUid}) else ${cursor.lastUid} end
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db);
  return (numAffectedRows ?? 0n) > 0n;
}
