import { sql } from "kysely";
import { arrayLiteral, storableJson, type Scope, type Tx } from "../../platform/db/index.ts";
import type { Facts } from "./facts.ts";
import { ORDER, type Order } from "./queries.ts";

/** An order under its source's own number. */
export interface OrderKey {
  source: string;
  externalId: string;
}

export interface StoredOrder extends Order {
  facts: Facts;
}

export type OrderRow = Omit<Order, "id"> & { facts: Facts };

export function keyText({ source, externalId }: OrderKey): string {
  return `${source}\n${externalId}`;
}

/**
 * Makes whoever tells of the same orders wait for one another. Always in the same order, so that none wait for ever; and
 * by one of 256 locks, since Postgres has room for some thousands and a file tells of many orders at once.
 */
export async function holdOrders(tx: Tx, keys: readonly OrderKey[]): Promise<void> {
  const names = keys.map((key) => `${key.source}:${key.externalId}`);
  await sql`select pg_advisory_xact_lock(name) from (
    select distinct hashtextextended(${`orders:${tx.workspaceId}:`} || (hashtextextended(name, 0) & 255), 0) as name
    from unnest(${arrayLiteral(names)}::text[]) as name order by 1) as held`.execute(tx.db);
}

/** What is known of these orders, by `keyText`. By index, whatever the planner guesses. */
export async function knownOrders(scope: Scope, keys: readonly OrderKey[]): Promise<Map<string, StoredOrder>> {
  const { rows } = await sql<StoredOrder>`
    select ${ORDER}, facts
    from (select distinct * from unnest(${arrayLiteral(keys.map((key) => key.source))}::text[], ${arrayLiteral(keys.map((key) => key.externalId))}::text[])
      as named (name, their_id)) as wanted
    cross join lateral (
      select * from orders where workspace_id = ${scope.workspaceId} and source = wanted.name and external_id = wanted.their_id limit 1) as found`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [keyText(row), row]));
}

export async function lockOrder(tx: Tx, key: OrderKey): Promise<StoredOrder | undefined> {
  await holdOrders(tx, [key]);
  return (await knownOrders(tx, [key])).get(keyText(key));
}

export async function lockOrderById(tx: Tx, id: number): Promise<StoredOrder | undefined> {
  const { rows } =
    await sql<StoredOrder>`select ${ORDER}, facts from orders where workspace_id = ${tx.workspaceId} and id = ${id} for update`.execute(
      tx.db,
    );
  return rows[0];
}

/** Saves orders as they stand, new or not, each key once; answers them by `keyText`. */
export async function saveOrders(tx: Tx, rows: readonly OrderRow[]): Promise<Map<string, Order>> {
  const texts = (pick: (row: OrderRow) => string | number | null) => sql`${arrayLiteral(rows.map(pick))}::text[]`;
  const times = (pick: (row: OrderRow) => Date | null) => sql`${arrayLiteral(rows.map(pick))}::timestamptz[]`;
  const jsons = (pick: (row: OrderRow) => object) => sql`${arrayLiteral(rows.map((row) => storableJson(pick(row))))}::jsonb[]`;
  const { rows: saved } = await sql<Order>`
    insert into orders (workspace_id, updated_at, customer_id, source, external_id, number, state, items, total, currency, placed_at, paid_at,
      promised_at, shipped_at, delivered_at, cancelled_at, late_at, tracking, payments, shipments, returns, refunds, disputes, facts)
    select ${tx.workspaceId}, ${tx.now}, given.* from unnest(
      ${arrayLiteral(rows.map((row) => row.customerId))}::bigint[], ${texts((row) => row.source)}, ${texts((row) => row.externalId)},
      ${texts((row) => row.number)}, ${texts((row) => row.state)}, ${jsons((row) => row.items)},
      ${arrayLiteral(rows.map((row) => row.total))}::numeric[], ${texts((row) => row.currency)}, ${times((row) => row.placedAt)},
      ${times((row) => row.paidAt)}, ${times((row) => row.promisedAt)}, ${times((row) => row.shippedAt)}, ${times((row) => row.deliveredAt)},
      ${times((row) => row.cancelledAt)}, ${times((row) => row.lateAt)}, ${texts((row) => row.tracking)}, ${jsons((row) => row.payments)},
      ${jsons((row) => row.shipments)}, ${jsons((row) => row.returns)}, ${jsons((row) => row.refunds)}, ${jsons((row) => row.disputes)},
      ${jsons((row) => row.facts)}) as given
    on conflict (workspace_id, source, external_id) do update set number = excluded.number, state = excluded.state, items = excluded.items,
      total = excluded.total, currency = excluded.currency, placed_at = excluded.placed_at, paid_at = excluded.paid_at,
      promised_at = excluded.promised_at, shipped_at = excluded.shipped_at, delivered_at = excluded.delivered_at,
      cancelled_at = excluded.cancelled_at, late_at = excluded.late_at, facts = excluded.facts, tracking = excluded.tracking,
      payments = excluded.payments, shipments = excluded.shipments, returns = excluded.returns, refunds = excluded.refunds,
      disputes = excluded.disputes, updated_at = excluded.updated_at
    returning ${ORDER}`.execute(tx.db);
  return new Map(saved.map((order) => [keyText(order), order]));
}
