import { sql } from "kysely";
import { arrayLiteral, LOCKS, type Scope, type Tx } from "../../platform/db/index.ts";
import { keyOfFact, type Condition, type Fact } from "./condition.ts";
import { growRegistry, type KeptFact } from "./queries.ts";

type Everywhere = Pick<Scope, "db">;

/** Makes sure that a workspace has these facts; answers those of them that are still to be gathered. */
export async function ensureFacts(tx: Tx, facts: readonly Fact[]): Promise<KeptFact[]> {
  const byKey = new Map(facts.map((fact) => [keyOfFact(fact), fact]));
  const keys = arrayLiteral([...byKey.keys()]);
  await sql`insert into segment_facts (workspace_id, definition, key)
    select ${tx.workspaceId}, wanted::jsonb, wanted from unnest(${keys}::text[]) as wanted on conflict do nothing`.execute(tx.db);
  const { rows } = await sql<KeptFact>`
    select id, workspace_id as "workspaceId", definition, key from segment_facts
    where workspace_id = ${tx.workspaceId} and key = any(${keys}::text[]) and not kept order by id`.execute(tx.db);
  return rows;
}

/** What a gathering left behind that did not come to its end. */
export async function dropStates(scope: Scope, factIds: readonly number[]): Promise<void> {
  await sql`delete from customer_facts where workspace_id = ${scope.workspaceId} and fact_id = any(${arrayLiteral([...factIds])}::bigint[])`.execute(
    scope.db,
  );
}

/** From now on the listener keeps these facts, and the segment's members by these conditions. */
export async function keepFrom(tx: Tx, segmentId: number, version: number, kept: Condition, factIds: readonly number[]): Promise<boolean> {
  await sql`update segment_facts set kept = true where workspace_id = ${tx.workspaceId} and id = any(${arrayLiteral([...factIds])}::bigint[])`.execute(
    tx.db,
  );
  const { rows } = await sql`
    update segments set kept = ${JSON.stringify(kept)}::jsonb, state = 'computing', swept_to = 0, swept = 0,
      persons = (select count(*) from customers where workspace_id = ${tx.workspaceId})
    where workspace_id = ${tx.workspaceId} and id = ${segmentId} and version = ${version} returning id`.execute(tx.db);
  await growRegistry(tx);
  return rows.length > 0;
}

/** The next customers to be looked at. */
export async function nextCustomers(scope: Scope, after: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from customers where workspace_id = ${scope.workspaceId} and id > ${after} and erased_at is null order by id limit ${limit}`.execute(
    scope.db,
  );
  return rows.map((row) => row.id);
}

export async function noteSwept(tx: Tx, segmentId: number, version: number, to: number, more: number): Promise<void> {
  await sql`update segments set swept_to = ${to}, swept = swept + ${more}
    where workspace_id = ${tx.workspaceId} and id = ${segmentId} and version = ${version}`.execute(tx.db);
}

export async function noteKept(tx: Tx, segmentId: number, version: number, reads: readonly string[]): Promise<void> {
  await sql`update segments set state = 'kept', computed_at = ${tx.now}, reads = ${[...reads]}::text[]
    where workspace_id = ${tx.workspaceId} and id = ${segmentId} and version = ${version} and state = 'computing'`.execute(tx.db);
}

/** Names no longer the facts that no segment needs any more; answers their ids. */
export async function dropFacts(tx: Tx, needed: readonly Fact[]): Promise<number[]> {
  const keys = [...new Set(needed.map(keyOfFact))];
  const { rows } = await sql<{ id: number }>`
    delete from segment_facts where workspace_id = ${tx.workspaceId} and key <> all(${arrayLiteral(keys)}::text[]) returning id`.execute(
    tx.db,
  );
  if (rows.length > 0) await growRegistry(tx);
  return rows.map((row) => row.id);
}

/** Waits for everybody who is writing what segments look at, so that whoever writes later knows of a new segment. */
export async function waitForWriters(tx: Pick<Tx, "db">): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCKS.gathering}::integer, 0)`.execute(tx.db);
}

/** Forgets all facts; every segment is to be computed again. Members stay until they are found to be none. */
export async function startAnew({ db }: Everywhere): Promise<{ id: number; workspaceId: number }[]> {
  await sql`truncate customer_facts`.execute(db);
  await sql`update segment_facts set kept = false`.execute(db);
  const { rows } = await sql<{ id: number; workspaceId: number }>`
    update segments set state = 'waiting', version = version + 1, swept_to = 0, swept = 0 returning id, workspace_id as "workspaceId"`.execute(
    db,
  );
  await growRegistry({ db });
  return rows;
}
