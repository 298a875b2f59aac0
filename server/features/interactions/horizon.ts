import { sql } from "kysely";
import type { Scope } from "../../platform/db/index.ts";

/**
 * How far the log can be read without missing anything: everything at or below this position has committed or never
 * will. Must be asked in READ COMMITTED, since each of its two statements needs a snapshot of its own:
 * first the newest position given out, then the lowest floor that an append in flight has registered.
 * @throws Error in any other isolation level
 */
export async function readHorizon({ db }: Pick<Scope, "db">): Promise<number> {
  const { rows } = await sql<{ newest: number; level: string }>`
    select case when is_called then last_value else 0 end as newest, current_setting('transaction_isolation') as level
    from interactions_position`.execute(db);
  const [given] = rows;
  if (given?.level !== "read committed") throw new Error("the log must be read in READ COMMITTED");
  return Math.min(given.newest, await lowestFloor({ db }));
}

export async function newestPosition({ db }: Pick<Scope, "db">): Promise<number> {
  const { rows } = await sql<{ newest: number }>`
    select case when is_called then last_value else 0 end as newest from interactions_position`.execute(db);
  return rows[0]?.newest ?? 0;
}

/** The lowest position registered by an append in flight in this database; infinity when there is none. */
async function lowestFloor({ db }: Pick<Scope, "db">): Promise<number> {
  const { rows } = await sql<{ floor: number | null }>`
    select min(((classid::bigint & 1073741823) << 32) | objid::bigint) as floor from pg_locks
    where locktype = 'advisory' and objsubid = 1 and granted and mode = 'ShareLock'
      and (classid::bigint & 1073741824) <> 0
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
  return rows[0]?.floor ?? Number.POSITIVE_INFINITY;
}

/** Seconds since the oldest append still in flight began; 0 when none is. For operators. */
export async function horizonAge({ db }: Pick<Scope, "db">): Promise<number> {
  const { rows } = await sql<{ age: number }>`
    select coalesce(extract(epoch from max(clock_timestamp() - a.xact_start)), 0)::float8 as age
    from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.objsubid = 1 and l.mode = 'ShareLock' and (l.classid::bigint & 1073741824) <> 0
      and l.database = (select oid from pg_database where datname = current_database())`.execute(db);
  return rows[0]?.age ?? 0;
}
