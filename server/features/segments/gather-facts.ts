import { type RawBuilder, sql } from "kysely";
import { arrayLiteral, type Scope } from "../../platform/db/index.ts";
import type { Fact } from "./condition.ts";
import type { Followed } from "./facts.ts";
import type { KeptFact } from "./queries.ts";
import { MOMENT, patternSql } from "./sql-of.ts";

/** From where to where the log is read, and of whom. */
export interface Stretch {
  /** Only customers of whom something was written after this position. */
  after: number;
  /** For each partition of the customers: up to which position. */
  upTo: readonly number[];
}

/** Works a fact out from the log, for all customers who have lived through something new within a stretch. */
export async function gatherFact(
  scope: Scope,
  { id, definition }: Pick<KeptFact, "id" | "definition">,
  { after, upTo }: Stretch,
): Promise<void> {
  const highest = Math.max(...upTo);
  const fresh =
    after === 0
      ? sql``
      : sql`and i.customer_id in (select i.customer_id from interactions i
          where i.position > ${after} and i.position <= ${highest} and i.workspace_id = ${scope.workspaceId} and ${eitherSql(definition)})`;
  const known = sql`i.position <= (${arrayLiteral([...upTo])}::bigint[])[i.customer_id % ${upTo.length} + 1] and i.position <= ${highest}`;
  await sql`
    insert into customer_facts (customer_id, fact_id, workspace_id, state)
    select customer_id, ${id}, ${scope.workspaceId}, state from (${stateSql(definition, scope.workspaceId, sql`and ${known} ${fresh}`)}) as gathered
    on conflict (customer_id, fact_id) do update set state = excluded.state`.execute(scope.db);
}

/** What the log knows of a sequence, of persons taken together; for those where what was remembered is not enough. */
export async function sequencesOf(
  scope: Scope,
  definition: Fact,
  members: readonly { id: number; person: number }[],
): Promise<Map<number, Followed>> {
  const { rows } = await sql<{ person: number; state: Followed }>`
    select customer_id as person, state from (
      ${stateSql(
        definition,
        scope.workspaceId,
        sql``,
        sql`(select given.person as customer_id, i.workspace_id, i.kind, i.occurred_at, i.received_at, i.touchpoint_id, i.channel, i.stage, i.properties
          from unnest(${arrayLiteral(members.map((each) => each.id))}::bigint[], ${arrayLiteral(members.map((each) => each.person))}::bigint[]) as given (id, person)
          join interactions i on i.customer_id = given.id)`,
      )}) as gathered`.execute(scope.db);
  return new Map(rows.map((row) => [row.person, row.state]));
}

const MS = (moment: RawBuilder<unknown>): RawBuilder<unknown> => sql`(extract(epoch from ${moment}) * 1000)::bigint`;

function eitherSql(fact: Fact): RawBuilder<unknown> {
  return "pattern" in fact ? patternSql(fact.pattern) : sql`((${patternSql(fact.first)}) or (${patternSql(fact.next)}))`;
}

/** `customer_id` and `state`, as facts.ts has it. */
function stateSql(fact: Fact, workspaceId: number, more: RawBuilder<unknown>, from = sql`interactions`): RawBuilder<unknown> {
  const rows = sql`from ${from} i where i.workspace_id = ${workspaceId} and ${eitherSql(fact)} ${more}`;
  if ("pattern" in fact) {
    const times =
      fact.keep === 0
        ? sql``
        : sql`|| jsonb_build_object('times', to_jsonb((array_agg(${MS(MOMENT)} order by ${MOMENT} desc))[1:${fact.keep}]))`;
    return sql`select i.customer_id, jsonb_build_object('n', count(*), 'first', ${MS(sql`min(${MOMENT})`)}, 'last', ${MS(sql`max(${MOMENT})`)}) ${times} as state
      ${rows} group by i.customer_id`;
  }
  const [first, next] = [sql`coalesce(${patternSql(fact.first)}, false)`, sql`coalesce(${patternSql(fact.next)}, false)`];
  return sql`select customer_id, jsonb_build_object('a', a, 'b', (select min(t) from unnest(bs) as t where a is null or t > a), 'z', z) as state from (
    select i.customer_id, max(${MS(MOMENT)}) filter (where ${first}) as a, max(${MS(MOMENT)}) filter (where ${next}) as z,
      array_agg(${MS(MOMENT)}) filter (where ${next}) as bs ${rows} group by i.customer_id) as followed`;
}
