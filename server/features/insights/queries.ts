import { sql } from "kysely";
import { arrayLiteral, type Scope } from "../../platform/db/index.ts";
import type { ContactFact, ConversationFact, OrderFact } from "./facts.ts";

type Everywhere = Pick<Scope, "db">;

const FACTS = ["conversation_facts", "order_facts", "contact_facts"] as const;

const CONVERSATION = sql`conversation_id as "conversationId", workspace_id as "workspaceId", customer_id as "customerId", written_for as "writtenFor", channel, began, arrived_at as "arrivedAt",
  queue_length as "queueLength", first_response_at as "firstResponseAt", first_response_minutes as "firstResponseMinutes",
  first_response_business_minutes as "firstResponseBusinessMinutes", first_response_kept as "firstResponseKept", first_closed_at as "firstClosedAt",
  last_closed_at as "lastClosedAt", is_closed as "isClosed", closings, reopenings, asked_at as "askedAt", withheld_because as "withheldBecause",
  rating, comment, rated_at as "ratedAt", member_id as "memberId"`;
const ORDER = sql`order_id as "orderId", workspace_id as "workspaceId", customer_id as "customerId", written_for as "writtenFor", number, placed_at as "placedAt", promised_at as "promisedAt",
  delivered_at as "deliveredAt", late_at as "lateAt", cancelled_at as "cancelledAt"`;

export async function conversationFactsIn({ db }: Everywhere, ids: readonly number[]): Promise<ConversationFact[]> {
  const { rows } =
    await sql<ConversationFact>`select ${CONVERSATION} from conversation_facts where conversation_id = any(${[...ids]}::bigint[])`.execute(
      db,
    );
  return rows;
}

export async function orderFactsIn({ db }: Everywhere, ids: readonly number[]): Promise<OrderFact[]> {
  const { rows } = await sql<OrderFact>`select ${ORDER} from order_facts where order_id = any(${[...ids]}::bigint[])`.execute(db);
  return rows;
}

