import { sql } from "kysely";
import { personOf } from "../interactions/index.ts";
import { arrayLiteral, type Scope } from "../../platform/db/index.ts";
import type { OrderState } from "./as-it-stands.ts";
import type { Dispute, OrderItem, Payment, Refund, Return, Shipment } from "./words.ts";

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
  paidAt: Date | null;
  promisedAt: Date | null;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  cancelledAt: Date | null;
  lateAt: Date | null;
  tracking: string | null;
  payments: Payment[];
  shipments: Shipment[];
  returns: Return[];
  refunds: Refund[];
  disputes: Dispute[];
}

export const ORDER = sql`id, customer_id as "customerId", source, external_id as "externalId", number, state, items, total::float8 as total, currency,
  placed_at as "placedAt", paid_at as "paidAt", promised_at as "promisedAt", shipped_at as "shippedAt", delivered_at as "deliveredAt",
  cancelled_at as "cancelledAt", late_at as "lateAt", tracking,
  payments, shipments, returns, refunds, disputes`;

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

/** Orders in the order in which they came to us. `saidAt`: when the newest word on them was said. */
export async function pageOfOrders(
  scope: Scope,
  page: { after: number; limit: number; among?: readonly number[] },
): Promise<(Order & { saidAt: string | null })[]> {
  const { rows } = await sql<Order & { saidAt: string | null }>`
    select ${ORDER}, (select max(at) from jsonb_array_elements_text(jsonb_path_query_array(facts, '$.**.at ? (@.type() == "string")')) as at) as "saidAt"
    from orders where workspace_id = ${scope.workspaceId} and id > ${page.after}
      and (${page.among === undefined} or customer_id = any(${arrayLiteral([...(page.among ?? [])])}::bigint[]))
    order by id limit ${page.limit}`.execute(scope.db);
  return rows;
}

/** Orders whose promise has passed unnoticed, over all workspaces: the clock's own question. */
export async function overdueOrders({ db }: Pick<Scope, "db">, at: Date, limit: number): Promise<{ id: number; workspaceId: number }[]> {
  const { rows } = await sql<{ id: number; workspaceId: number }>`
    select id, workspace_id as "workspaceId" from orders
    where delivered_at is null and late_at is null and cancelled_at is null and promised_at < ${at}
    order by promised_at limit ${limit}`.execute(db);
  return rows;
}
