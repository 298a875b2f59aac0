import { type RawBuilder, sql } from "kysely";
import { LOCKS, type Scope } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { INITIATIVE } from "./initiative.ts";
import type { Interaction } from "./interaction.ts";
import type { Initiative } from "./schemas.ts";

type Everywhere = Pick<Scope, "db">;

const ROW = sql`i.position, i.workspace_id as "workspaceId", coalesce(a.root_id, i.customer_id) as "customerId",
  i.customer_id as "writtenFor", i.kind, i.occurred_at as "occurredAt", i.received_at as "receivedAt", ${INITIATIVE} as initiative, i.channel, i.stage,
  i.touchpoint_id as "touchpointId", i.member_id as "memberId", i.conversation_id as "conversationId", i.order_id as "orderId", i.source`;
const INTERACTION = sql`${ROW}, i.properties`;
const WITHOUT_CONTEXT = sql`${ROW}, case when i.properties ? 'context' then i.properties - 'context' else i.properties end as properties`;
const WITH_PERSON = sql`interactions i left join customer_aliases a on a.customer_id = i.customer_id`;

export interface Span {
  after: number;
  upTo: number;
  limit: number;
}

/** The next interactions of one partition of the customers, in order. Reads across workspaces: it is the log's own reader. */
export async function readPartition(
  { db }: Everywhere,
  span: Span & { partition: number; partitions: number; kinds: readonly string[]; withContext: boolean },
): Promise<Interaction[]> {
  const { rows } = await sql<Interaction>`
    select ${span.withContext ? INTERACTION : WITHOUT_CONTEXT} from ${WITH_PERSON}
    where i.position > ${span.after} and i.position <= ${span.upTo} and i.customer_id % ${span.partitions} = ${span.partition}
      and i.kind = any(${[...span.kinds]}::text[])
    order by i.position limit ${span.limit}`.execute(db);
  return rows;
}

/** What the live feed passes on: enough to know what to look at again. */
export async function readFeed({ db }: Everywhere, span: Span & { workspaceId: number | null }): Promise<Interaction[]> {
  const { rows } = await sql<Interaction>`
    select ${INTERACTION} from ${WITH_PERSON}
    where i.position > ${span.after} and i.position <= ${span.upTo}
      and (${span.workspaceId}::bigint is null or i.workspace_id = ${span.workspaceId})
    order by i.position limit ${span.limit}`.execute(db);
  return rows;
}

export async function findInteraction({ db }: Everywhere, position: number): Promise<Interaction | undefined> {
  const { rows } = await sql<Interaction>`select ${INTERACTION} from ${WITH_PERSON} where i.position = ${position}`.execute(db);
  return rows[0];
}

/** Some interactions of a workspace, the newest first. */
export async function findInteractions(scope: Scope, positions: readonly number[]): Promise<Interaction[]> {
  if (positions.length === 0) return [];
  const { rows } = await sql<Interaction>`
    select ${INTERACTION} from ${WITH_PERSON}
    where i.workspace_id = ${scope.workspaceId} and i.position = any(${[...positions]}::bigint[])
      and i.position between ${Math.min(...positions)} and ${Math.max(...positions)}
    order by i.position desc`.execute(scope.db);
  return rows;
}

export interface TimelineFilter {
  kind?: string;
  stage?: string;
  channel?: string;
  initiative?: Initiative;
  before?: { at: Date; id: number } | null;
  limit: number;
}

/** Kept for the record and the live feed; on a timeline they would only be noise. */
const INTERNAL = [
  "note.added",
  "conversation.assigned",
  "conversation.changed",
  "message.delivery-changed",
  "experience.recovered",
  "customer.merged",
  "customer.unmerged",
  "play.proposed",
  "play.drawn",
];

/**
 * Who comes into a segment because two turned out to be one has lived through nothing, and it goes when that is taken back.
 * Nor has, any more, who came into it as one of several and stands without them again.
 */
