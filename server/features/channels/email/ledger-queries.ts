import { sql } from "kysely";
import type { Scope, Tx } from "../../../platform/db/index.ts";

export const OUTCOMES = ["pending", "message", "automatic", "bounce", "complaint", "duplicate", "set-aside"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One raw message as it arrived, and what became of it. */
export interface LedgerEntry {
  id: number;
  workspaceId: number;
  digest: string;
  size: number;
  via: "smtp" | "imap";
  peerIp: string | null;
  peerName: string | null;
  accountId: number | null;
  envelopeFrom: string | null;
  envelopeTo: string[];
  mailAddressId: number | null;
  receivedAt: Date;
  outcome: Outcome;
  reason: string | null;
  attempts: number;
  conversationId: number | null;
  messageId: number | null;
}

const ENTRY = sql`id, workspace_id as "workspaceId", digest, size, via, peer_ip as "peerIp", peer_name as "peerName", account_id as "accountId",
  envelope_from as "envelopeFrom", envelope_to as "envelopeTo", mail_address_id as "mailAddressId", received_at as "receivedAt", outcome, reason,
  attempts, conversation_id as "conversationId", message_id as "messageId"`;

export type NewEntry = Pick<
  LedgerEntry,
  "digest" | "size" | "via" | "peerIp" | "peerName" | "accountId" | "envelopeFrom" | "envelopeTo" | "mailAddressId"
>;

export async function insertEntry(tx: Tx, row: NewEntry): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into mail_ledger (workspace_id, digest, size, via, peer_ip, peer_name, account_id, envelope_from, envelope_to, mail_address_id, received_at)
    values (${tx.workspaceId}, ${row.digest}, ${row.size}, ${row.via}, ${row.peerIp}, ${row.peerName}, ${row.accountId}, ${row.envelopeFrom},
      ${row.envelopeTo}::text[], ${row.mailAddressId}, ${tx.now})
    returning id`.execute(tx.db);
  const [inserted] = rows;
  if (!inserted) throw new Error("a ledger entry was not written");
  return inserted.id;
}

export async function findEntry(scope: Scope, id: number): Promise<LedgerEntry | undefined> {
  const { rows } =
    await sql<LedgerEntry>`select ${ENTRY} from mail_ledger where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(scope.db);
  return rows[0];
}

export interface Decision {
  outcome: Outcome;
  reason: string | null;
  conversationId?: number | null;
  messageId?: number | null;
  /** What the message became, noted on its row as well. */
  email?: { id: number; customerId: number };
}

/**
 * Decides a pending entry; false when it is not pending any more, because another worker was first. The commit need not
 * wait for the disk: what a crash forgets of it is still pending, and is read again from the raw message.
 */
export async function decideEntry(tx: Tx, id: number, decision: Decision): Promise<boolean> {
  const { outcome, reason, conversationId = null, messageId = null, email } = decision;
  const { numAffectedRows } = await sql`
    with unhurried as materialized (select set_config('synchronous_commit', 'off', true)),
    placed as (
      update email_messages set customer_id = ${email?.customerId ?? null}, conversation_id = ${conversationId}, message_id = ${messageId}
      where workspace_id = ${tx.workspaceId} and id = ${email?.id ?? null}::bigint
    )
    update mail_ledger set outcome = ${outcome}, reason = ${reason}, conversation_id = ${conversationId}, message_id = ${messageId}, decided_at = ${tx.now} from unhurried
    where workspace_id = ${tx.workspaceId} and id = ${id} and outcome = 'pending'`.execute(tx.db);
  return numAffectedRows === 1n;
}

/** Counts a try before it is made, so that one that kills the process counts too; undefined when nothing is to be done. */
export async function beginAttempt(scope: Scope, id: number): Promise<LedgerEntry | undefined> {
  const { rows } = await sql<LedgerEntry>`
    with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
    update mail_ledger set attempts = attempts + 1 from unhurried
    where workspace_id = ${scope.workspaceId} and id = ${id} and outcome = 'pending' returning ${ENTRY}`.execute(scope.db);
  return rows[0];
}

/** Makes a set-aside entry wait for another reading; undefined when there is no such entry. */
export async function reopenEntry(tx: Tx, id: number): Promise<LedgerEntry | undefined> {
  const { rows } = await sql<LedgerEntry>`
    update mail_ledger set outcome = 'pending', reason = null, attempts = 0, decided_at = null
    where workspace_id = ${tx.workspaceId} and id = ${id} and outcome = 'set-aside' returning ${ENTRY}`.execute(tx.db);
  return rows[0];
}

/** The newest first, of one outcome or of all. */
export async function listEntries(
  scope: Scope,
  page: { outcome: Outcome | null; before: number | null; limit: number },
): Promise<LedgerEntry[]> {
  const { rows } = await sql<LedgerEntry>`
    select ${ENTRY} from mail_ledger where workspace_id = ${scope.workspaceId}
      and (${page.outcome}::text is null or outcome = ${page.outcome}) and (${page.before}::bigint is null or id < ${page.before}::bigint)
    order by id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

/** How many of each outcome; they add up to all that was received. */
export async function countOutcomes(scope: Scope): Promise<{ outcome: Outcome; reason: string | null; count: number }[]> {
  const { rows } = await sql<{ outcome: Outcome; reason: string | null; count: number }>`
    select outcome, case when outcome = 'set-aside' then reason end as reason, count(*) as count from mail_ledger
    where workspace_id = ${scope.workspaceId} group by 1, 2 order by 3 desc limit 500`.execute(scope.db);
  return rows;
}

/** All of a workspace's entries, the oldest first: for measures, not for screens. */
export async function ledgerOf(scope: Scope): Promise<LedgerEntry[]> {
  const { rows } =
    await sql<LedgerEntry>`select ${ENTRY} from mail_ledger where workspace_id = ${scope.workspaceId} order by id limit 1000000`.execute(
      scope.db,
    );
  return rows;
}
