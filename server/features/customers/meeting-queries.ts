import { sql } from "kysely";
import { arrayLiteral, type Tx } from "../../platform/db/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { Crowd, keyOf, type Person } from "./crowd.ts";
import type { IdentityKind, IdentityRules, Named } from "./identity-kinds.ts";
import { insertNew, noteAll } from "./noting-queries.ts";
import { profilesOf, type Seen } from "./profiles-of.ts";

export type { Traits } from "./traits.ts";

const AN_HOUR = "1 hour";

/**
 * All that has to be known of whoever has one of these identities, given by sighting. Of those whose every sighting
 * names one person only, nothing will change, and so nothing is counted: that is nearly everybody in a stream of events.
 */
export async function loadCrowd(tx: Tx, sightings: readonly (readonly Named[])[], rules: IdentityRules): Promise<Crowd> {
  const owners = new Map<string, number>();
  const roots = new Map<number, number>();
  const wanted = new Map(sightings.flat().map((each) => [keyOf(each), each]));
  const keys = [...wanted.keys()];
  for (const { ordinal, customer, root } of await ownersOf(tx, [...wanted.values()])) {
    owners.set(keys[ordinal] ?? "", customer);
    if (root !== customer) roots.set(customer, root);
  }
  const rootOf = (identity: Named): number | undefined => {
    const owner = owners.get(keyOf(identity));
    return owner === undefined ? undefined : (roots.get(owner) ?? owner);
  };
  const uncertain = sightings.filter((identities) => identities.length > 1 && new Set(identities.map(rootOf)).size > 1);
  const knownIn = (identities: readonly Named[]): Set<number> => new Set(identities.flatMap((each) => rootOf(each) ?? []));
  const changing = new Set(uncertain.flatMap((identities) => [...knownIn(identities)]));
  const joining = new Set(uncertain.map(knownIn).flatMap((known) => (known.size > 1 ? [...known] : [])));
  const [persons, parted] = [await personsOf(tx, [...changing]), await partedAmong(tx, [...joining])];
  return new Crowd(rules, { owners, roots, persons, parted });
}

interface Owner {
  /** Which of the wanted, from 0. */
  ordinal: number;
  customer: number;
  root: number;
}

/** The answer comes as one value: thousands of rows would cost more than finding them. */
async function ownersOf(tx: Tx, wanted: readonly Named[]): Promise<Owner[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ found: string | null }>`
    select string_agg(concat_ws(' ', wanted.ordinal - 1, i.customer_id, a.root_id), ',') as found
    from unnest(${arrayLiteral(wanted.map((each) => each.kind))}::text[], ${arrayLiteral(wanted.map((each) => each.value))}::text[])
      with ordinality as wanted (kind, value, ordinal)
    join identities i on i.workspace_id = ${tx.workspaceId} and i.kind = wanted.kind and i.value = wanted.value
    left join customer_aliases a on a.customer_id = i.customer_id`.execute(tx.db);
  const found = rows[0]?.found ?? "";
  if (found === "") return [];
  return found.split(",").map((each) => {
    const [ordinal = 0, customer = 0, root = customer] = each.split(" ").map(Number);
    return { ordinal, customer, root };
  });
}

/** How many identities of each kind these persons have, and how often others were merged into them lately. */
async function personsOf(tx: Tx, roots: readonly number[]): Promise<Map<number, Person>> {
  const persons = new Map<number, Person>(roots.map((root) => [root, { counts: new Map<IdentityKind, number>(), merges: 0 }]));
  if (roots.length === 0) return persons;
  const { rows } = await sql<{ kind: IdentityKind | null; root: number; count: number }>`
    with person as materialized (
      select root_id, root_id as customer_id from unnest(${arrayLiteral(roots)}::bigint[]) as root_id
      union select root_id, customer_id from customer_aliases where root_id = any(${arrayLiteral(roots)}::bigint[])
    )
    select i.kind, person.root_id as root, count(*) from person
      join identities i on i.customer_id = person.customer_id and i.workspace_id = ${tx.workspaceId} group by i.kind, person.root_id
    union all
    select null, person.root_id, count(*) from person join merges m on m.into_id = person.customer_id
      where m.workspace_id = ${tx.workspaceId} and m.asked_at > ${tx.now}::timestamptz - ${AN_HOUR}::interval and m.undone_at is null
      group by person.root_id`.execute(tx.db);
  for (const { kind, root, count } of rows) {
    const person = persons.get(root);
    if (person && kind === null) person.merges = count;
    else if (person && kind !== null) person.counts.set(kind, count);
  }
  return persons;
}

/** Which of these persons, by pairs, hold two customers whose merge was taken back. */
async function partedAmong(tx: Tx, roots: readonly number[]): Promise<[one: number, other: number][]> {
  if (roots.length === 0) return [];
  const { rows } = await sql<{ one: number; other: number }>`
    with person as materialized (
      select root_id, root_id as customer_id from unnest(${arrayLiteral(roots)}::bigint[]) as root_id
      union select root_id, customer_id from customer_aliases where root_id = any(${arrayLiteral(roots)}::bigint[])
    )
    select distinct one.root_id as one, other.root_id as other from person one
      join merges m on m.from_id = one.customer_id and m.workspace_id = ${tx.workspaceId} and m.undone_at is not null
      join person other on other.customer_id = m.into_id where one.root_id <> other.root_id`.execute(tx.db);
  return rows.map(({ one, other }) => [one, other]);
}

