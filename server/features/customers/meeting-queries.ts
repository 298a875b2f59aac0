import { sql } from "kysely";
import { arrayLiteral, storableJson, type Tx } from "../../platform/db/index.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { Crowd, keyOf, type Person } from "./crowd.ts";
import type { IdentityKind, IdentityRules, Named } from "./identity-kinds.ts";

/** What somebody says of a customer besides who it is. What is null or left out is not known. */
export interface Traits {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  locale?: string | null;
  timeZone?: string | null;
  fields?: Record<string, unknown>;
}

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
  const changing = new Set(uncertain.flatMap((identities) => identities.flatMap((each) => rootOf(each) ?? [])));
  return new Crowd(rules, owners, roots, await personsOf(tx, [...changing]));
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

export interface Seen {
  /** Negative: one of the crowd's new ones. */
  customer: number | null;
  at: Date;
  source: string;
  isVerified: boolean;
  traits: Traits | null;
}

/** Writes what the crowd decided and what was said of each; answers the real ids of new customers. */
export async function flushCrowd(tx: Tx, crowd: Crowd, seen: readonly Seen[]): Promise<Map<number, number>> {
  const ids = await newIds(tx, crowd.newCustomers);
  const real = (customer: number): number => ids.get(customer) ?? customer;
  const profiles = profilesOf(seen, real);
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

interface Profile {
  id: number;
  name: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  timeZone: string | null;
  fields: Record<string, unknown>;
  from: Date;
  until: Date;
  /** What a server says replaces what was known; what a browser says only fills in. */
  replaces: boolean;
}

/** One per customer: what was said last, and from when until when they were seen. */
function profilesOf(seen: readonly Seen[], real: (customer: number) => number): Profile[] {
  const profiles = new Map<number, Profile>();
  for (const { customer, at, traits, isVerified } of seen) {
    if (customer === null) continue;
    const id = real(customer);
    const before = profiles.get(id) ?? silent(id, at);
    if (at < before.from) before.from = at;
    if (at > before.until) before.until = at;
    profiles.set(id, traits === null ? before : withTraits(before, traits, isVerified));
  }
  return [...profiles.values()].sort((a, b) => a.id - b.id);
}

/** Somebody of whom nothing is said but that they were there. */
function silent(id: number, at: Date): Profile {
  return { id, name: null, email: null, phone: null, locale: null, timeZone: null, fields: {}, from: at, until: at, replaces: false };
}

function withTraits(before: Profile, traits: Traits, isVerified: boolean): Profile {
  return {
    ...before,
    name: clean(traits.name, 200) ?? before.name,
    email: clean(traits.email, 320) ?? before.email,
    phone: clean(traits.phone, 50) ?? before.phone,
    locale: clean(traits.locale, 35) ?? before.locale,
    timeZone: clean(traits.timeZone, 60) ?? before.timeZone,
    fields: traits.fields ? { ...before.fields, ...traits.fields } : before.fields,
    replaces: before.replaces || isVerified,
  };
}

function clean(text: string | null | undefined, most: number): string | null {
  const trimmed = (text ?? "").replaceAll("\0", "").trim().slice(0, most);
  return trimmed === "" ? null : trimmed.toWellFormed();
}

async function insertNew(tx: Tx, fresh: ReadonlySet<number>, profiles: readonly Profile[]): Promise<void> {
  const rows = profiles.filter((each) => fresh.has(each.id));
  if (rows.length === 0) return;
  await sql`
    insert into customers (id, workspace_id, name, email, phone, locale, time_zone, fields, first_seen_at, last_seen_at, created_at) overriding system value
    select id, ${tx.workspaceId}, name, email, phone, locale, time_zone, fields, first_at, last_at, ${tx.now} from ${given(rows)}`.execute(
    tx.db,
  );
}

/** What is known of customers met before; their row is touched at most every ten minutes unless something new is said. */
async function noteAll(tx: Tx, fresh: ReadonlySet<number>, profiles: readonly Profile[]): Promise<void> {
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
      fields = case when replaces then c.fields || given.fields else given.fields || c.fields end,
      first_seen_at = least(c.first_seen_at, first_at), last_seen_at = greatest(c.last_seen_at, last_at)
    from ${given(rows)}
    where c.workspace_id = ${tx.workspaceId} and c.id = given.id and (
      c.last_seen_at < last_at - interval '10 minutes' or c.first_seen_at > first_at
      or (c.name is null or replaces) and given.name is distinct from c.name and given.name is not null
      or c.email is null and given.email is not null
      or (c.phone is null or replaces) and given.phone is distinct from c.phone and given.phone is not null
      or (c.locale is null or replaces) and given.locale is distinct from c.locale and given.locale is not null
      or (c.time_zone is null or replaces) and given.time_zone is distinct from c.time_zone and given.time_zone is not null
      or not c.fields @> given.fields)`.execute(tx.db);
}

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
    on conflict (workspace_id, one_id, other_id) do update set times = s.times + 1, reasons = excluded.reasons`.execute(tx.db);
}
