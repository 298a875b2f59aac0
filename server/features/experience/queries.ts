import { sql } from "kysely";
import { arrayLiteral, type Scope } from "../../platform/db/index.ts";
import type { Episode, Evidence, Masses, Step } from "./score.ts";

type Everywhere = Pick<Scope, "db">;

export type EvidenceRow = Evidence &
  Step & {
    customerId: number;
    writtenFor: number;
    workspaceId: number;
    kind: string;
    reason: string;
    initiative: "reactive" | "proactive";
  };
export type EpisodeRow = Episode & { customerId: number; workspaceId: number; episode: string; poor: boolean; lastAt: Date };
export type ScoreRow = Masses & { customerId: number; workspaceId: number; lastAt: Date; lastPosition: number; atRisk: boolean };

const EVIDENCE = sql`customer_id as "customerId", written_for as "writtenFor", workspace_id as "workspaceId", position, at, episode, kind, reason, initiative, valence, weight,
  score_before as before, score_after as after, low, high,
  json_build_object('good', good_after, 'bad', bad_after, 'pieces', pieces_after) as masses`;
const EPISODE = sql`customer_id as "customerId", workspace_id as "workspaceId", episode, weight, good, bad, feeling, poor, last_at as "lastAt"`;
const SCORE = sql`customer_id as "customerId", workspace_id as "workspaceId", good, bad, pieces, last_at as "lastAt", last_position as "lastPosition", at_risk as "atRisk"`;

/** The listener's own state of these customers, over workspaces: customers' ids are unique in the installation. */
export async function scoresIn({ db }: Everywhere, customerIds: readonly number[]): Promise<Map<number, ScoreRow>> {
  const { rows } =
    await sql<ScoreRow>`select ${SCORE} from experience_scores where customer_id = any(${[...customerIds]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.customerId, row]));
}

export async function episodesIn({ db }: Everywhere, keys: readonly { customerId: number; episode: string }[]): Promise<EpisodeRow[]> {
  const { rows } = await sql<EpisodeRow>`
    select ${EPISODE} from experience_episodes where (customer_id, episode) in (
      select * from unnest(${keys.map((key) => key.customerId)}::bigint[], ${keys.map((key) => key.episode)}::text[]))`.execute(db);
  return rows;
}

export async function evidenceIn({ db }: Everywhere, customerIds: readonly number[]): Promise<EvidenceRow[]> {
  const { rows } =
    await sql<EvidenceRow>`select ${EVIDENCE} from evidence where customer_id = any(${[...customerIds]}::bigint[]) order by customer_id, at, position`.execute(
      db,
    );
  return rows;
}

export async function saveEvidence({ db }: Everywhere, rows: readonly EvidenceRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof EvidenceRow>(key: K): EvidenceRow[K][] => rows.map((row) => row[key]);
  await sql`
    insert into evidence (customer_id, written_for, position, workspace_id, at, episode, kind, reason, initiative, valence, weight, score_before, score_after, low, high,
      good_after, bad_after, pieces_after)
    select * from unnest(${column("customerId")}::bigint[], ${column("writtenFor")}::bigint[], ${column("position")}::bigint[], ${column("workspaceId")}::bigint[], ${column("at")}::timestamptz[],
      ${column("episode")}::text[], ${column("kind")}::text[], ${column("reason")}::text[], ${column("initiative")}::text[], ${column("valence")}::float8[],
      ${column("weight")}::float8[], ${column("before")}::float8[], ${column("after")}::float8[], ${column("low")}::float8[], ${column("high")}::float8[],
      ${rows.map((row) => row.masses.good)}::float8[], ${rows.map((row) => row.masses.bad)}::float8[], ${rows.map((row) => row.masses.pieces)}::int[])
    on conflict (customer_id, position) do update set reason = excluded.reason, score_before = excluded.score_before, score_after = excluded.score_after,
      low = excluded.low, high = excluded.high, good_after = excluded.good_after, bad_after = excluded.bad_after, pieces_after = excluded.pieces_after`.execute(
    db,
  );
}

export async function saveEpisodes({ db }: Everywhere, rows: readonly EpisodeRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof EpisodeRow>(key: K): EpisodeRow[K][] => rows.map((row) => row[key]);
  await sql`
    insert into experience_episodes (customer_id, episode, workspace_id, weight, good, bad, feeling, poor, last_at)
    select * from unnest(${column("customerId")}::bigint[], ${column("episode")}::text[], ${column("workspaceId")}::bigint[], ${column("weight")}::float8[],
      ${column("good")}::float8[], ${column("bad")}::float8[], ${column("feeling")}::float8[], ${column("poor")}::boolean[], ${column("lastAt")}::timestamptz[])
    on conflict (customer_id, episode) do update set weight = excluded.weight, good = excluded.good, bad = excluded.bad, feeling = excluded.feeling,
      poor = excluded.poor, last_at = excluded.last_at`.execute(db);
}

export async function saveScores({ db }: Everywhere, rows: readonly ScoreRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof ScoreRow>(key: K): ScoreRow[K][] => rows.map((row) => row[key]);
  await sql`
    insert into experience_scores (customer_id, workspace_id, good, bad, pieces, last_at, last_position, at_risk)
    select * from unnest(${column("customerId")}::bigint[], ${column("workspaceId")}::bigint[], ${column("good")}::float8[], ${column("bad")}::float8[],
      ${column("pieces")}::int[], ${column("lastAt")}::timestamptz[], ${column("lastPosition")}::bigint[], ${column("atRisk")}::boolean[])
    on conflict (customer_id) do update set good = excluded.good, bad = excluded.bad, pieces = excluded.pieces, last_at = excluded.last_at,
      last_position = excluded.last_position, at_risk = excluded.at_risk`.execute(db);
}

/** Gives each customer's evidence to the person they now are; answers whose scores it changes. */
export async function giveToPersons({ db }: Everywhere, roots: ReadonlyMap<number, number>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with person as (
      select * from unnest(${arrayLiteral([...roots.keys()])}::bigint[], ${arrayLiteral([...roots.values()])}::bigint[]) as given (id, root)
    ), moved as (
      update evidence set customer_id = root from person where written_for = id and customer_id <> root
    ) select id from person union select root from person`.execute(db);
  return rows.map((row) => row.id).sort((a, b) => a - b);
}

