import { sql } from "kysely";
import { arrayLiteral, LOCKS, type Scope, type Tx } from "../../platform/db/index.ts";
import type { Condition, Fact, Source } from "./condition.ts";
import type { Where } from "./where.ts";

type Everywhere = Pick<Scope, "db">;

export type SegmentState = "waiting" | "computing" | "kept";

export interface Segment {
  id: number;
  workspaceId: number;
  name: string;
  where: Where;
  state: SegmentState;
  version: number;
  kept: Condition | null;
  sweptTo: number;
  swept: number;
  persons: number;
  createdAt: Date;
  changedAt: Date;
  computedAt: Date | null;
}

const SEGMENT = sql`id, workspace_id as "workspaceId", name, conditions as "where", state, version, kept, swept_to as "sweptTo", swept, persons,
  created_at as "createdAt", changed_at as "changedAt", computed_at as "computedAt"`;

const MOST_SEGMENTS = 1000;

export async function listSegments(scope: Scope): Promise<Segment[]> {
  const { rows } = await sql<Segment>`
    select ${SEGMENT} from segments where workspace_id = ${scope.workspaceId} order by lower(name), id limit ${MOST_SEGMENTS}`.execute(
    scope.db,
  );
  return rows;
}

export async function findSegment(scope: Scope, id: number): Promise<Segment | undefined> {
  const { rows } = await sql<Segment>`select ${SEGMENT} from segments where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(
    scope.db,
  );
  return rows[0];
}

/** One change of definitions goes after the other in a workspace, so that no two make a circle together. */
export async function lockDefinitions(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`segments:${tx.workspaceId}`}, 0))`.execute(tx.db);
}

/** Answers undefined when there is one of that name. */
export async function insertSegment(
  tx: Tx,
  row: { name: string; where: Where; reads: readonly Source[]; createdBy: number | null },
): Promise<Segment | undefined> {
  const { rows } = await sql<Segment>`
    insert into segments (workspace_id, name, conditions, state, reads, created_by, created_at, changed_at)
    values (${tx.workspaceId}, ${row.name}, ${JSON.stringify(row.where)}::jsonb, 'waiting', ${[...row.reads]}::text[], ${row.createdBy}, ${tx.now}, ${tx.now})
    on conflict do nothing returning ${SEGMENT}`.execute(tx.db);
  return rows[0];
}

/** With other conditions it waits for its facts again; what was kept goes on until they are there. */
export async function updateSegment(tx: Tx, id: number, row: { name: string; where: Where }): Promise<void> {
  await sql`update segments set name = ${row.name}, conditions = ${JSON.stringify(row.where)}::jsonb, changed_at = ${tx.now}
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db);
}

export async function waitAgain(tx: Tx, id: number, reads: readonly Source[]): Promise<void> {
  await sql`update segments set state = 'waiting', version = version + 1, swept_to = 0, swept = 0,
      reads = array(select distinct unnest(reads || ${[...reads]}::text[]))
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db);
  await growRegistry(tx);
}

export async function deleteSegment(tx: Tx, id: number): Promise<void> {
  await sql`delete from segment_members where workspace_id = ${tx.workspaceId} and segment_id = ${id}`.execute(tx.db);
  await sql`delete from segments where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db);
  await growRegistry(tx);
}

export async function growRegistry({ db }: Everywhere): Promise<void> {
  await sql`update segment_registry set version = version + 1`.execute(db);
}

export async function registryVersion({ db }: Everywhere): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from segment_registry`.execute(db);
  return rows[0]?.version ?? 0;
}

export interface KeptSegment {
  id: number;
  workspaceId: number;
  name: string;
  kept: Condition;
}

export interface KeptFact {
  id: number;
  workspaceId: number;
  definition: Fact;
  key: string;
}

/** Everything that is kept, over all workspaces: the listener's own question. */
export async function allKept({ db }: Everywhere): Promise<{ segments: KeptSegment[]; facts: KeptFact[] }> {
  const { rows: segments } = await sql<KeptSegment>`
    select id, workspace_id as "workspaceId", name, kept from segments where kept is not null order by id`.execute(db);
  const { rows: facts } = await sql<KeptFact>`
    select id, workspace_id as "workspaceId", definition, key from segment_facts where kept order by id`.execute(db);
  return { segments, facts };
}

