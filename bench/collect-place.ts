import { pool } from "../server/platform/db/index.ts";
import { customers } from "./events.ts";

/** Customers with their user ids, a log to begin with, and the tables of the bare server with the same indexes. */
export async function prepare(workspaceId: number, logSize: number): Promise<void> {
  const db = pool();
  await db.query(
    `insert into customers (id, workspace_id, name, first_seen_at, last_seen_at, created_at) overriding system value
     select n, $1, 'Customer ' || n, now(), now(), now() from generate_series(1, $2::bigint) n`,
    [workspaceId, customers],
  );
  await db.query(`select setval(pg_get_serial_sequence('customers', 'id'), $1)`, [customers]);
  await db.query(
    `insert into identities (customer_id, workspace_id, kind, value, shown, source, verified, first_seen_at)
     select n, $1, 'user_id', 'user-' || n - 1, 'user-' || n - 1, 'bench', true, now() from generate_series(1, $2::bigint) n`,
    [workspaceId, customers],
  );
  await db.query(
    `create table bare_interactions (like interactions including defaults, primary key (customer_id, position)) partition by range (position)`,
  );
  await db.query(`create table bare_interactions_0 partition of bare_interactions for values from (minvalue) to (maxvalue)`);
  await db.query(`create index on bare_interactions (customer_id, occurred_at desc, position desc)`);
  await db.query(`create index on bare_interactions (position)`);
  await db.query(`create table bare_keys (like interaction_keys including indexes)`);
  for (let from = 0; from < logSize; from += 100_000) await fill(workspaceId, from);
  await db.query("vacuum analyze customers, identities");
  await db.query("checkpoint");
}

async function fill(workspaceId: number, from: number): Promise<void> {
  const rows = `select $1::bigint, 1 + (n * 7919) % ${customers}, 'event.tracked', now() - interval '1 year' + n * interval '5 s', now(), 'reactive', 'web', 'bench',
    jsonb_build_object('name', 'Product Viewed', 'properties', jsonb_build_object('product_id', n % 4000, 'price', 4.6, 'currency', 'GBP'), 'context', jsonb_build_object('locale', 'en-GB', 'userAgent', repeat('Mozilla ', 20)))
    from generate_series($2::bigint, $2::bigint + 99999) n`;
  const columns = "(workspace_id, customer_id, kind, occurred_at, received_at, initiative, channel, source, properties)";
  await pool().query(`select ensure_interactions_partition(last_value + 200000) from interactions_position`);
  await pool().query(`insert into interactions ${columns} ${rows}`, [workspaceId, from]);
  await pool().query(`insert into bare_interactions ${columns} ${rows}`, [workspaceId, from]);
}