export async function dropScores({ db }: Everywhere, customerIds: readonly number[]): Promise<void> {
  await sql`delete from experience_scores where customer_id = any(${arrayLiteral([...customerIds])}::bigint[])`.execute(db);
}

/** For customers whose evidence is worked out anew. */
export async function dropDerived({ db }: Everywhere, customerIds: readonly number[]): Promise<void> {
  const ids = [...customerIds];
  await sql`delete from evidence where customer_id = any(${ids}::bigint[])`.execute(db);
  await sql`delete from experience_episodes where customer_id = any(${ids}::bigint[])`.execute(db);
}

export async function dropAll({ db }: Everywhere): Promise<void> {
  await sql`truncate evidence, experience_episodes, experience_scores`.execute(db);
}

export async function dropWorkspace(scope: Scope): Promise<void> {
  for (const table of ["evidence", "experience_episodes", "experience_scores"]) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  }
}

/** How many poor episodes each customer had after a moment. */
export async function poorSince({ db }: Everywhere, customerIds: readonly number[], since: Date): Promise<Map<number, number>> {
  const { rows } = await sql<{ customerId: number; poor: number }>`
    select customer_id as "customerId", count(*) as poor from experience_episodes
    where customer_id = any(${[...customerIds]}::bigint[]) and poor and last_at > ${since} group by customer_id`.execute(db);
  return new Map(rows.map((row) => [row.customerId, row.poor]));
}

/** Customers marked at risk whose poor experiences have grown old, over all workspaces. */
export async function recoveredAt({ db }: Everywhere, since: Date, limit: number): Promise<ScoreRow[]> {
  const { rows } = await sql<ScoreRow>`
    select ${SCORE} from experience_scores s where at_risk and (
      select count(*) from experience_episodes e where e.customer_id = s.customer_id and e.poor and e.last_at > ${since}) < 2
    order by customer_id limit ${limit} for update`.execute(db);
  return rows;
}