function isLived(customerIds: readonly number[]): RawBuilder<unknown> {
  const person = JSON.stringify(customerIds.map((id) => publicId("cus", id)));
  return sql`(i.kind not in ('segment.entered', 'segment.left') or (i.properties ->> 'because' is distinct from 'persons'
    and (i.properties -> 'customers' <@ ${person}::jsonb) is not false))`;
}

/** What happened with one person, newest first. @param customerIds all customers that the person is: see membersOf */
export async function readTimeline(
  scope: Scope,
  customerIds: number | readonly number[],
  filter: TimelineFilter,
): Promise<(Interaction & { touchpoint: string | null })[]> {
  const { rows } = await sql<Interaction & { touchpoint: string | null }>`
    select ${INTERACTION}, t.name as touchpoint
    from ${WITH_PERSON} left join touchpoints t on t.id = i.touchpoint_id and t.workspace_id = i.workspace_id
    where i.workspace_id = ${scope.workspaceId} and i.customer_id = ${among(customerIds)} and ${isLived([customerIds].flat())}
      and (i.kind = ${filter.kind ?? null} or (${filter.kind ?? null}::text is null and i.kind <> all(${INTERNAL}::text[])))
      and (${filter.stage ?? null}::text is null or i.stage = ${filter.stage ?? null})
      and (${filter.channel ?? null}::text is null or i.channel = ${filter.channel ?? null})
      and (${filter.initiative ?? null}::text is null or ${INITIATIVE} = ${filter.initiative ?? null})
      and (${filter.before?.at ?? null}::timestamptz is null
        or (i.occurred_at, i.position) < (${filter.before?.at ?? null}::timestamptz, ${filter.before?.id ?? null}::bigint))
    order by i.occurred_at desc, i.position desc limit ${filter.limit}`.execute(scope.db);
  return rows;
}

/** Nearly always it is one, and Postgres plans better for one value than for a list. */
function among(ids: number | readonly number[]): RawBuilder<unknown> {
  if (typeof ids === "number") return sql`${ids}`;
  return ids.length === 1 ? sql`${ids[0]}` : sql`any(${[...ids]}::bigint[])`;
}

export interface Cursor {
  listener: string;
  position: number;
}

export async function ensureCursors({ db }: Everywhere, names: readonly string[], partitions: number): Promise<void> {
  await sql`insert into listener_cursors (listener, partition)
    select name, partition from unnest(${[...names]}::text[]) as name, generate_series(0, ${partitions - 1}) as partition
    on conflict do nothing`.execute(db);
}

/**
 * Takes the partition for this transaction; false when another process has it. The commit need not wait for the disk:
 * what listeners derive and how far they have got are one, so a crash of the database takes both back and they are
 * derived again.
 */
