import { sql, type RawBuilder } from "kysely";
import { personOf } from "../interactions/index.ts";
import type { Scope, Tx } from "../../platform/db/index.ts";

export type Priority = "low" | "normal" | "high" | "urgent";

export interface Conversation {
  id: number;
  customerId: number;
  subject: string;
  status: "open" | "closed";
  channel: string;
  began: "customer" | "member";
  priority: Priority;
  assigneeId: number | null;
  tags: string[];
  mailAddressId: number | null;
  openedAt: Date;
  lastMessageAt: Date;
  preview: string;
  waitingSince: Date | null;
  dueAt: Date | null;
  dueKind: "first response" | "next response" | null;
  dueHour: Date | number;
  atRisk: boolean;
  firstResponseAt: Date | null;
  firstResponseDueAt: Date | null;
  resolutionDueAt: Date | null;
  closedAt: Date | null;
  firstClosedAt: Date | null;
  reopened: number;
  lastInboundId: number;
}

const CONVERSATION = sql`c.id, c.customer_id as "customerId", c.subject, c.status, c.channel, c.began, c.priority, c.assignee_id as "assigneeId", c.tags,
  c.mail_address_id as "mailAddressId", c.opened_at as "openedAt", c.last_message_at as "lastMessageAt", c.preview, c.waiting_since as "waitingSince",
  c.due_at as "dueAt", c.due_kind as "dueKind", c.due_hour as "dueHour", c.at_risk as "atRisk", c.first_response_at as "firstResponseAt",
  c.first_response_due_at as "firstResponseDueAt", c.resolution_due_at as "resolutionDueAt", c.closed_at as "closedAt",
  c.first_closed_at as "firstClosedAt", c.reopened, c.last_inbound_id as "lastInboundId"`;

export async function findConversation(scope: Scope, id: number): Promise<Conversation | undefined> {
  const { rows } =
    await sql<Conversation>`select ${CONVERSATION} from conversations c where c.workspace_id = ${scope.workspaceId} and c.id = ${id}`.execute(
      scope.db,
    );
  return rows[0];
}

export async function lockConversation(tx: Tx, id: number): Promise<Conversation | undefined> {
  const { rows } =
    await sql<Conversation>`select ${CONVERSATION} from conversations c where c.workspace_id = ${tx.workspaceId} and c.id = ${id} for update`.execute(
      tx.db,
    );
  return rows[0];
}

export interface ConversationFilter {
  status?: "open" | "closed";
  /** null: nobody's; a number: that member's; undefined: anybody's. */
  assigneeId?: number | null;
  customerId?: number;
  tag?: string;
  query?: string;
  atRisk?: boolean;
  /** Whose reading counts for `unread`. */
  readerId: number | null;
  limit: number;
}

export type Listed = Conversation & { unread: boolean };

/** Conversations by their last message, the newest first. */
export async function listNewest(scope: Scope, filter: ConversationFilter, before: { at: Date; id: number } | null): Promise<Listed[]> {
  const cursor = before === null ? sql`true` : sql`(c.last_message_at, c.id) < (${before.at}::timestamptz, ${before.id}::bigint)`;
  return list(scope, filter, cursor, sql`c.last_message_at desc, c.id desc`);
}

export interface UrgencyKey {
  dueHour: string;
  atRisk: boolean;
  id: number;
}

/** Open conversations in the order they want answering: the hour due, those at risk, the oldest. */
export async function listUrgent(scope: Scope, filter: ConversationFilter, after: UrgencyKey | null): Promise<Listed[]> {
  const cursor =
    after === null
      ? sql`true`
      : sql`(c.due_hour, not c.at_risk, c.id) > (${after.dueHour}::timestamptz, ${!after.atRisk}::boolean, ${after.id}::bigint)`;
  return list(scope, { ...filter, status: "open" }, cursor, sql`c.due_hour, c.at_risk desc, c.id`);
}

