import { sql } from "kysely";
import type { Scope, Tx } from "../../../platform/db/index.ts";
import type { MessageClass } from "../../customers/index.ts";
import type { DeliveryState } from "./ports.ts";

/** One message to one address, on its way or at its end. */
export interface Delivery {
  id: number;
  customerId: number;
  conversationId: number | null;
  messageId: number | null;
  toAddress: string;
  fromAddress: string | null;
  subject: string;
  class: MessageClass;
  automatic: boolean;
  internetMessageId: string | null;
  digest: string | null;
  state: DeliveryState;
  detail: string | null;
  attempts: number;
  queuedAt: Date;
  nextTryAt: Date | null;
  sentAt: Date | null;
}

const DELIVERY = sql`id, customer_id as "customerId", conversation_id as "conversationId", message_id as "messageId", to_address as "toAddress",
  from_address as "fromAddress", subject, class, automatic, internet_message_id as "internetMessageId", digest, state, detail, attempts,
  queued_at as "queuedAt", next_try_at as "nextTryAt", sent_at as "sentAt"`;

export type NewDelivery = Omit<Delivery, "id" | "attempts" | "queuedAt" | "nextTryAt" | "sentAt">;

export async function insertDelivery(tx: Tx, row: NewDelivery): Promise<Delivery> {
  const { rows } = await sql<Delivery>`
    insert into email_deliveries (workspace_id, customer_id, conversation_id, message_id, to_address, from_address, subject, class, automatic,
      internet_message_id, digest, state, detail, queued_at, changed_at)
    values (${tx.workspaceId}, ${row.customerId}, ${row.conversationId}, ${row.messageId}, ${row.toAddress}, ${row.fromAddress}, ${row.subject},
      ${row.class}, ${row.automatic}, ${row.internetMessageId}, ${row.digest}, ${row.state}, ${row.detail}, ${tx.now}, ${tx.now})
    returning ${DELIVERY}`.execute(tx.db);
  const [inserted] = rows;
  if (!inserted) throw new Error("a delivery was not written");
  return inserted;
}

export async function findDelivery(scope: Scope, id: number): Promise<Delivery | undefined> {
  const { rows } =
    await sql<Delivery>`select ${DELIVERY} from email_deliveries where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(
      scope.db,
    );
  return rows[0];
}

export async function lockDelivery(tx: Tx, id: number): Promise<Delivery | undefined> {
  const { rows } =
    await sql<Delivery>`select ${DELIVERY} from email_deliveries where workspace_id = ${tx.workspaceId} and id = ${id} for update`.execute(
      tx.db,
    );
  return rows[0];
}

export interface DeliveryUpdate {
  state: DeliveryState;
  detail: string | null;
  attempts?: number;
  nextTryAt?: Date | null;
  sentAt?: Date;
}

export async function updateDelivery(tx: Tx, id: number, change: DeliveryUpdate): Promise<Delivery> {
  const { rows } = await sql<Delivery>`
    update email_deliveries set state = ${change.state}, detail = ${change.detail}, attempts = coalesce(${change.attempts ?? null}::integer, attempts),
      next_try_at = ${change.nextTryAt ?? null}, sent_at = coalesce(${change.sentAt ?? null}::timestamptz, sent_at), changed_at = ${tx.now}
    where workspace_id = ${tx.workspaceId} and id = ${id} returning ${DELIVERY}`.execute(tx.db);
  const [updated] = rows;
  if (!updated) throw new Error(`delivery ${id} is gone`);
  return updated;
}

/** The message of ours with this Message-ID, locked. */
export async function lockByMessageId(tx: Tx, messageId: string): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery>`
    select ${DELIVERY} from email_deliveries where workspace_id = ${tx.workspaceId} and internet_message_id = ${messageId} for update`.execute(
    tx.db,
  );
  return rows[0];
}

/** The newest message that went to an address since a moment, locked. */
export async function lockNewestTo(tx: Tx, address: string, since: Date): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery>`
    select ${DELIVERY} from email_deliveries
    where workspace_id = ${tx.workspaceId} and to_address = ${address} and state in ('sent', 'delivered', 'bounced') and sent_at >= ${since}
    order by id desc limit 1 for update`.execute(tx.db);
  return rows[0];
}

/** The newest first, of one state or of all. */
export async function listDeliveries(
  scope: Scope,
  page: { state: DeliveryState | null; before: number | null; limit: number },
): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select ${DELIVERY} from email_deliveries where workspace_id = ${scope.workspaceId}
      and (${page.state}::text is null or state = ${page.state}) and (${page.before}::bigint is null or id < ${page.before}::bigint)
    order by id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

export async function lockKept(tx: Tx, limit: number): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select ${DELIVERY} from email_deliveries where workspace_id = ${tx.workspaceId} and state = 'kept' order by id limit ${limit} for update`.execute(
    tx.db,
  );
  return rows;
}

/** Counts one more automatic mail to an address in this hour; returns how many that makes. */
export async function countAutomatic(tx: Tx, address: string): Promise<number> {
  const { rows } = await sql<{ sent: number }>`
    insert into automatic_mail_counts (workspace_id, address, hour, sent) values (${tx.workspaceId}, ${address}, date_trunc('hour', ${tx.now}::timestamptz), 1)
    on conflict (workspace_id, address, hour) do update set sent = automatic_mail_counts.sent + 1 returning sent`.execute(tx.db);
  return rows[0]?.sent ?? 1;
}

export async function forgetAutomaticCounts({ db }: Pick<Scope, "db">, before: Date): Promise<void> {
  await sql`delete from automatic_mail_counts where hour < ${before}`.execute(db);
}