/** Writes what the crowd decided and what was said of each; answers the real ids of new customers. */
export async function flushCrowd(tx: Tx, crowd: Crowd, seen: readonly Seen[]): Promise<Map<number, number>> {
  const ids = await newIds(tx, crowd.newCustomers);
  const real = (customer: number): number => ids.get(customer) ?? customer;
  const profiles = profilesOf(seen, crowd.claims, real);
  await insertNew(tx, new Set(ids.values()), profiles);
  await claimAll(tx, crowd, real);
  await moveAll(tx, crowd, real);
  await askMerges(tx, crowd, real);
  await listStopped(tx, crowd, real);
  await noteAll(tx, new Set(ids.values()), profiles);
  return ids;
}

async function newIds(tx: Tx, count: number): Promise<Map<number, number>> {
  if (count === 0) return new Map();
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('customers', 'id')) as id from generate_series(1, ${count}::integer)`.execute(tx.db);
  return new Map(rows.map((row, index) => [-1 - index, row.id]));
}

async function claimAll(tx: Tx, { claims }: Crowd, real: (customer: number) => number): Promise<void> {
  if (claims.length === 0) return;
  const rows = claims.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const values = arrayLiteral(rows.map((each) => each.value));
  const { numAffectedRows } = await sql`
    insert into identities (customer_id, workspace_id, kind, value, shown, source, verified, first_seen_at)
    select customer_id, ${tx.workspaceId}, kind, value, value, source, verified, at
    from unnest(${arrayLiteral(rows.map((each) => real(each.customer)))}::bigint[], ${arrayLiteral(rows.map((each) => each.kind))}::text[], ${values}::text[],
      ${arrayLiteral(rows.map((each) => each.source))}::text[], ${rows.map((each) => each.isVerified)}::boolean[],
      ${arrayLiteral(rows.map((each) => each.at))}::timestamptz[]) as given (customer_id, kind, value, source, verified, at)
    on conflict do nothing`.execute(tx.db);
  if (Number(numAffectedRows) < rows.length) throw new MetMeanwhile();
}

/** Another transaction met one of them first; by its code the whole transaction is repeated, and then knows them. */
class MetMeanwhile extends Error {
  readonly code = "40001";
  constructor() {
    super("Another transaction met one of these customers first.");
  }
}

async function moveAll(tx: Tx, { moves }: Crowd, real: (customer: number) => number): Promise<void> {
  if (moves.length === 0) return;
  const last = [...new Map(moves.map((move) => [move.value, move])).values()].sort((a, b) => (a.value < b.value ? -1 : 1));
  await sql`
    with given as (
      select * from unnest(${arrayLiteral(last.map((move) => move.value))}::text[], ${arrayLiteral(last.map((move) => real(move.to)))}::bigint[],
        ${arrayLiteral(last.map((move) => move.at))}::timestamptz[]) as given (value, customer_id, at)
    ), before as (
      insert into past_identities (customer_id, workspace_id, kind, value, first_seen_at, until)
      select i.customer_id, i.workspace_id, i.kind, i.value, i.first_seen_at, given.at from given
      join identities i on i.workspace_id = ${tx.workspaceId} and i.kind = 'anonymous_id' and i.value = given.value
    )
    update identities i set customer_id = given.customer_id, first_seen_at = given.at from given
    where i.workspace_id = ${tx.workspaceId} and i.kind = 'anonymous_id' and i.value = given.value`.execute(tx.db);
}

/** Merges are done between two digests, a moment later. */
async function askMerges(tx: Tx, { merges }: Crowd, real: (customer: number) => number): Promise<void> {
  if (merges.length === 0) return;
  await sql`
    insert into merges (workspace_id, from_id, into_id, reason, source, asked_at)
    select ${tx.workspaceId}, from_id, into_id, reason, source, ${tx.now}
    from unnest(${arrayLiteral(merges.map((each) => real(each.from)))}::bigint[], ${arrayLiteral(merges.map((each) => real(each.into)))}::bigint[],
      ${arrayLiteral(merges.map((each) => each.reason))}::text[], ${arrayLiteral(merges.map((each) => each.source))}::text[]) as given (from_id, into_id, reason, source)
    on conflict do nothing`.execute(tx.db);
  await enqueue(tx, "customers.merge", { workspaceId: tx.workspaceId }, { key: `customers.merge:${tx.workspaceId}` });
}

/** Who was left apart is not asked about again; who was joined, and parted since, is. */
async function listStopped(tx: Tx, { stopped }: Crowd, real: (customer: number) => number): Promise<void> {
  const pairs = new Map<string, { one: number; other: number; reason: string }>();
  for (const { one, other, reason } of stopped) {
    const [a, b] = [real(one), real(other)].sort((x, y) => x - y) as [number, number];
    pairs.set(`${a} ${b}`, { one: a, other: b, reason });
  }
  if (pairs.size === 0) return;
  const rows = [...pairs.values()];
  await sql`
    insert into merge_suggestions as s (workspace_id, one_id, other_id, kind, reasons, suggested_at)
    select ${tx.workspaceId}, one_id, other_id, 'stopped', jsonb_build_array(reason), ${tx.now}
    from unnest(${arrayLiteral(rows.map((each) => each.one))}::bigint[], ${arrayLiteral(rows.map((each) => each.other))}::bigint[],
      ${arrayLiteral(rows.map((each) => each.reason))}::text[]) as given (one_id, other_id, reason)
    on conflict (workspace_id, one_id, other_id) do update set times = s.times + 1, reasons = excluded.reasons,
      decided_at = case when s.decision = 'merged' then null else s.decided_at end, decision = nullif(s.decision, 'merged')`.execute(tx.db);
}
