import { type RawBuilder, sql } from "kysely";
import { PARAMETERS, scaleAt } from "../experience/index.ts";
import { arrayLiteral } from "../../platform/db/index.ts";
import type { Condition, Fact, Pattern, Timing, ValueTest } from "./condition.ts";

/**
 * The oracle: what a condition says, as SQL over the tables themselves, at a moment. What is kept incrementally must
 * agree with it; new segments and previews are computed by it. It is the one place that names other rooms' tables.
 */
export interface Asked {
  workspaceId: number;
  at: Date;
  /** Only these customers are looked at, as for a sample: all customers of the persons in it. */
  among?: readonly number[];
}

type Sql = RawBuilder<unknown>;

/** A boolean about `c`, the row of a person's root in customers. */
export function sqlOf(condition: Condition, asked: Asked): Sql {
  if ("all" in condition) return join(condition.all, sql` and `, sql`true`, asked);
  if ("any" in condition) return join(condition.any, sql` or `, sql`false`, asked);
  if ("not" in condition) return sql`(not ${sqlOf(condition.not, asked)})`;
  if ("count" in condition) return countSql(condition, asked);
  if ("edge" in condition) return edgeSql(condition, asked);
  if ("sequence" in condition) return sequenceSql(condition, asked);
  if ("profile" in condition) return testSql(profileSql(condition.profile), condition.profile[0] === "fields", condition.test);
  if ("identity" in condition) {
    return sql`c.id in (select coalesce(a.root_id, i.customer_id) from identities i left join customer_aliases a on a.customer_id = i.customer_id
      where i.workspace_id = ${asked.workspaceId} and i.kind = ${condition.identity} ${onlyAmong("i", asked)})`;
  }
  if ("orders" in condition) return ordersSql(condition, asked);
  if ("score" in condition) return scoreSql(condition.score, condition.than, asked);
  return sql`c.id in (select customer_id from experience_scores where workspace_id = ${asked.workspaceId} and at_risk)`;
}

/** Persons of a workspace: the rows that `sqlOf` asks about. */
export function personsSql({ workspaceId, among }: Pick<Asked, "workspaceId" | "among">): Sql {
  return sql`customers c left join customer_aliases p on p.customer_id = c.id
    where c.workspace_id = ${workspaceId} and c.erased_at is null and (p.root_id is null or p.root_id = c.id)
    ${among === undefined ? sql`` : sql`and c.id = any(${arrayLiteral([...among])}::bigint[])`}`;
}

/** Nothing is dated later than we heard of it. */
export const MOMENT = sql`least(i.occurred_at, i.received_at)`;

/** A boolean about `i`, a row of interactions. */
export function patternSql({ kind, touchpointId, channel, stage, properties }: Pattern): Sql {
  return sql.join(
    [
      sql`i.kind = ${kind}`,
      ...(touchpointId === undefined ? [] : [sql`i.touchpoint_id = ${touchpointId}`]),
      ...(channel === undefined ? [] : [sql`i.channel = ${channel}`]),
      ...(stage === undefined ? [] : [sql`i.stage = ${stage}`]),
      ...properties.map(({ path, test }) => testSql(sql`(i.properties #> ${path}::text[])`, true, test)),
    ],
    sql` and `,
  );
}

function join(parts: readonly Condition[], word: RawBuilder<unknown>, none: Sql, asked: Asked): Sql {
  return parts.length === 0
    ? none
    : sql`(${sql.join(
        parts.map((part) => sqlOf(part, asked)),
        word,
      )})`;
}

/** The persons for whom something happened, with `i` for what happened. */
function happened(fact: Pattern, asked: Asked, more: Sql = sql``): Sql {
  return sql`from interactions i left join customer_aliases a on a.customer_id = i.customer_id
    where i.workspace_id = ${asked.workspaceId} and ${patternSql(fact)} ${onlyAmong("i", asked)} ${more}`;
}

const PERSON = sql`coalesce(a.root_id, i.customer_id)`;

function onlyAmong(table: string, { among }: Asked): Sql {
  return among === undefined ? sql`` : sql`and ${sql.ref(`${table}.customer_id`)} = any(${arrayLiteral([...among])}::bigint[])`;
}

function countSql({ count, atLeast, within }: Extract<Condition, { count: Fact }>, asked: Asked): Sql {
  if (!("pattern" in count)) return sql`false`;
  const window = within === null ? sql`` : sql`and ${MOMENT} > ${ago(within, asked)}`;
  return sql`c.id in (select ${PERSON} ${happened(count.pattern, asked, window)} group by 1 having count(*) >= ${atLeast})`;
}

function edgeSql({ edge, of, timing }: Extract<Condition, { edge: string }>, asked: Asked): Sql {
  if (!("pattern" in of)) return sql`false`;
  const moment = edge === "first" ? sql`min(${MOMENT})` : sql`max(${MOMENT})`;
  return sql`c.id in (select ${PERSON} ${happened(of.pattern, asked)} group by 1 having ${timingSql(moment, timing, asked)})`;
}