export async function saveConversationFacts({ db }: Everywhere, rows: readonly ConversationFact[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof ConversationFact>(key: K): ConversationFact[K][] => rows.map((row) => row[key]);
  await sql`
    insert into conversation_facts (conversation_id, workspace_id, customer_id, written_for, channel, began, arrived_at, queue_length, first_response_at, first_response_minutes,
      first_response_business_minutes, first_response_kept, first_closed_at, last_closed_at, is_closed, closings, reopenings, asked_at, withheld_because,
      rating, comment, rated_at, member_id)
    select * from unnest(${column("conversationId")}::bigint[], ${column("workspaceId")}::bigint[], ${column("customerId")}::bigint[], ${column("writtenFor")}::bigint[], ${column("channel")}::text[],
      ${column("began")}::text[], ${column("arrivedAt")}::timestamptz[], ${column("queueLength")}::int[], ${column("firstResponseAt")}::timestamptz[],
      ${column("firstResponseMinutes")}::float8[], ${column("firstResponseBusinessMinutes")}::float8[], ${column("firstResponseKept")}::boolean[],
      ${column("firstClosedAt")}::timestamptz[], ${column("lastClosedAt")}::timestamptz[], ${column("isClosed")}::boolean[], ${column("closings")}::int[],
      ${column("reopenings")}::int[], ${column("askedAt")}::timestamptz[], ${column("withheldBecause")}::text[], ${column("rating")}::int[],
      ${column("comment")}::text[], ${column("ratedAt")}::timestamptz[], ${column("memberId")}::bigint[])
    on conflict (conversation_id) do update set first_response_at = excluded.first_response_at, first_response_minutes = excluded.first_response_minutes,
      first_response_business_minutes = excluded.first_response_business_minutes, first_response_kept = excluded.first_response_kept,
      first_closed_at = excluded.first_closed_at, last_closed_at = excluded.last_closed_at, is_closed = excluded.is_closed, closings = excluded.closings,
      reopenings = excluded.reopenings, asked_at = excluded.asked_at, withheld_because = excluded.withheld_because, rating = excluded.rating,
      comment = excluded.comment, rated_at = excluded.rated_at, member_id = excluded.member_id`.execute(db);
}

export async function saveOrderFacts({ db }: Everywhere, rows: readonly OrderFact[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof OrderFact>(key: K): OrderFact[K][] => rows.map((row) => row[key]);
  await sql`
    insert into order_facts (order_id, workspace_id, customer_id, written_for, number, placed_at, promised_at, delivered_at, late_at, cancelled_at)
    select * from unnest(${column("orderId")}::bigint[], ${column("workspaceId")}::bigint[], ${column("customerId")}::bigint[], ${column("writtenFor")}::bigint[], ${column("number")}::text[],
      ${column("placedAt")}::timestamptz[], ${column("promisedAt")}::timestamptz[], ${column("deliveredAt")}::timestamptz[], ${column("lateAt")}::timestamptz[],
      ${column("cancelledAt")}::timestamptz[])
    on conflict (order_id) do update set number = excluded.number, placed_at = excluded.placed_at, promised_at = excluded.promised_at,
      delivered_at = excluded.delivered_at, late_at = excluded.late_at, cancelled_at = excluded.cancelled_at`.execute(db);
}

export async function saveContactFacts({ db }: Everywhere, rows: readonly ContactFact[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof ContactFact>(key: K): ContactFact[K][] => rows.map((row) => row[key]);
  await sql`
    insert into contact_facts (position, workspace_id, customer_id, written_for, at, we_wrote_first)
    select * from unnest(${column("position")}::bigint[], ${column("workspaceId")}::bigint[], ${column("customerId")}::bigint[], ${column("writtenFor")}::bigint[], ${column("at")}::timestamptz[], ${column("weWroteFirst")}::boolean[])
    on conflict do nothing`.execute(db);
}

/** Gives what is counted to the person that each customer now is. */
export async function giveToPersons({ db }: Everywhere, roots: ReadonlyMap<number, number>): Promise<void> {
  for (const table of FACTS) {
    await sql`update ${sql.table(table)} set customer_id = root
      from unnest(${arrayLiteral([...roots.keys()])}::bigint[], ${arrayLiteral([...roots.values()])}::bigint[]) as given (id, root)
      where written_for = id and customer_id <> root`.execute(db);
  }
}

export async function dropAll({ db }: Everywhere): Promise<void> {
  await sql`truncate conversation_facts, order_facts, contact_facts`.execute(db);
}

export async function dropWorkspace(scope: Scope): Promise<void> {
  for (const table of FACTS) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  }
}

/** Conversations that arrived, were closed or rated between two moments. */
export async function readConversationFacts(scope: Scope, from: Date, to: Date): Promise<ConversationFact[]> {
  const { rows } = await sql<ConversationFact>`
    select ${CONVERSATION} from conversation_facts
    where workspace_id = ${scope.workspaceId} and ((arrived_at >= ${from} and arrived_at < ${to}) or (first_closed_at >= ${from} and first_closed_at < ${to})
      or (last_closed_at >= ${from} and last_closed_at < ${to}) or (rated_at >= ${from} and rated_at < ${to}))`.execute(scope.db);
  return rows;
}

/** Orders placed or promised between two moments. */
export async function readOrderFacts(scope: Scope, from: Date, to: Date): Promise<OrderFact[]> {
  const { rows } = await sql<OrderFact>`
    select ${ORDER} from order_facts
    where workspace_id = ${scope.workspaceId} and ((promised_at >= ${from} and promised_at < ${to}) or (placed_at >= ${from} and placed_at < ${to}))`.execute(
    scope.db,
  );
  return rows;
}

export interface FirstBuyer {
  customerId: number;
  firstAt: Date;
  secondAt: Date | null;
}

/** Customers whose first order was placed between two moments, with when they came back. Cancelled orders are out. */
export async function readFirstBuyers(scope: Scope, from: Date, to: Date): Promise<FirstBuyer[]> {
  const { rows } = await sql<FirstBuyer>`
    select customer_id as "customerId", first_at as "firstAt", second_at as "secondAt" from (
      select customer_id, placed_at as first_at, row_number() over w as number, lead(placed_at) over w as second_at
      from order_facts where workspace_id = ${scope.workspaceId} and placed_at is not null and cancelled_at is null
      window w as (partition by customer_id order by placed_at, order_id)) o
    where number = 1 and first_at >= ${from} and first_at < ${to}`.execute(scope.db);
  return rows;
}

export async function readContacts(scope: Scope, from: Date, to: Date): Promise<{ at: Date; weWroteFirst: boolean }[]> {
  const { rows } = await sql<{ at: Date; weWroteFirst: boolean }>`
    select at, we_wrote_first as "weWroteFirst" from contact_facts where workspace_id = ${scope.workspaceId} and at >= ${from} and at < ${to}`.execute(
    scope.db,
  );
  return rows;
}

export async function countOpen(scope: Scope): Promise<number> {
  const { rows } = await sql<{
    open: number;
  }>`select count(*) as open from conversation_facts where workspace_id = ${scope.workspaceId} and not is_closed`.execute(scope.db);
  return rows[0]?.open ?? 0;
}

export async function listOpen(scope: Scope, limit: number): Promise<ConversationFact[]> {
  const { rows } = await sql<ConversationFact>`
    select ${CONVERSATION} from conversation_facts where workspace_id = ${scope.workspaceId} and not is_closed order by arrived_at limit ${limit}`.execute(
    scope.db,
  );
  return rows;
}