async function list(scope: Scope, filter: ConversationFilter, cursor: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<Listed[]> {
  const words = filter.query === undefined || filter.query.trim() === "" ? null : prefixQuery(filter.query);
  if (words === "") return [];
  const conditions = [
    sql`c.workspace_id = ${scope.workspaceId}`,
    cursor,
    ...(filter.status === undefined ? [] : [sql`c.status = ${sql.lit(filter.status)}`]),
    ...(filter.assigneeId === undefined
      ? []
      : [filter.assigneeId === null ? sql`c.assignee_id is null` : sql`c.assignee_id = ${filter.assigneeId}`]),
    ...(filter.customerId === undefined ? [] : [sql`c.customer_id in ${personOf(filter.customerId)}`]),
    ...(filter.tag === undefined ? [] : [sql`${filter.tag} = any(c.tags)`]),
    ...(filter.atRisk === undefined ? [] : [sql`c.at_risk = ${filter.atRisk}`]),
    ...(words === null ? [] : [sql`c.search @@ to_tsquery('simple', ${words})`]),
  ];
  const { rows } = await sql<Listed>`
    select ${CONVERSATION}, c.last_inbound_id > coalesce(r.message_id, 0) as unread
    from conversations c left join conversation_reads r on r.conversation_id = c.id and r.member_id = ${filter.readerId}
    where ${sql.join(conditions, sql` and `)} order by ${order} limit ${filter.limit}`.execute(scope.db);
  return rows;
}

export interface Counts {
  open: number;
  mine: number;
  unassigned: number;
  atRisk: number;
  waitingOnCustomer: number;
}

export async function countConversations(scope: Scope, memberId: number | null): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*) as open, count(*) filter (where assignee_id = ${memberId}) as mine, count(*) filter (where assignee_id is null) as unassigned,
      count(*) filter (where at_risk) as "atRisk", count(*) filter (where waiting_since is null) as "waitingOnCustomer"
    from conversations where workspace_id = ${scope.workspaceId} and status = 'open'`.execute(scope.db);
  return rows[0] ?? { open: 0, mine: 0, unassigned: 0, atRisk: 0, waitingOnCustomer: 0 };
}

/** How many conversations wait for an answer now, besides one. */
export async function queueLength(scope: Scope, besides: number | null): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*) as waiting from conversations where workspace_id = ${scope.workspaceId} and status = 'open' and waiting_since is not null
      and id is distinct from ${besides}`.execute(scope.db);
  return rows[0]?.waiting ?? 0;
}

export type NewConversation = Pick<
  Conversation,
  | "customerId"
  | "subject"
  | "channel"
  | "began"
  | "assigneeId"
  | "mailAddressId"
  | "openedAt"
  | "firstResponseDueAt"
  | "resolutionDueAt"
  | "atRisk"
>;

export async function insertConversation(tx: Tx, row: NewConversation, searchable: string): Promise<Conversation> {
  const { rows } = await sql<Conversation>`
    insert into conversations as c (workspace_id, customer_id, subject, channel, began, assignee_id, mail_address_id, opened_at, last_message_at,
      first_response_due_at, resolution_due_at, at_risk, search)
    values (${tx.workspaceId}, ${row.customerId}, ${row.subject}, ${row.channel}, ${row.began}, ${row.assigneeId}, ${row.mailAddressId}, ${row.openedAt},
      ${row.openedAt}, ${row.firstResponseDueAt}, ${row.resolutionDueAt}, ${row.atRisk}, to_tsvector('simple', ${wordsOf(searchable.slice(0, 4000)).join(" ")}))
    returning ${CONVERSATION}`.execute(tx.db);
  const [inserted] = rows;
  if (!inserted) throw new Error("a conversation was not saved");
  return inserted;
}

export type ConversationChange = Partial<
  Pick<
    Conversation,
    | "status"
    | "priority"
    | "assigneeId"
    | "tags"
    | "lastMessageAt"
    | "preview"
    | "waitingSince"
    | "dueAt"
    | "dueKind"
    | "firstResponseAt"
    | "closedAt"
    | "firstClosedAt"
    | "reopened"
    | "lastInboundId"
  >
>;

