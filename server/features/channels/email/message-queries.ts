import { sql } from "kysely";
import type { Scope, Tx } from "../../../platform/db/index.ts";
import type { MailClass } from "./classify-mail.ts";

export interface NewEmailMessage {
  ledgerId: number;
  contentDigest: Buffer;
  internetMessageId: string | null;
  referenceIds: string[];
  fromAddress: string | null;
  subject: string;
  class: MailClass;
  why: string;
  authentication: object;
  receivedAt: Date;
}

/** Keeps what is known of a message; null when the same message is here already, delivered another time. */
export async function insertEmailMessage(tx: Tx, row: NewEmailMessage): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    insert into email_messages (workspace_id, ledger_id, content_digest, internet_message_id, reference_ids, from_address, subject, class, why, authentication, received_at)
    values (${tx.workspaceId}, ${row.ledgerId}, ${row.contentDigest}, ${row.internetMessageId}, ${row.referenceIds}::text[], ${row.fromAddress},
      ${row.subject}, ${row.class}, ${row.why}, ${JSON.stringify(row.authentication)}::jsonb, ${row.receivedAt})
    on conflict (workspace_id, content_digest) do nothing returning id`.execute(tx.db);
  return rows[0]?.id ?? null;
}

/** The message that the same content became the first time. */
export async function findByContent(
  tx: Tx,
  contentDigest: Buffer,
): Promise<{ conversationId: number | null; messageId: number | null } | undefined> {
  const { rows } = await sql<{ conversationId: number | null; messageId: number | null }>`
    select conversation_id as "conversationId", message_id as "messageId" from email_messages
    where workspace_id = ${tx.workspaceId} and content_digest = ${contentDigest}`.execute(tx.db);
  return rows[0];
}

export interface LastInbound {
  internetMessageId: string | null;
  referenceIds: string[];
  class: MailClass;
}

/** The newest message that a person wrote in a conversation, else a machine's: what an answer answers. */
export async function lastInbound(scope: Scope, conversationId: number): Promise<LastInbound | undefined> {
  const { rows } = await sql<LastInbound>`
    select internet_message_id as "internetMessageId", reference_ids as "referenceIds", class from email_messages
    where workspace_id = ${scope.workspaceId} and conversation_id = ${conversationId}
    order by class = 'customer' desc, id desc limit 1`.execute(scope.db);
  return rows[0];
}

/**
 * The conversation of a message of ours that is named among `ids`, if the sender takes part in it: they wrote in it, or we
 * wrote to them. Of several the newest.
 */
export async function conversationOfReferences(scope: Scope, ids: readonly string[], sender: string): Promise<number | null> {
  const { rows } = await sql<{ conversationId: number }>`
    select d.conversation_id as "conversationId" from email_deliveries d
    where d.workspace_id = ${scope.workspaceId} and d.internet_message_id = any(${[...ids]}::text[]) and d.conversation_id is not null
      and (exists (select 1 from email_deliveries o where o.workspace_id = d.workspace_id and o.conversation_id = d.conversation_id and o.to_address = ${sender})
        or exists (select 1 from email_messages m where m.workspace_id = d.workspace_id and m.conversation_id = d.conversation_id and m.from_address = ${sender}))
    order by d.id desc limit 1`.execute(scope.db);
  return rows[0]?.conversationId ?? null;
}
