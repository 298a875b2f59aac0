import { sql } from "kysely";
import { arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";

type Everywhere = Pick<Scope, "db">;

export interface Source {
  id: number;
  workspaceId: number;
  name: string;
  kind: "server" | "browser";
  /** The key's first characters, to recognise it by. */
  hint: string;
  createdAt: Date;
  rotatedAt: Date | null;
  revokedAt: Date | null;
}

const SOURCE = sql`id, workspace_id as "workspaceId", name, kind, hint, created_at as "createdAt", rotated_at as "rotatedAt",
  revoked_at as "revokedAt"`;

export async function insertSource(
  tx: Tx,
  row: { name: string; kind: Source["kind"]; hint: string; keyHash: Buffer; createdBy: number | null },
): Promise<Source> {
  const { rows } = await sql<Source>`
    insert into sources (workspace_id, name, kind, hint, key_hash, created_by, created_at)
    values (${tx.workspaceId}, ${row.name}, ${row.kind}, ${row.hint}, ${row.keyHash}, ${row.createdBy}, ${tx.now})
    returning ${SOURCE}`.execute(tx.db);
  const [source] = rows;
  if (source === undefined) throw new Error("a source was not stored");
  return source;
}

/** Sources that stand, the newest first. */
export async function listSources(scope: Scope): Promise<Source[]> {
  const { rows } = await sql<Source>`
    select ${SOURCE} from sources where workspace_id = ${scope.workspaceId} and revoked_at is null order by id desc limit 200`.execute(
    scope.db,
  );
  return rows;
}

export async function findSource(scope: Scope, id: number): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    select ${SOURCE} from sources where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(scope.db);
  return rows[0];
}

/** Whose key this is: a source that stands, by its key or, for a while, by the one before. */
export async function sourceByKey({ db }: Everywhere, keyHash: Buffer, at: Date): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    select ${SOURCE} from sources
    where revoked_at is null and (key_hash = ${keyHash} or (old_key_hash = ${keyHash} and old_key_until > ${at}))`.execute(db);
  return rows[0];
}

export async function replaceKey(tx: Tx, id: number, key: { hint: string; hash: Buffer; oldUntil: Date }): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    update sources set old_key_hash = key_hash, old_key_until = ${key.oldUntil}, key_hash = ${key.hash}, hint = ${key.hint}, rotated_at = ${tx.now}
    where workspace_id = ${tx.workspaceId} and id = ${id} and revoked_at is null
    returning ${SOURCE}`.execute(tx.db);
  return rows[0];
}

export async function markRevoked(tx: Tx, id: number): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    update sources set revoked_at = coalesce(revoked_at, ${tx.now}) where workspace_id = ${tx.workspaceId} and id = ${id}
    returning ${SOURCE}`.execute(tx.db);
  return rows[0];
}

export interface NewRefusal {
  origin: string;
  reason: string;
  event: string;
}

const KEPT_EACH = 500;

/** Lists what was not taken, and drops the oldest beyond 500 of each origin. */
export async function insertRefusals(tx: Tx, refusals: readonly NewRefusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const column = (key: keyof NewRefusal): string => arrayLiteral(refusals.map((each) => each[key]));
  await sql`insert into refusals (workspace_id, origin, at, reason, event)
    select ${tx.workspaceId}, origin, ${tx.now}, reason, event
    from unnest(${column("origin")}::text[], ${column("reason")}::text[], ${column("event")}::text[]) as given (origin, reason, event)`.execute(
    tx.db,
  );
  await sql`delete from refusals r using (select distinct unnest(${column("origin")}::text[]) as origin) o
    where r.workspace_id = ${tx.workspaceId} and r.origin = o.origin and r.id <= (
      select id from refusals k where k.workspace_id = ${tx.workspaceId} and k.origin = o.origin order by id desc offset ${KEPT_EACH} limit 1)`.execute(
    tx.db,
  );
}

export interface Refusal {
  id: number;
  at: Date;
  reason: string;
  event: string;
}

export async function listRefusals(scope: Scope, origin: string, page: { before: number | null; limit: number }): Promise<Refusal[]> {
  const { rows } = await sql<Refusal>`
    select id, at, reason, event from refusals
    where workspace_id = ${scope.workspaceId} and origin = ${origin} and (${page.before}::bigint is null or id < ${page.before})
    order by id desc limit ${page.limit}`.execute(scope.db);
  return rows;
}

/** Drops what is listed of events that hold one of these patterns (`like`, lower case). */
export async function deleteRefusalsLike(tx: Tx, patterns: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from refusals where workspace_id = ${tx.workspaceId} and lower(event || ' ' || reason) like any(${patterns}::text[])`.execute(
    tx.db,
  );
  return Number(numAffectedRows);
}

export async function deleteOld({ db }: Everywhere, before: { refusals: Date; hours: Date }): Promise<void> {
  await sql`delete from refusals where at < ${before.refusals}`.execute(db);
  await sql`delete from collected_hours where hour < ${before.hours}`.execute(db);
}

export interface Counted {
  workspaceId: number;
  origin: string;
  hour: Date;
  taken: number;
  repeated: number;
  refused: number;
  /** Positions of the last events, the newest first. */
  newest: number[];
}

const NEWEST = 20;

/** Adds to what came, by the hour. In one order, so that two processes cannot block each other. */
export async function addCounts({ db }: Everywhere, counts: readonly Counted[]): Promise<void> {
  const sorted = counts.toSorted((a, b) => a.workspaceId - b.workspaceId || (a.origin < b.origin ? -1 : 1));
  await sql`insert into collected_hours as c (workspace_id, origin, hour, taken, repeated, refused, newest)
    select workspace_id, origin, hour, taken, repeated, refused, newest::bigint[]
    from jsonb_to_recordset(${JSON.stringify(
      sorted.map(({ workspaceId, newest, ...rest }) => ({
        ...rest,
        workspace_id: workspaceId,
        newest: `{${newest.slice(0, NEWEST).join()}}`,
      })),
    )}::jsonb) as given (workspace_id bigint, origin text, hour timestamptz, taken bigint, repeated bigint, refused bigint, newest text)
    on conflict (workspace_id, origin, hour) do update set taken = c.taken + excluded.taken, repeated = c.repeated + excluded.repeated,
      refused = c.refused + excluded.refused, newest = (excluded.newest || c.newest)[1:${NEWEST}]`.execute(db);
}

export interface Hour {
  origin: string;
  hour: Date;
  taken: number;
  repeated: number;
  refused: number;
  newest: number[];
}

/** What came since a moment, hour by hour, the newest first; of one origin or of all. */
export async function countsSince(scope: Scope, since: Date, origin: string | null): Promise<Hour[]> {
  const { rows } = await sql<Hour>`
    select origin, hour, taken, repeated, refused, newest from collected_hours
    where workspace_id = ${scope.workspaceId} and hour >= ${since} and (${origin}::text is null or origin = ${origin})
    order by hour desc limit 10000`.execute(scope.db);
  return rows;
}