export async function updateConversation(tx: Tx, id: number, change: ConversationChange, searchable = ""): Promise<Conversation> {
  const set = {
    status: change.status,
    priority: change.priority,
    assignee_id: change.assigneeId,
    tags: change.tags,
    last_message_at: change.lastMessageAt,
    preview: change.preview,
    waiting_since: change.waitingSince,
    due_at: change.dueAt,
    due_kind: change.dueKind,
    due_hour: change.dueAt === undefined ? undefined : hourOf(change.dueAt),
    first_response_at: change.firstResponseAt,
    closed_at: change.closedAt,
    first_closed_at: change.firstClosedAt,
    reopened: change.reopened,
    last_inbound_id: change.lastInboundId,
    search: searchable === "" ? undefined : sql<string>`search || to_tsvector('simple', ${wordsOf(searchable.slice(0, 20_000)).join(" ")})`,
  };
  const { rows } = await sql<Conversation>`
    with updated as (${tx.db.updateTable("conversations").set(set).where("workspace_id", "=", tx.workspaceId).where("id", "=", id).returningAll()})
    select ${CONVERSATION} from updated c`.execute(tx.db);
  const [updated] = rows;
  if (!updated) throw new Error(`conversation ${id} is gone`);
  return updated;
}

export async function markRisk(tx: Tx, customerId: number, atRisk: boolean): Promise<void> {
  await sql`update conversations set at_risk = ${atRisk}
    where workspace_id = ${tx.workspaceId} and customer_id in ${personOf(customerId)} and status = 'open' and at_risk <> ${atRisk}`.execute(
    tx.db,
  );
}

/** @param risks in the order of the customers */
export async function setConversationRisks(tx: Tx, customerIds: readonly number[], risks: readonly boolean[]): Promise<void> {
  await sql`update conversations set at_risk = risk from unnest(${[...customerIds]}::bigint[], ${[...risks]}::boolean[]) as given (customer, risk)
    where workspace_id = ${tx.workspaceId} and customer_id = customer and status = 'open' and at_risk <> risk`.execute(tx.db);
}

/** Whether this customer waits with something else they wrote about; what holds surveys and outreach back. */
export async function hasOpenConversation(scope: Scope, customerId: number, besides: number | null): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from conversations where workspace_id = ${scope.workspaceId} and customer_id in ${personOf(customerId)}
      and status = 'open' and last_inbound_id > 0 and id is distinct from ${besides}) as found`.execute(scope.db);
  return rows[0]?.found ?? false;
}

export async function markRead(tx: Tx, conversationId: number, memberId: number, messageId: number): Promise<void> {
  await sql`insert into conversation_reads (conversation_id, member_id, workspace_id, message_id) values (${conversationId}, ${memberId}, ${tx.workspaceId}, ${messageId})
    on conflict (conversation_id, member_id) do update set message_id = greatest(conversation_reads.message_id, excluded.message_id)`.execute(
    tx.db,
  );
}

function hourOf(due: Date | null): Date | RawBuilder<Date> {
  if (due === null) return sql<Date>`'infinity'::timestamptz`;
  return new Date(Math.floor(due.getTime() / 3_600_000) * 3_600_000);
}

/** Empty where what is looked for holds no word. */
function prefixQuery(text: string): string {
  return wordsOf(text)
    .slice(0, 8)
    .map((word) => `${word}:*`)
    .join(" & ");
}

/** What is searched and what is searched for are cut alike; Postgres alone would keep an address as one word. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

export async function findSubjects(scope: Scope, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("conversations")
    .select(["id", "subject"])
    .where("workspace_id", "=", scope.workspaceId)
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row.subject]));
}

/** The customer's open conversation with the newest message. */
export async function openConversationOf(scope: Scope, customerId: number): Promise<Conversation | undefined> {
  const { rows } = await sql<Conversation>`
    select ${CONVERSATION} from conversations c
    where c.workspace_id = ${scope.workspaceId} and c.customer_id in ${personOf(customerId)} and c.status = 'open'
    order by c.last_message_at desc, c.id desc limit 1`.execute(scope.db);
  return rows[0];
}
