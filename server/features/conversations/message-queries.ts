import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";

export interface Message {
  id: number;
  conversationId: number;
  customerId: number;
  kind: "message" | "reply" | "note" | "automatic";
  direction: "in" | "out" | null;
  authorKind: "customer" | "member" | "system";
  authorId: number | null;
  authorName: string;
  /** What was newly said; quotes and signatures are in `wholeText` only. */
  text: string;
  wholeText: string | null;
  html: string | null;
  hasRemoteImages: boolean;
  authentication: unknown;
  deliveryId: number | null;
  deliveryState: string | null;
  deliveryDetail: string | null;
  createdAt: Date;
}

const MESSAGE = sql`id, conversation_id as "conversationId", customer_id as "customerId", kind, direction, author_kind as "authorKind", author_id as "authorId",
  author_name as "authorName", text, whole_text as "wholeText", html, has_remote_images as "hasRemoteImages", authentication,
  delivery_id as "deliveryId", delivery_state as "deliveryState", delivery_detail as "deliveryDetail", created_at as "createdAt"`;

export type NewMessage = Omit<Message, "id" | "deliveryId" | "deliveryState" | "deliveryDetail">;

export async function insertMessage(tx: Tx, row: NewMessage): Promise<Message> {
  const { rows } = await sql<Message>`
    insert into messages (conversation_id, workspace_id, customer_id, kind, direction, author_kind, author_id, author_name, text, whole_text, html,
      has_remote_images, authentication, created_at)
    values (${row.conversationId}, ${tx.workspaceId}, ${row.customerId}, ${row.kind}, ${row.direction}, ${row.authorKind}, ${row.authorId}, ${row.authorName},
      ${row.text}, ${row.wholeText}, ${row.html}, ${row.hasRemoteImages}, ${row.authentication === null ? null : JSON.stringify(row.authentication)}::jsonb, ${row.createdAt})
    returning ${MESSAGE}`.execute(tx.db);
  const [inserted] = rows;
  if (!inserted) throw new Error("a message was not saved");
  return inserted;
}

export async function setDelivery(
  tx: Tx,
  messageId: number,
  delivery: { id: number; state: string; detail: string | null },
): Promise<void> {
  await sql`update messages set delivery_id = ${delivery.id}, delivery_state = ${delivery.state}, delivery_detail = ${delivery.detail}
    where workspace_id = ${tx.workspaceId} and id = ${messageId}`.execute(tx.db);
}

/** Brings the state of a delivery to the message it carries; null when no message of ours went out with it. */
export async function changeDelivery(tx: Tx, delivery: { id: number; state: string; detail: string | null }): Promise<Message | null> {
  const { rows } = await sql<Message>`
    update messages set delivery_state = ${delivery.state}, delivery_detail = ${delivery.detail}
    where workspace_id = ${tx.workspaceId} and delivery_id = ${delivery.id} returning ${MESSAGE}`.execute(tx.db);
  return rows[0] ?? null;
}

/** A page of a conversation's messages, oldest first within the page, read from the newest backwards. */
export async function messagesOf(scope: Scope, conversationId: number, page: { before: number | null; limit: number }): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${MESSAGE} from messages where workspace_id = ${scope.workspaceId} and conversation_id = ${conversationId}
      and (${page.before}::bigint is null or id < ${page.before}) order by id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

export async function newestInboundOf(scope: Scope, conversationId: number): Promise<Message | undefined> {
  const { rows } = await sql<Message>`
    select ${MESSAGE} from messages where workspace_id = ${scope.workspaceId} and conversation_id = ${conversationId} and direction = 'in'
    order by id desc limit 1`.execute(scope.db);
  return rows[0];
}

export interface Attachment {
  id: number;
  messageId: number | null;
  digest: string;
  name: string;
  type: string;
  size: number;
  contentId: string | null;
  token: string;
}

const ATTACHMENT = ["id", "message_id as messageId", "digest", "name", "type", "size", "content_id as contentId", "token"] as const;

export async function insertAttachment(tx: Tx, row: Omit<Attachment, "id"> & { uploadedBy: number | null }): Promise<Attachment> {
  return tx.db
    .insertInto("attachments")
    .values({
      workspace_id: tx.workspaceId,
      message_id: row.messageId,
      digest: row.digest,
      name: row.name,
      type: row.type,
      size: row.size,
      content_id: row.contentId,
      token: row.token,
      uploaded_by: row.uploadedBy,
      created_at: tx.now,
    })
    .returning(ATTACHMENT)
    .executeTakeFirstOrThrow();
}

/** Ties uploads to the message that carries them; only those not tied yet. */
export async function claimAttachments(tx: Tx, ids: readonly number[], messageId: number): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  return tx.db
    .updateTable("attachments")
    .set({ message_id: messageId })
    .where("workspace_id", "=", tx.workspaceId)
    .where("id", "in", ids)
    .where("message_id", "is", null)
    .returning(ATTACHMENT)
    .execute();
}

export async function attachmentsOf(scope: Scope, messageIds: readonly number[]): Promise<Attachment[]> {
  if (messageIds.length === 0) return [];
  return scope.db
    .selectFrom("attachments")
    .select(ATTACHMENT)
    .where("workspace_id", "=", scope.workspaceId)
    .where("message_id", "in", messageIds)
    .orderBy("id")
    .limit(2000)
    .execute();
}

export async function attachmentByToken(scope: Scope, token: string): Promise<Attachment | undefined> {
  return scope.db
    .selectFrom("attachments")
    .select(ATTACHMENT)
    .where("workspace_id", "=", scope.workspaceId)
    .where("token", "=", token)
    .executeTakeFirst();
}

export interface Draft {
  text: string;
  savedAt: Date;
}

export async function draftOf(scope: Scope, conversationId: number, memberId: number): Promise<Draft | undefined> {
  return scope.db
    .selectFrom("drafts")
    .select(["text", "saved_at as savedAt"])
    .where("workspace_id", "=", scope.workspaceId)
    .where("conversation_id", "=", conversationId)
    .where("member_id", "=", memberId)
    .executeTakeFirst();
}

export async function writeDraft(tx: Tx, conversationId: number, memberId: number, text: string): Promise<void> {
  if (text === "") {
    await tx.db
      .deleteFrom("drafts")
      .where("workspace_id", "=", tx.workspaceId)
      .where("conversation_id", "=", conversationId)
      .where("member_id", "=", memberId)
      .execute();
    return;
  }
  await sql`insert into drafts (conversation_id, member_id, workspace_id, text, saved_at) values (${conversationId}, ${memberId}, ${tx.workspaceId}, ${text}, ${tx.now})
    on conflict (conversation_id, member_id) do update set text = excluded.text, saved_at = excluded.saved_at`.execute(tx.db);
}