/** Whoever works out who is in and out holds the partitions of those persons, the lower first. */
export async function holdPartitions({ db }: Everywhere, partitions: readonly number[]): Promise<void> {
  const inOrder = arrayLiteral(partitions.toSorted((a, b) => a - b));
  await sql`select pg_advisory_xact_lock(${LOCKS.segments}::integer, partition) from unnest(${inOrder}::integer[]) as partition`.execute(
    db,
  );
}

export interface Due {
  customerId: number;
  segmentId: number;
  workspaceId: number;
}

/** Whose being in or out may change by now, over all workspaces. */
export async function dueNow({ db }: Everywhere, span: { at: Date; partition: number; partitions: number; limit: number }): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select customer_id as "customerId", segment_id as "segmentId", workspace_id as "workspaceId" from segment_members
    where due_at <= ${span.at} and customer_id % ${span.partitions} = ${span.partition} order by due_at limit ${span.limit}`.execute(db);
  return rows;
}

/** Of segments that are to be computed again, or are gone: whoever computes them says anew when something is due. */
export async function forgetDue({ db }: Everywhere, due: readonly Due[]): Promise<void> {
  if (due.length === 0) return;
  await sql`update segment_members m set due_at = null
    from unnest(${arrayLiteral(due.map((each) => each.customerId))}::bigint[], ${arrayLiteral(due.map((each) => each.segmentId))}::bigint[]) as given (customer, segment)
    where m.customer_id = given.customer and m.segment_id = given.segment`.execute(db);
}

/** When the next one is due, null when none is; and whether somebody is to be looked at again at once. */
export async function waiting({ db }: Everywhere): Promise<{ dueAt: Date | null; isTouched: boolean }> {
  const { rows } = await sql<{ dueAt: Date | null; isTouched: boolean }>`select
    (select min(due_at) from segment_members where due_at is not null) as "dueAt", exists (select from segment_touches) as "isTouched"`.execute(
    db,
  );
  return rows[0] ?? { dueAt: null, isTouched: false };
}

/** Customers to be looked at again, taken from the list. */
export async function takeTouched({ db }: Everywhere, limit: number): Promise<{ customerId: number; workspaceId: number }[]> {
  const { rows } = await sql<{ customerId: number; workspaceId: number }>`
    delete from segment_touches where id in (select id from segment_touches order by id limit ${limit} for update skip locked)
    returning customer_id as "customerId", workspace_id as "workspaceId"`.execute(db);
  return rows;
}

/** How many are in each segment. */
export async function countMembers(scope: Scope, segmentIds: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; count: number }>`
    select segment_id as id, count(*) as count from segment_members
    where workspace_id = ${scope.workspaceId} and segment_id = any(${arrayLiteral([...segmentIds])}::bigint[]) and since is not null group by 1`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** Who is in a segment, the last to enter first. */
export async function listMembers(
  scope: Scope,
  segmentId: number,
  page: { before: { at: Date; id: number } | null; limit: number },
): Promise<{ customerId: number; since: Date }[]> {
  const { rows } = await sql<{ customerId: number; since: Date }>`
    select customer_id as "customerId", since from segment_members
    where workspace_id = ${scope.workspaceId} and segment_id = ${segmentId} and since is not null
      and (${page.before?.at ?? null}::timestamptz is null or (since, customer_id) < (${page.before?.at ?? null}::timestamptz, ${page.before?.id ?? null}::bigint))
    order by since desc, customer_id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

/** The segments a person is in. */
export async function segmentsOf(scope: Scope, customerId: number): Promise<{ id: number; name: string; since: Date }[]> {
  const { rows } = await sql<{ id: number; name: string; since: Date }>`
    select s.id, s.name, m.since from segment_members m join segments s on s.id = m.segment_id and s.workspace_id = m.workspace_id
    where m.workspace_id = ${scope.workspaceId} and m.customer_id = ${customerId} and m.since is not null order by lower(s.name) limit ${MOST_SEGMENTS}`.execute(
    scope.db,
  );
  return rows;
}

/** Whether somebody is in a segment now. @param customerId any customer that the person is */
export async function isIn(scope: Scope, segmentId: number, customerId: number): Promise<boolean> {
  const { rows } = await sql`
    select from segment_members where workspace_id = ${scope.workspaceId} and segment_id = ${segmentId} and since is not null and customer_id = coalesce(
      (select root_id from customer_aliases where customer_id = ${customerId} and workspace_id = ${scope.workspaceId}), ${customerId})`.execute(
    scope.db,
  );
  return rows.length > 0;
}
