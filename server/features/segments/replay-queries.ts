import { sql } from "kysely";
import { arrayLiteral, together, type Scope } from "../../platform/db/index.ts";
import type { Source } from "./condition.ts";
import type { Records } from "./past-looks.ts";
import type { Lived } from "./replay.ts";

const AT_ONCE = 5000;
/** The log is read by position and by customer; a wrong clock does not make anything later than it arrived. */
const MS = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;

/** What these customers lived through, of these kinds, in the order of arrival. @param upTo for each partition of the customers */
export async function* livedBy(
  scope: Scope,
  customerIds: readonly number[],
  kinds: readonly string[],
  upTo: readonly number[],
): AsyncGenerator<Lived> {
  if (kinds.length === 0) return;
  for (let after = 0; ;) {
    const { rows } = await sql<Lived["happened"] & Omit<Lived, "happened"> & { position: number }>`
      select i.position, i.customer_id as "customerId", i.kind, ${MS("i.received_at")} as "receivedAt",
        least(${MS("i.occurred_at")}, ${MS("i.received_at")}) as at, i.channel, i.stage, i.touchpoint_id as "touchpointId", i.properties
      from interactions i
      where i.workspace_id = ${scope.workspaceId} and i.customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) and i.position > ${after}
        and i.position <= (${arrayLiteral([...upTo])}::bigint[])[i.customer_id % ${upTo.length} + 1] and i.kind = any(${[...kinds]}::text[])
      order by i.position limit ${AT_ONCE}`.execute(scope.db);
    for (const { position, customerId, receivedAt, ...happened } of rows) {
      after = position;
      yield { customerId, receivedAt, happened };
    }
    if (rows.length < AT_ONCE) return;
  }
}

/** What tables hold of these customers, as far as conditions ask for it. */
export async function recordsOf(scope: Scope, customerIds: readonly number[], sources: ReadonlySet<Source>): Promise<Records> {
  const ids = arrayLiteral([...customerIds]);
  const when = (source: Source) =>
    sql`${sources.has(source)}::boolean and t.workspace_id = ${scope.workspaceId} and t.customer_id = any(${ids}::bigint[])`;
  const [profiles, identities, orders, evidence] = await together([
    sql<Records["profiles"][number]>`
      select t.customer_id as "customerId", jsonb_build_object('name', t.name, 'email', t.email, 'phone', t.phone, 'locale', t.locale,
        'timeZone', t.time_zone, 'organization', o.name, 'fields', t.fields) as profile
      from (select id as customer_id, c.* from customers c) t left join organizations o on o.id = t.organization_id and o.workspace_id = t.workspace_id
      where ${when("profile")} order by t.first_seen_at, t.customer_id`.execute(scope.db),
    sql<Records["identities"][number]>`
      select t.customer_id as "customerId", t.kind, ${MS("t.first_seen_at")} as "from" from identities t where ${when("identities")}`.execute(
      scope.db,
    ),
    sql<Records["orders"][number]>`
      select t.customer_id as "customerId", ${MS("t.placed_at")} as at, round(coalesce(t.total, 0) * 100)::bigint as cents, t.currency,
        coalesce(${MS("told.first")}, ${MS("t.placed_at")}) as "from", case when t.state = 'cancelled' then coalesce(${MS("told.cancelled")}, ${MS("t.updated_at")}) end as until
      from orders t left join (
        select order_id, min(received_at) as first, min(received_at) filter (where kind = 'order.cancelled') as cancelled from interactions
        where workspace_id = ${scope.workspaceId} and customer_id = any(${ids}::bigint[]) and order_id is not null group by order_id) told on told.order_id = t.id
      where ${when("orders")}`.execute(scope.db),
    sql<Evidenced>`
      select t.customer_id as "customerId", t.position, t.at, t.episode, t.valence, t.weight, ${MS("i.received_at")} as "from"
      from (select written_for as customer_id, e.workspace_id, e.position, e.at, e.episode, e.valence, e.weight from evidence e
        where e.customer_id in (select coalesce(a.root_id, id) from unnest(${ids}::bigint[]) as given (id) left join customer_aliases a on a.customer_id = id)) t
      join interactions i on i.customer_id = t.customer_id and i.position = t.position
      where ${when("score")}`.execute(scope.db),
  ]);
  return {
    profiles: profiles.rows,
    identities: identities.rows,
    orders: orders.rows,
    evidence: evidence.rows.map(({ customerId, from, ...piece }) => ({ customerId, from, piece })),
  };
}

type Evidenced = Records["evidence"][number]["piece"] & { customerId: number; from: number };

/** Since when each segment's members are kept by the conditions that it has now. */
export async function computedAt(scope: Scope): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; at: number }>`
    select id, ${MS("computed_at")} as at from segments where workspace_id = ${scope.workspaceId} and computed_at is not null`.execute(
    scope.db,
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}