export async function takePartition({ db }: Everywhere, partition: number): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${LOCKS.partition}::integer, ${partition}) as taken, set_config('synchronous_commit', 'off', true),
      pg_advisory_xact_lock_shared(${LOCKS.digest}::bigint)`.execute(db);
  return rows[0]?.taken ?? false;
}

export async function lockCursors({ db }: Everywhere, names: readonly string[], partition: number): Promise<Cursor[]> {
  const { rows } = await sql<Cursor>`
    select listener, position from listener_cursors
    where partition = ${partition} and listener = any(${[...names]}::text[]) order by listener for update`.execute(db);
  return rows;
}

export async function moveCursors({ db }: Everywhere, names: readonly string[], partition: number, position: number): Promise<void> {
  await sql`update listener_cursors set position = ${position}, moved_at = clock_timestamp()
    where partition = ${partition} and listener = any(${[...names]}::text[]) and position < ${position}`.execute(db);
}

export async function resetCursors({ db }: Everywhere, name: string): Promise<void> {
  await sql`update listener_cursors set position = 0, moved_at = clock_timestamp() where listener = ${name}`.execute(db);
  await sql`delete from set_aside_interactions where listener = ${name}`.execute(db);
}

/** Up to where every partition has been taken in by its listeners; without listeners, everything counts as taken in. */
export async function digestedPosition({ db }: Everywhere): Promise<number> {
  const { rows } = await sql<{ position: number | null }>`
    select min(furthest) as position from (
      select max(position) as furthest from listener_cursors group by partition) as each_partition`.execute(db);
  return rows[0]?.position ?? Number.MAX_SAFE_INTEGER;
}

export interface ListenerState {
  listener: string;
  partition: number;
  position: number;
  setAside: number;
}

export async function listenerStates({ db }: Everywhere): Promise<ListenerState[]> {
  const { rows } = await sql<ListenerState>`
    select c.listener, c.partition, c.position,
      (select count(*) from set_aside_interactions s where s.listener = c.listener) as "setAside"
    from listener_cursors c order by c.listener, c.partition limit 1000`.execute(db);
  return rows;
}

export async function setAside(
  { db }: Everywhere,
  listener: string,
  interaction: Interaction,
  error: string,
  tries: number,
): Promise<void> {
  await sql`insert into set_aside_interactions (listener, position, customer_id, workspace_id, error, tries)
    values (${listener}, ${interaction.position}, ${interaction.customerId}, ${interaction.workspaceId}, ${error}, ${tries})
    on conflict (listener, position) do update set error = excluded.error, tries = set_aside_interactions.tries + excluded.tries`.execute(
    db,
  );
}

export async function takeBack({ db }: Everywhere, listener: string, position: number): Promise<boolean> {
  const { rows } = await sql<{ position: number }>`
    delete from set_aside_interactions where listener = ${listener} and position = ${position} returning position`.execute(db);
  return rows.length > 0;
}

export interface SetAside {
  listener: string;
  position: number;
  error: string;
  tries: number;
  setAsideAt: Date;
}

export async function listSetAside(scope: Scope): Promise<SetAside[]> {
  const { rows } = await sql<SetAside>`
    select listener, position, error, tries, set_aside_at as "setAsideAt" from set_aside_interactions
    where workspace_id = ${scope.workspaceId} order by set_aside_at desc limit 200`.execute(scope.db);
  return rows;
}

/** Removes a whole workspace's part of the log: only for the sample company, which never was anybody's life. */
export async function deleteInteractions(scope: Scope): Promise<void> {
  await sql`select set_config('throughline.erasing', 'on', true)`.execute(scope.db);
  await sql`delete from interactions where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  await sql`delete from interaction_keys where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  await sql`delete from set_aside_interactions where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  await sql`select set_config('throughline.erasing', 'off', true)`.execute(scope.db);
}

/** The sequence's last position and the log's newest row. */
export async function newestTruth({ db }: Everywhere): Promise<{ sequence: number; newest: number }> {
  const { rows } = await sql<{ sequence: number; newest: number }>`
    select (select case when is_called then last_value else 0 end from interactions_position) as sequence,
      coalesce((select max(position) from interactions), 0) as newest`.execute(db);
  return rows[0] ?? { sequence: 0, newest: 0 };
}

/** How many positions the slowest of these listeners is behind the log. */
export async function howFarBehind({ db }: Everywhere, listeners: readonly string[]): Promise<number> {
  const { rows } = await sql<{ behind: number }>`
    select case when is_called then last_value else 0 end - min(position) as behind
    from interactions_position, listener_cursors where listener = any(${[...listeners]}::text[])
    group by last_value, is_called`.execute(db);
  return rows[0]?.behind ?? 0;
}

/** How many parts of the log have been sealed. */
export async function countSealed({ db }: Everywhere): Promise<number> {
  const { rows } = await sql<{ sealed: number }>`select count(*) as sealed from sealed_partitions`.execute(db);
  return rows[0]?.sealed ?? 0;
}

/** The stages of some of a customer's interactions, by position. */
export async function stagesOf(
  scope: Scope,
  customerIds: number | readonly number[],
  positions: readonly number[],
): Promise<Map<number, string | null>> {
  const { rows } = await sql<{ position: number; stage: string | null }>`
    select position, stage from interactions
    where workspace_id = ${scope.workspaceId} and customer_id = ${among(customerIds)} and position = any(${[...positions]}::bigint[])`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [row.position, row.stage]));
}
