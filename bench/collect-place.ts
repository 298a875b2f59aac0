import { onOwnConnection, pool } from "../server/platform/db/index.ts";
import { customers } from "./events.ts";

/** The tables of the bare server, with the same rows and indexes as the log has. */
export async function makeBare(): Promise<void> {
  await onOwnConnection("bench", async (ask) => {
    await ask(
      `create table bare_interactions (like interactions including defaults, primary key (position)) partition by range (position)`,
    );
    await ask(`create table bare_interactions_0 partition of bare_interactions for values from (minvalue) to (maxvalue)`);
    await ask(`create index on bare_interactions (customer_id, occurred_at desc, position desc)`);
    await ask(`create table bare_keys (like interaction_keys including indexes)`);
    await ask(`insert into bare_interactions select * from interactions`);
    await ask(`insert into bare_keys select * from interaction_keys`);
    await ask("vacuum analyze bare_interactions, bare_keys");
    await ask("checkpoint");
  });
}

/** Customers with their user ids. */
export async function makeCustomers(workspaceId: number): Promise<void> {
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
  await db.query("vacuum analyze customers, identities");
}

const STEP = 50_000;

/** Adds interactions with their keys until the log holds `size`, over two connections; listeners pass over them. */
export async function fillLog(workspaceId: number, size: number): Promise<void> {
  const { rows } = await pool().query<{ newest: number }>("select last_value as newest from interactions_position");
  let from = Number(rows[0]?.newest ?? 0);
  const fillOn = async (): Promise<void> => {
    while (from < size) await fill(workspaceId, (from += STEP) - STEP);
  };
  await Promise.all([fillOn(), fillOn()]);
  await pool().query("update listener_cursors set position = (select last_value from interactions_position)");
}

/** The moments follow each other as the positions do; each customer comes round once in 200,000. */
async function fill(workspaceId: number, from: number): Promise<void> {
  await pool().query(`select ensure_interactions_partition(last_value + $1) from interactions_position`, [4 * STEP]);
  await pool().query(
    `with made as (
       select 1 + (n * 7919) % ${customers} as customer_id, now() - interval '4 years' + n * interval '5 s' as at, n,
         (lpad(to_hex(1600000000000 + n * 5000), 12, '0') || left(md5(n::text), 20))::uuid as key
       from generate_series($2::bigint, $2::bigint + ${STEP - 1}) n),
     keyed as (insert into interaction_keys select $1, key from made on conflict do nothing)
     insert into interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative, channel, source, source_key, properties)
     select $1::bigint, customer_id, 'event.tracked', at, at, 'reactive', 'web', 'bench', key,
       jsonb_build_object('name', 'Product Viewed', 'properties', jsonb_build_object('product_id', n % 4000, 'price', 4.6, 'currency', 'GBP'),
         'context', jsonb_build_object('locale', 'en-GB', 'userAgent', repeat('Mozilla ', 20)))
     from made`,
    [workspaceId, from],
  );
}
