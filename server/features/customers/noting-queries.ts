import { sql } from "kysely";
import { arrayLiteral, storableJson, type Tx } from "../../platform/db/index.ts";
import type { Profile } from "./profiles-of.ts";

export async function insertNew(tx: Tx, fresh: ReadonlySet<number>, profiles: readonly Profile[]): Promise<void> {
  const rows = profiles.filter((each) => fresh.has(each.id));
  if (rows.length === 0) return;
  await sql`
    insert into customers (id, workspace_id, name, email, phone, locale, time_zone, fields, first_seen_at, last_seen_at, created_at) overriding system value
    select id, ${tx.workspaceId}, name, email, phone, locale, time_zone, fields, first_at, last_at, ${tx.now} from ${given(rows)}`.execute(
    tx.db,
  );
}

/** What is known of customers met before; their row is touched at most every ten minutes unless something new is said. */
export async function noteAll(tx: Tx, fresh: ReadonlySet<number>, profiles: readonly Profile[]): Promise<void> {
  const rows = profiles.filter((each) => !fresh.has(each.id) && !isNoted(each));
  if (rows.length === 0) return;
  tx.afterCommit(() => remember(rows));
  await sql`
    update customers c set
      name = case when replaces then coalesce(given.name, c.name) else coalesce(c.name, given.name) end,
      email = coalesce(c.email, given.email),
      phone = case when replaces then coalesce(given.phone, c.phone) else coalesce(c.phone, given.phone) end,
      locale = case when replaces then coalesce(given.locale, c.locale) else coalesce(c.locale, given.locale) end,
      time_zone = case when replaces then coalesce(given.time_zone, c.time_zone) else coalesce(c.time_zone, given.time_zone) end,
      fields = case when replaces then c.fields || given.fields when ${isFull} then c.fields else given.fields || c.fields end,
      first_seen_at = least(c.first_seen_at, first_at), last_seen_at = greatest(c.last_seen_at, last_at)
    from ${given(rows)}
    where c.workspace_id = ${tx.workspaceId} and c.id = given.id and (
      c.last_seen_at < last_at - interval '10 minutes' or c.first_seen_at > first_at
      or (c.name is null or replaces) and given.name is distinct from c.name and given.name is not null
      or c.email is null and given.email is not null
      or (c.phone is null or replaces) and given.phone is distinct from c.phone and given.phone is not null
      or (c.locale is null or replaces) and given.locale is distinct from c.locale and given.locale is not null
      or (c.time_zone is null or replaces) and given.time_zone is distinct from c.time_zone and given.time_zone is not null
      or not c.fields @> given.fields and (replaces or not ${isFull}))`.execute(tx.db);
}

/** As Postgres keeps them, in bytes. Anybody can make a browser say ever more of somebody; what is beyond stands in the log alone. */
const MOST_FIELDS = 64 * 1024;
const isFull = sql`pg_column_size(c.fields) > ${sql.lit(MOST_FIELDS)}`;

const TEN_MINUTES = 600_000;
const MOST_NOTED = 500_000;
/** When this process last noted a customer as seen: within ten minutes of it, their row would stay as it is. */
const noted = new Map<number, number>();

function isNoted({ id, from, until, name, email, phone, locale, timeZone, fields }: Profile): boolean {
  const at = noted.get(id);
  if (at === undefined || from.getTime() < at || until.getTime() > at + TEN_MINUTES) return false;
  return (name ?? email ?? phone ?? locale ?? timeZone) === null && Object.keys(fields).length === 0;
}

function remember(rows: readonly Profile[]): void {
  if (noted.size > MOST_NOTED) noted.clear();
  for (const { id, from } of rows) noted.set(id, from.getTime());
}

function given(rows: readonly Profile[]) {
  const text = (key: "name" | "email" | "phone" | "locale" | "timeZone"): string => arrayLiteral(rows.map((row) => row[key]));
  return sql`unnest(${arrayLiteral(rows.map((row) => row.id))}::bigint[], ${text("name")}::text[], ${text("email")}::text[], ${text("phone")}::text[],
    ${text("locale")}::text[], ${text("timeZone")}::text[], ${arrayLiteral(rows.map((row) => storableJson(row.fields)))}::jsonb[],
    ${arrayLiteral(rows.map((row) => row.from))}::timestamptz[], ${arrayLiteral(rows.map((row) => row.until))}::timestamptz[],
    ${rows.map((row) => row.replaces)}::boolean[]) as given (id, name, email, phone, locale, time_zone, fields, first_at, last_at, replaces)`;
}
