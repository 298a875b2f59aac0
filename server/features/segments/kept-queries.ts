import { type RawBuilder, sql } from "kysely";
import { arrayLiteral, jsonbArray, type Scope } from "../../platform/db/index.ts";

type Everywhere = Pick<Scope, "db">;

export type FactRow<State> = [customerId: number, factId: number, state: State];

/** The states of these facts of these customers: one pair each. They come as one text, which is read in one go. */
export async function factStates<State>(
  { db }: Everywhere,
  pairs: { customerIds: readonly number[]; factIds: readonly number[] },
): Promise<FactRow<State>[]> {
  if (pairs.factIds.length === 0) return [];
  const { rows } = await sql<{ states: string | null }>`
    select string_agg('[' || f.customer_id || ',' || f.fact_id || ',' || f.state::text || ']', ',') as states
    from unnest(${arrayLiteral(pairs.customerIds)}::bigint[], ${arrayLiteral(pairs.factIds)}::bigint[]) as wanted (customer, fact)
    join customer_facts f on f.customer_id = wanted.customer and f.fact_id = wanted.fact`.execute(db);
  return JSON.parse(`[${rows[0]?.states ?? ""}]`);
}

export async function saveFacts({ db, workspaceId }: Scope, rows: readonly FactRow<object>[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into customer_facts (customer_id, fact_id, workspace_id, state)
    select customer, fact, ${workspaceId}, state
    from unnest(${arrayLiteral(rows.map(([customerId]) => customerId))}::bigint[], ${arrayLiteral(rows.map(([, factId]) => factId))}::bigint[],
      ${jsonbArray(rows.map(([, , state]) => JSON.stringify(state)))}::jsonb[]) as given (customer, fact, state)
    on conflict (customer_id, fact_id) do update set state = excluded.state`.execute(db);
}

/** Where a person stands with a segment; moments in milliseconds. */
export interface Standing {
  since: number | null;
  dueAt: number | null;
}

export interface MemberRow extends Standing {
  customerId: number;
  segmentId: number;
}

/** Where these persons stand with these segments, where that is kept: one pair each. They come as one text. */
export async function standings(
  { db }: Everywhere,
  pairs: { customerIds: readonly number[]; segmentIds: readonly number[] },
): Promise<[customerId: number, segmentId: number, Standing][]> {
  if (pairs.segmentIds.length === 0) return [];
  const milliseconds = (moment: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`coalesce((extract(epoch from ${moment}) * 1000)::bigint::text, 'null')`;
  const { rows } = await sql<{ standings: string | null }>`
    select string_agg('[' || m.customer_id || ',' || m.segment_id || ',{"since":' || ${milliseconds(sql`m.since`)}
      || ',"dueAt":' || ${milliseconds(sql`m.due_at`)} || '}]', ',') as standings
    from unnest(${arrayLiteral(pairs.customerIds)}::bigint[], ${arrayLiteral(pairs.segmentIds)}::bigint[]) as wanted (customer, segment)
    join segment_members m on m.customer_id = wanted.customer and m.segment_id = wanted.segment`.execute(db);
  return JSON.parse(`[${rows[0]?.standings ?? ""}]`);
}

export async function saveMembers({ db, workspaceId }: Scope, rows: readonly MemberRow[]): Promise<void> {
  const kept = rows.filter((row) => row.since !== null || row.dueAt !== null);
  const gone = rows.filter((row) => row.since === null && row.dueAt === null);
  if (kept.length > 0) {
    await sql`insert into segment_members as m (customer_id, segment_id, workspace_id, since, due_at)
      select customer, segment, ${workspaceId}, since, due_at
      from unnest(${arrayLiteral(kept.map((row) => row.customerId))}::bigint[], ${arrayLiteral(kept.map((row) => row.segmentId))}::bigint[],
        ${moments(kept.map((row) => row.since))}::timestamptz[], ${moments(kept.map((row) => row.dueAt))}::timestamptz[])
        as given (customer, segment, since, due_at)
      on conflict (customer_id, segment_id) do update set since = excluded.since, due_at = excluded.due_at,
        inherited = m.inherited and excluded.since is not distinct from m.since`.execute(db);
  }
  if (gone.length > 0) {
    await sql`delete from segment_members m using unnest(${arrayLiteral(gone.map((row) => row.customerId))}::bigint[],
        ${arrayLiteral(gone.map((row) => row.segmentId))}::bigint[]) as gone (customer, segment)
      where m.customer_id = gone.customer and m.segment_id = gone.segment`.execute(db);
  }
}

function moments(milliseconds: readonly (number | null)[]): string {
  return arrayLiteral(milliseconds.map((each) => (each === null ? null : new Date(each))));
}
