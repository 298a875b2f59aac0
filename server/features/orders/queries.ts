import { sql } from "kysely";
import { personOf } from "../interactions/index.ts";
import type { Scope, Tx } from "../../platform/db/index.ts";
import type { Facts, OrderItem, OrderState } from "./facts.ts";

export interface Order {
  id: number;
  customerId: number;
  source: string;
  externalId: string;
  number: string;
  state: OrderState;
  items: OrderItem[];
  total: number | null;
  currency: string | null;
  placedAt: Date;
  promisedAt: Date | null;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  cancelledAt: Date | null;
  lateAt: Date | null;
  tracking: string | null;
}

const ORDER = sql`id, customer_id as "customerId", source, external_id as "externalId", number, state, items, total::float8 as total, currency,
  placed_at as "placedAt", promised_at as "promisedAt", shipped_at as "shippedAt", delivered_at as "deliveredAt",
  cancelled_at as "cancelledAt", late_at as "lateAt", tracking`;

export async function findOrder(scope: Scope, id: number): Promise<Order | undefined> {
  const { rows } = await sql<Order>`select ${ORDER} from orders where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(scope.db);
  return rows[0];
}

export async function findOrders(scope: Scope, ids: readonly number[]): Promise<Map<number, Order>> {
  const { rows } =
    await sql<Order>`select ${ORDER} from orders where workspace_id = ${scope.workspaceId} and id = any(${[...ids]}::bigint[])`.execute(
      scope.db,
    );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A customer's orders, newest first. */
export async function ordersOf(
  scope: Scope,
  customerId: number,
  page: { before: { at: Date; id: number } | null; limit: number },
): Promise<Order[]> {
  const { rows } = await sql<Order>`
    select ${ORDER} from orders
    where workspace_id = ${scope.workspaceId} and customer_id in ${personOf(customerId)}
      and (${page.before?.at ?? null}::timestamptz is null or (placed_at, id) < (${page.before?.at ?? null}::timestamptz, ${page.before?.id ?? null}::bigint))
    order by placed_at desc, id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

export async function listOrders(scope: Scope, page: { before: { at: Date; id: number } | null; limit: number }): Promise<Order[]> {
  const { rows } = await sql<Order>`
    select ${ORDER} from orders where workspace_id = ${scope.workspaceId}
      and (${page.before?.at ?? null}::timestamptz is null or (placed_at, id) < (${page.before?.at ?? null}::timestamptz, ${page.before?.id ?? null}::bigint))
    order by placed_at desc, id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

export interface OrderKey {
  source: string;
  externalId: string;
}

export interface StoredOrder extends Order {
  facts: Facts;
}

/** The order under its source's own number, locked; two writers about the same order go one after the other. */
export async function lockOrder(tx: Tx, key: OrderKey): Promise<StoredOrder | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`order:${tx.workspaceId}:${key.source}:${key.externalId}`}, 0))`.execute(tx.db);
  const { rows } = await sql<StoredOrder>`
    select ${ORDER}, facts from orders
    where workspace_id = ${tx.workspaceId} and source = ${key.source} and external_id = ${key.externalId}`.execute(tx.db);
  return rows[0];
}

export async function lockOrderById(tx: Tx, id: number): Promise<StoredOrder | undefined> {
  const { rows } =
    await sql<StoredOrder>`select ${ORDER}, facts from orders where workspace_id = ${tx.workspaceId} and id = ${id} for update`.execute(
      tx.db,
    );
  return rows[0];
}

export type OrderRow = Omit<Order, "id"> & { facts: Facts };

export async function saveOrder(tx: Tx, row: OrderRow): Promise<Order> {
  const { rows } = await sql<Order>`
    insert into orders (workspace_id, customer_id, source, external_id, number, state, items, total, currency, placed_at, promised_at,
      shipped_at, delivered_at, cancelled_at, late_at, facts, tracking, updated_at)
    values (${tx.workspaceId}, ${row.customerId}, ${row.source}, ${row.externalId}, ${row.number}, ${row.state}, ${JSON.stringify(row.items)}::jsonb,
      ${row.total}, ${row.currency}, ${row.placedAt}, ${row.promisedAt}, ${row.shippedAt}, ${row.deliveredAt}, ${row.cancelledAt}, ${row.lateAt},
      ${JSON.stringify(row.facts)}::jsonb, ${row.tracking}, ${tx.now})
    on conflict (workspace_id, source, external_id) do update set number = excluded.number, state = excluded.state, items = excluded.items,
      total = excluded.total, currency = excluded.currency, placed_at = excluded.placed_at, promised_at = excluded.promised_at,
      shipped_at = excluded.shipped_at, delivered_at = excluded.delivered_at, cancelled_at = excluded.cancelled_at,
      late_at = excluded.late_at, facts = excluded.facts, tracking = excluded.tracking, updated_at = excluded.updated_at
    returning ${ORDER}`.execute(tx.db);
  const [saved] = rows;
  if (!saved) throw new Error("an order was not saved");
  return saved;
}

/** Orders whose promise has passed unnoticed, over all workspaces: the clock's own question. */
export async function overdueOrders({ db }: Pick<Scope, "db">, at: Date, limit: number): Promise<{ id: number; workspaceId: number }[]> {
  const { rows } = await sql<{ id: number; workspaceId: number }>`
    select id, workspace_id as "workspaceId" from orders
    where delivered_at is null and late_at is null and cancelled_at is null and promised_at < ${at}
    order by promised_at limit ${limit}`.execute(db);
  return rows;
}

export interface OrderSource {
  id: number;
  workspaceId: number;
  kind: string;
  name: string;
  token: string;
  secretSealed: string;
  promisedHours: number | null;
  createdAt: Date;
}

const SOURCE = [
  "id",
  "workspace_id as workspaceId",
  "kind",
  "name",
  "token",
  "secret_sealed as secretSealed",
  "promised_hours as promisedHours",
  "created_at as createdAt",
] as const;

export async function listSources(scope: Scope): Promise<OrderSource[]> {
  return scope.db
    .selectFrom("order_sources")
    .select(SOURCE)
    .where("workspace_id", "=", scope.workspaceId)
    .where("removed_at", "is", null)
    .orderBy("id")
    .limit(100)
    .execute();
}

export async function sourceByToken({ db }: Pick<Scope, "db">, token: string): Promise<OrderSource | undefined> {
  return db.selectFrom("order_sources").select(SOURCE).where("token", "=", token).where("removed_at", "is", null).executeTakeFirst();
}

export async function insertSource(
  tx: Tx,
  row: { kind: "shopify"; name: string; token: string; secretSealed: string; promisedHours: number | null },
): Promise<OrderSource> {
  return tx.db
    .insertInto("order_sources")
    .values({
      workspace_id: tx.workspaceId,
      kind: row.kind,
      name: row.name,
      token: row.token,
      secret_sealed: row.secretSealed,
      promised_hours: row.promisedHours,
      created_at: tx.now,
    })
    .returning(SOURCE)
    .executeTakeFirstOrThrow();
}

export async function endSource(tx: Tx, id: number): Promise<string | null> {
  const row = await tx.db
    .updateTable("order_sources")
    .set({ removed_at: tx.now })
    .where("workspace_id", "=", tx.workspaceId)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .returning("name")
    .executeTakeFirst();
  return row?.name ?? null;
}

export type EventOutcome = "taken" | "waiting" | "ignored";

export interface OrderEvent {
  topic: string;
  body: unknown;
}

/** Keeps a webhook as it came; false when the same one came before. */
export async function keepEvent(
  tx: Tx,
  row: { sourceId: number; eventKey: string; topic: string; orderExternalId: string | null; body: unknown; outcome: EventOutcome },
): Promise<boolean> {
  const { rows } = await sql`
    insert into order_events (workspace_id, source_id, event_key, topic, order_external_id, body, received_at, outcome)
    values (${tx.workspaceId}, ${row.sourceId}, ${row.eventKey}, ${row.topic}, ${row.orderExternalId}, ${JSON.stringify(row.body)}::jsonb, ${tx.now}, ${row.outcome})
    on conflict (source_id, event_key) do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

/** Events that came before their order: taken up now. */
export async function takeWaitingEvents(tx: Tx, sourceId: number, orderExternalId: string): Promise<OrderEvent[]> {
  const { rows } = await sql<OrderEvent>`
    update order_events set outcome = 'taken'
    where workspace_id = ${tx.workspaceId} and source_id = ${sourceId} and order_external_id = ${orderExternalId} and outcome = 'waiting'
    returning topic, body`.execute(tx.db);
  return rows;
}
