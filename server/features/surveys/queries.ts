import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";

export type Asking = "notice" | "opt-in" | "off";

export interface Ask {
  id: number;
  workspaceId: number;
  conversationId: number;
  customerId: number;
  /** Who handled the conversation; the answer is credited to them. */
  memberId: number | null;
  token: string;
  state: "waiting" | "deferred" | "sent" | "withheld" | "cancelled";
  reason: string | null;
  deferrals: number;
  firstDueAt: Date;
  sentAt: Date | null;
}

const ASK = sql`id, workspace_id as "workspaceId", conversation_id as "conversationId", customer_id as "customerId", member_id as "memberId", token, state, reason,
  deferrals, first_due_at as "firstDueAt", sent_at as "sentAt"`;

export async function askingOf(scope: Scope): Promise<Asking> {
  const row = await scope.db
    .selectFrom("survey_settings")
    .select("asking")
    .where("workspace_id", "=", scope.workspaceId)
    .executeTakeFirst();
  return row?.asking === "opt-in" || row?.asking === "off" ? row.asking : "notice";
}

export async function saveAsking(tx: Tx, asking: Asking): Promise<void> {
  await sql`insert into survey_settings (workspace_id, asking) values (${tx.workspaceId}, ${asking})
    on conflict (workspace_id) do update set asking = excluded.asking`.execute(tx.db);
}

/** A new ask for a conversation, or its cancelled one again; null when it has been asked or decided already. */
export async function insertAsk(
  tx: Tx,
  row: { conversationId: number; customerId: number; memberId: number | null; token: string },
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    insert into survey_asks (workspace_id, conversation_id, customer_id, member_id, token, state, first_due_at)
    values (${tx.workspaceId}, ${row.conversationId}, ${row.customerId}, ${row.memberId}, ${row.token}, 'waiting', ${tx.now})
    on conflict (workspace_id, conversation_id) do update set state = 'waiting', first_due_at = excluded.first_due_at, member_id = excluded.member_id
      where survey_asks.state = 'cancelled'
    returning id`.execute(tx.db);
  return rows[0]?.id ?? null;
}

export async function lockAsk(tx: Tx, id: number): Promise<Ask | undefined> {
  const { rows } = await sql<Ask>`select ${ASK} from survey_asks where workspace_id = ${tx.workspaceId} and id = ${id} for update`.execute(
    tx.db,
  );
  return rows[0];
}

/** By the token in the mail: whoever holds it may answer, in whichever workspace it was made. */
export async function askByToken({ db }: Pick<Scope, "db">, token: string): Promise<Ask | undefined> {
  const { rows } = await sql<Ask>`select ${ASK} from survey_asks where token = ${token}`.execute(db);
  return rows[0];
}

export async function changeAsk(
  tx: Tx,
  id: number,
  change: { state: Ask["state"]; reason?: string; deferredUntil?: Date; deliveryId?: number },
): Promise<void> {
  await sql`update survey_asks set state = ${change.state}, reason = ${change.reason ?? null}, deferred_until = ${change.deferredUntil ?? null},
      deferrals = deferrals + ${change.state === "deferred" ? 1 : 0}, delivery_id = coalesce(${change.deliveryId ?? null}, delivery_id),
      sent_at = case when ${change.state} = 'sent' then ${tx.now}::timestamptz else sent_at end
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db);
}

export interface Response {
  id: number;
  conversationId: number;
  customerId: number;
  rating: number | null;
  comment: string | null;
  answeredAt: Date;
  changedAt: Date;
}

const RESPONSE = [
  "id",
  "conversation_id as conversationId",
  "customer_id as customerId",
  "rating",
  "comment",
  "answered_at as answeredAt",
  "changed_at as changedAt",
] as const;

export async function responseTo(scope: Scope, askId: number): Promise<Response | undefined> {
  return scope.db
    .selectFrom("survey_responses")
    .select(RESPONSE)
    .where("workspace_id", "=", scope.workspaceId)
    .where("ask_id", "=", askId)
    .executeTakeFirst();
}

export async function saveResponse(tx: Tx, ask: Ask, answer: { rating: number | null; comment: string | null }): Promise<Response> {
  const { rows } = await sql<Response>`
    insert into survey_responses (workspace_id, ask_id, conversation_id, customer_id, rating, comment, answered_at, changed_at)
    values (${tx.workspaceId}, ${ask.id}, ${ask.conversationId}, ${ask.customerId}, ${answer.rating}, ${answer.comment}, ${tx.now}, ${tx.now})
    on conflict (ask_id) do update set rating = excluded.rating, comment = excluded.comment, changed_at = excluded.changed_at
    returning id, conversation_id as "conversationId", customer_id as "customerId", rating, comment, answered_at as "answeredAt", changed_at as "changedAt"`.execute(
    tx.db,
  );
  const [saved] = rows;
  if (!saved) throw new Error("a response was not saved");
  return saved;
}

/** Notes a press; answers which ratings were pressed since a moment, this one included. */
export async function notePress(tx: Tx, askId: number, rating: number, since: Date): Promise<number[]> {
  await sql`insert into survey_presses (ask_id, workspace_id, rating, pressed_at) values (${askId}, ${tx.workspaceId}, ${rating}, ${tx.now})`.execute(
    tx.db,
  );
  const { rows } = await sql<{ rating: number }>`
    select distinct rating from survey_presses where workspace_id = ${tx.workspaceId} and ask_id = ${askId} and pressed_at >= ${since}`.execute(
    tx.db,
  );
  return rows.map((row) => row.rating);
}

export async function listResponses(scope: Scope, before: { at: Date; id: number } | null, limit: number): Promise<Response[]> {
  return scope.db
    .selectFrom("survey_responses")
    .select(RESPONSE)
    .where("workspace_id", "=", scope.workspaceId)
    .where("rating", "is not", null)
    .$if(before !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) => eb(refTuple("answered_at", "id"), "<", tuple(before?.at ?? new Date(), before?.id ?? 0))),
    )
    .orderBy("answered_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** How many asks came to what, since a moment: each metric says how many were withheld. */
export async function countAsks(scope: Scope, from: Date, to: Date): Promise<Record<Ask["state"], number>> {
  const { rows } = await sql<{ state: Ask["state"]; asks: number }>`
    select state, count(*) as asks from survey_asks where workspace_id = ${scope.workspaceId} and first_due_at >= ${from} and first_due_at < ${to} group by state`.execute(
    scope.db,
  );
  return { waiting: 0, deferred: 0, sent: 0, withheld: 0, cancelled: 0, ...Object.fromEntries(rows.map((row) => [row.state, row.asks])) };
}