/** All of one customer's evidence, the newest first. */
export async function evidenceOf(scope: Scope, customerId: number, limit: number): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select ${EVIDENCE} from evidence where workspace_id = ${scope.workspaceId} and customer_id = ${customerId} order by at desc, position desc limit ${limit}`.execute(
    scope.db,
  );
  return rows;
}

export async function episodesOf(scope: Scope, customerId: number): Promise<Map<string, Episode>> {
  const { rows } =
    await sql<EpisodeRow>`select ${EPISODE} from experience_episodes where workspace_id = ${scope.workspaceId} and customer_id = ${customerId}`.execute(
      scope.db,
    );
  return new Map(rows.map((row) => [row.episode, row]));
}

export async function scoreOf(scope: Scope, customerId: number): Promise<ScoreRow | undefined> {
  const { rows } =
    await sql<ScoreRow>`select ${SCORE} from experience_scores where workspace_id = ${scope.workspaceId} and customer_id = ${customerId}`.execute(
      scope.db,
    );
  return rows[0];
}

type LineMoment = Pick<EvidenceRow, "customerId" | "at" | "before" | "after" | "initiative">;

/** The last few moments of each customer's line, the newest first. */
export async function lastMoments(scope: Scope, customerIds: readonly number[], each: number): Promise<LineMoment[]> {
  const { rows } = await sql<LineMoment>`
    select wanted.id as "customerId", e.* from unnest(${[...customerIds]}::bigint[]) as wanted (id), lateral (
      select at, score_before as before, score_after as after, initiative from evidence where workspace_id = ${scope.workspaceId} and customer_id = wanted.id
      order by at desc, position desc limit ${each}) e`.execute(scope.db);
  return rows;
}

/** What took each customer's score down most since a moment, where it took 5 points; the index on falls says so too. */
export async function worstFalls(scope: Scope, customerIds: readonly number[], since: Date): Promise<Map<number, string>> {
  const { rows } = await sql<{ customerId: number; reason: string }>`
    select distinct on (customer_id) customer_id as "customerId", reason from evidence
    where workspace_id = ${scope.workspaceId} and customer_id = any(${[...customerIds]}::bigint[]) and at > ${since} and score_before - score_after >= 5
    order by customer_id, score_before - score_after desc, at desc, position desc`.execute(scope.db);
  return new Map(rows.map((row) => [row.customerId, row.reason]));
}

/** What every customer's masses were at a moment: from their last piece of evidence until then. */
export async function massesAt(scope: Scope, at: Date): Promise<(Masses & { customerId: number })[]> {
  const { rows } = await sql<Masses & { customerId: number }>`
    select s.customer_id as "customerId", e.good_after as good, e.bad_after as bad, e.pieces_after as pieces
    from experience_scores s, lateral (
      select good_after, bad_after, pieces_after from evidence where customer_id = s.customer_id and at <= ${at}
      order by at desc, position desc limit 1) e
    where s.workspace_id = ${scope.workspaceId}`.execute(scope.db);
  return rows;
}

/** Evidence of a period, for some customers; the greatest falls first. */
export async function fallsWithin(scope: Scope, customerIds: readonly number[], from: Date, to: Date): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select ${EVIDENCE} from evidence
    where workspace_id = ${scope.workspaceId} and customer_id = any(${[...customerIds]}::bigint[]) and at >= ${from} and at < ${to} and score_after < score_before
    order by score_after - score_before limit 5000`.execute(scope.db);
  return rows;
}

export async function countAtRisk(scope: Scope): Promise<number> {
  const { rows } = await sql<{
    customers: number;
  }>`select count(*) as customers from experience_scores where workspace_id = ${scope.workspaceId} and at_risk`.execute(scope.db);
  return rows[0]?.customers ?? 0;
}

export async function listAtRisk(scope: Scope, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select customer_id as id from experience_scores where workspace_id = ${scope.workspaceId} and at_risk order by last_at desc limit ${limit}`.execute(
    scope.db,
  );
  return rows.map((row) => row.id);
}

/** The score just after each customer's last rating in a period. */
export async function scoresAfterRating(scope: Scope, customerIds: readonly number[], from: Date, to: Date): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; after: number }>`
    select distinct on (customer_id) customer_id as id, score_after as after from evidence
    where workspace_id = ${scope.workspaceId} and customer_id = any(${[...customerIds]}::bigint[]) and kind = 'rating' and at >= ${from} and at < ${to}
    order by customer_id, at desc, position desc`.execute(scope.db);
  return new Map(rows.map((row) => [row.id, row.after]));
}

/** The evidence that some of a customer's interactions gave. */
export async function evidenceAt(scope: Scope, customerId: number, positions: readonly number[]): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select ${EVIDENCE} from evidence
    where workspace_id = ${scope.workspaceId} and customer_id = ${customerId} and position = any(${[...positions]}::bigint[])`.execute(
    scope.db,
  );
  return rows;
}
