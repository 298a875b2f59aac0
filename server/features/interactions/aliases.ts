import { type RawBuilder, sql } from "kysely";
import { arrayLiteral, LOCKS, together, type Scope, type Tx } from "../../platform/db/index.ts";

/**
 * Customers merge and come apart; the log never changes owner. What a customer's interactions are is found through the
 * aliases: a person is a root and all who were merged into it.
 */

/** Each customer's person; whoever was never merged is their own. */
export async function rootsOf(scope: Scope, customerIds: readonly number[]): Promise<Map<number, number>> {
  const ids = [...new Set(customerIds)];
  const roots = new Map(ids.map((id) => [id, id]));
  if (ids.length === 0) return roots;
  const { rows } = await sql<{ id: number; root: number }>`
    select customer_id as id, root_id as root from customer_aliases
    where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral(ids)}::bigint[])`.execute(scope.db);
  for (const row of rows) roots.set(row.id, row.root);
  return roots;
}

/** For `customer_id in ${…}`: all customers who are the same person as this one. */
export function personOf(customerId: number): RawBuilder<unknown> {
  return sql`(select ${customerId}::bigint union select other.customer_id from customer_aliases own
    join customer_aliases other on other.root_id = own.root_id where own.customer_id = ${customerId})`;
}

/** All customers of each of these persons, the root first. */
export async function membersOf(scope: Scope, rootIds: readonly number[]): Promise<Map<number, number[]>> {
  const members = new Map([...new Set(rootIds)].map((id) => [id, [id]]));
  if (members.size === 0) return members;
  const { rows } = await sql<{ id: number; root: number }>`
    select customer_id as id, root_id as root from customer_aliases
    where workspace_id = ${scope.workspaceId} and root_id = any(${arrayLiteral([...members.keys()])}::bigint[]) and customer_id <> root_id
    order by customer_id`.execute(scope.db);
  for (const row of rows) members.get(row.root)?.push(row.id);
  return members;
}

/**
 * A person's customers may lie in several partitions: of those who were merged, one partition at a time takes in what
 * happened, the others wait.
 */
export async function holdPersons({ db }: Pick<Scope, "db">, rootIds: readonly number[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCKS.person}::integer, (root_id % 2147483647)::integer) from (
    select distinct root_id from customer_aliases where root_id = any(${arrayLiteral([...new Set(rootIds)])}::bigint[]) order by root_id) as person`.execute(
    db,
  );
}

/**
 * A port: what rooms derived from the log is keyed by person, and is set right in the transaction that changes persons.
 * `before` says whose each customer was until now.
 */
export type Rejoin = (
  tx: Tx,
  customerIds: readonly number[],
  roots: ReadonlyMap<number, number>,
  before: ReadonlyMap<number, number>,
) => Promise<void>;
const rejoins: Rejoin[] = [];

/** Registers, from the lowest floor up, what a room does when customers come to belong to another person. */
export function onRejoin(rejoin: Rejoin): void {
  if (!rejoins.includes(rejoin)) rejoins.push(rejoin);
}

/** Takes part in digesting: until this transaction ends, no customer comes to belong to another person. */
export async function amidDigests({ db }: Pick<Scope, "db">): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${LOCKS.digest}::bigint)`.execute(db);
}

/** Waits until no reader digests, and keeps them out until this transaction ends. */
export async function betweenDigests(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCKS.digest}::bigint)`.execute(tx.db);
}

/**
 * Says to which person each of these customers belongs from now on, and has every room set right what it derived.
 * Call `betweenDigests` first.
 * @param roots for each customer the root; one that stands alone is its own
 */
export async function setRoots(tx: Tx, roots: ReadonlyMap<number, number>): Promise<void> {
  const ids = [...roots.keys()].sort((a, b) => a - b);
  const sizes = new Map<number, number>();
  for (const root of roots.values()) sizes.set(root, (sizes.get(root) ?? 0) + 1);
  const joined = ids.filter((id) => (sizes.get(roots.get(id) ?? id) ?? 1) > 1);
  const [{ rows: aliases }] = await together([
    sql<{ id: number; root: number }>`
      delete from customer_aliases where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral(ids)}::bigint[])
      returning customer_id as id, root_id as root`.execute(tx.db),
    sql`insert into customer_aliases (customer_id, workspace_id, root_id)
      select id, ${tx.workspaceId}, root from unnest(${arrayLiteral(joined)}::bigint[], ${arrayLiteral(joined.map((id) => roots.get(id) ?? id))}::bigint[]) as given (id, root)`.execute(
      tx.db,
    ),
  ]);
  const before = new Map(ids.map((id) => [id, id]));
  for (const { id, root } of aliases) before.set(id, root);
  for (const rejoin of rejoins) await rejoin(tx, ids, roots, before);
}