function sequenceSql({ sequence, within, follows }: Extract<Condition, { sequence: Fact }>, asked: Asked): Sql {
  if (!("first" in sequence)) return sql`false`;
  const end = sql`last_done.at + make_interval(secs => ${within / 1000})`;
  const next = sql`exists (select from next_done where next_done.person = last_done.person and next_done.at > last_done.at and next_done.at <= ${end})`;
  return sql`c.id in (
    with last_done as (select ${PERSON} as person, max(${MOMENT}) as at ${happened(sequence.first, asked)} group by 1),
      next_done as (select ${PERSON} as person, ${MOMENT} as at ${happened(sequence.next, asked)})
    select person from last_done where ${follows ? next : sql`not ${next} and ${end} <= ${asked.at}::timestamptz`})`;
}

function ordersSql(condition: Extract<Condition, { orders: string }>, asked: Asked): Sql {
  const having = (which: Sql, says: Sql): Sql => sql`c.id in (
    select coalesce(a.root_id, o.customer_id) from orders o left join customer_aliases a on a.customer_id = o.customer_id
    where o.workspace_id = ${asked.workspaceId} and o.state <> 'cancelled' ${onlyAmong("o", asked)} ${which} group by 1 having ${says})`;
  if ("timing" in condition) {
    const moment = condition.orders === "first" ? sql`min(o.placed_at)` : sql`max(o.placed_at)`;
    return having(sql``, timingSql(moment, condition.timing, asked));
  }
  const window = condition.within === null ? sql`` : sql`and o.placed_at > ${ago(condition.within, asked)}`;
  if (condition.orders === "count") return having(window, sql`count(*) >= ${condition.atLeast}`);
  const currency = condition.currency === null ? sql`` : sql`and o.currency = ${condition.currency}`;
  return having(sql`${window} ${currency}`, sql`round(sum(coalesce(o.total, 0)) * 100) >= ${condition.atLeastCents}`);
}

function timingSql(moment: Sql, timing: Timing, asked: Asked): Sql {
  if ("before" in timing) return sql`${moment} < ${new Date(timing.before)}`;
  if ("after" in timing) return sql`${moment} > ${new Date(timing.after)}`;
  if ("withinLast" in timing) return sql`${moment} > ${ago(timing.withinLast, asked)}`;
  return sql`${moment} <= ${ago(timing.notWithinLast, asked)}`;
}

function ago(length: number, { at }: Asked): Date {
  return new Date(at.getTime() - length);
}

/** The formula of the experience room, with what a mass kept has become worth by now. */
function scoreSql(side: "below" | "above", than: number, { workspaceId, at }: Asked): Sql {
  const { alpha, beta, fewestPieces } = PARAMETERS;
  const worth = 1 / scaleAt(at);
  const score = sql`100 * (${alpha} + good * ${worth}::float8) / (${alpha + beta} + (good + bad) * ${worth}::float8)`;
  return sql`c.id in (select customer_id from experience_scores where workspace_id = ${workspaceId} and pieces >= ${fewestPieces}
    and ${score} ${side === "below" ? sql`<` : sql`>`} ${than})`;
}

const COLUMNS: Readonly<Record<string, string>> = { name: "name", email: "email", phone: "phone", locale: "locale", timeZone: "time_zone" };

/** What a person lacks is taken from the others that they are, the first met first. */
function profileSql(path: readonly string[]): Sql {
  const [name = "", ...rest] = path;
  if (name === "fields") return sql`(c.fields #> ${rest}::text[])`;
  if (name === "organization")
    return sql`(select o.name from organizations o where o.id = c.organization_id and o.workspace_id = c.workspace_id)`;
  const column = COLUMNS[name] ?? "name";
  return sql`coalesce(${sql.ref(`c.${column}`)}, (select ${sql.ref(`m.${column}`)} from customer_aliases a join customers m on m.id = a.customer_id
    where a.root_id = c.id and ${sql.ref(`m.${column}`)} is not null order by m.first_seen_at, m.id limit 1))`;
}

/** A value passes a test, as `passes` has it. @param isJson else it is a text */
function testSql(value: Sql, isJson: boolean, test: ValueTest): Sql {
  const isOf = (type: string): Sql => (isJson ? sql`jsonb_typeof(${value}) = ${type}` : sql`true`);
  const text = isJson ? sql`lower(${value} #>> '{}')` : sql`lower(${value})`;
  const sure = (says: Sql): Sql => sql`coalesce(${says}, false)`;
  if ("exists" in test) return isJson ? sure(sql`jsonb_typeof(${value}) <> 'null'`) : sql`(${value} is not null)`;
  if ("contains" in test) return sure(sql`${isOf("string")} and position(${test.contains.toLowerCase()} in ${text}) > 0`);
  if ("startsWith" in test) return sure(sql`${isOf("string")} and starts_with(${text}, ${test.startsWith.toLowerCase()})`);
  if ("is" in test) {
    if (typeof test.is === "string") return sure(sql`${isOf("string")} and ${text} = ${test.is.toLowerCase()}`);
    return isJson ? sure(sql`${value} = ${JSON.stringify(test.is)}::jsonb`) : sql`false`;
  }
  if (!isJson) return sql`false`;
  const number = sql`case when ${isOf("number")} then (${value})::numeric end`;
  return sure("atLeast" in test ? sql`${number} >= ${test.atLeast}` : sql`${number} <= ${test.atMost}`);
}
