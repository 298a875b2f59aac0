import { type RawBuilder, sql } from "kysely";
import { personOf } from "../interactions/index.ts";
import { now } from "../../platform/clock.ts";
import { listingPorts } from "./listing-ports.ts";
import { anywhere, arrayLiteral, type Scope, type Tx } from "../../platform/db/index.ts";

/** A customer, and with those merged into or with them, a person. What one of them lacks is taken from the others. */
export interface Customer {
  id: number;
  /** All customers that the person is, this one among them: what belongs to the person may belong to any of them. */
  members: number[];
  name: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  timeZone: string | null;
  /** How they wish to be addressed. */
  addressAs: string | null;
  accessNeeds: string | null;
  organization: string | null;
  fields: Record<string, unknown>;
  atRisk: boolean;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

type Known = "name" | "email" | "phone" | "locale" | "time_zone" | "address_as" | "access_needs";

/** From whom else of the person it is known, the first met first. Asked only where this one lacks it and there are others. */
const orOfOthers = (column: Known): RawBuilder<unknown> => sql`coalesce(c.${sql.ref(column)}, case when p.root_id is not null then (
  select m.${sql.ref(column)} from customer_aliases a join customers m on m.id = a.customer_id
  where a.root_id = p.root_id and m.${sql.ref(column)} is not null order by m.first_seen_at, m.id limit 1) end)`;

const CUSTOMER = sql`c.id, ${orOfOthers("name")} as name, ${orOfOthers("email")} as email, ${orOfOthers("phone")} as phone,
  ${orOfOthers("locale")} as locale, ${orOfOthers("time_zone")} as "timeZone", ${orOfOthers("address_as")} as "addressAs",
  ${orOfOthers("access_needs")} as "accessNeeds", o.name as organization, c.fields, c.at_risk as "atRisk",
  c.first_seen_at as "firstSeenAt", c.last_seen_at as "lastSeenAt",
  case when p.root_id is null then array[c.id] else array(
    select m.customer_id from customer_aliases m where m.root_id = p.root_id order by m.customer_id) end as members`;
const WITH_PERSON = sql`left join customer_aliases p on p.customer_id = c.id
  left join organizations o on o.id = c.organization_id and o.workspace_id = c.workspace_id`;
const FROM = sql`customers c ${WITH_PERSON}`;

/** The person that a customer is: the root of those who were merged. */
export async function findCustomer(scope: Scope, id: number): Promise<Customer | undefined> {
  const { rows } = await sql<Customer>`
    select ${CUSTOMER} from ${FROM} where c.workspace_id = ${scope.workspaceId}
      and c.id = coalesce((select root_id from customer_aliases where customer_id = ${id} and workspace_id = ${scope.workspaceId}), ${id})`.execute(
    scope.db,
  );
  return rows[0];
}

/** The person that each of these customers is, by the id that was asked for. */
export async function findCustomers(scope: Scope, ids: readonly number[]): Promise<Map<number, Customer>> {
  const { rows } = await sql<Customer & { asked: number }>`
    select asked.id as asked, ${CUSTOMER}
    from unnest(${arrayLiteral([...new Set(ids)])}::bigint[]) as asked (id)
    left join customer_aliases r on r.customer_id = asked.id and r.workspace_id = ${scope.workspaceId}
    join customers c on c.id = coalesce(r.root_id, asked.id) ${WITH_PERSON}
    where c.workspace_id = ${scope.workspaceId}`.execute(scope.db);
  return new Map(rows.map(({ asked, ...customer }) => [asked, customer]));
}

/** What a person's profile says. */
export type Profile = Pick<Customer, "name" | "email" | "phone" | "locale" | "timeZone" | "organization" | "fields">;

/** The profiles of many persons at once, given by their roots: as one value, since thousands of rows would cost several times as much. */
export async function profilesOfPersons(scope: Scope, roots: readonly number[]): Promise<Map<number, Profile>> {
  const { rows } = await sql<{ found: [id: number, profile: Profile][] | null }>`
    select json_agg(json_build_array(c.id, json_build_object('name', ${orOfOthers("name")}, 'email', ${orOfOthers("email")},
      'phone', ${orOfOthers("phone")}, 'locale', ${orOfOthers("locale")}, 'timeZone', ${orOfOthers("time_zone")},
      'organization', o.name, 'fields', c.fields))) as found
    from ${FROM} where c.workspace_id = ${scope.workspaceId} and c.id = any(${arrayLiteral(roots)}::bigint[])`.execute(scope.db);
  return new Map(rows[0]?.found);
}

export interface Identity {
  kind: string;
  value: string;
}

/** The customer who has an identity: what arrives under it is written for them, whoever they were merged with. */
export async function findByIdentity(scope: Scope, identity: Identity): Promise<Customer | undefined> {
  const { rows } = await sql<Customer>`
    select ${CUSTOMER} from ${FROM} join identities i on i.customer_id = c.id and i.workspace_id = c.workspace_id
    where i.workspace_id = ${scope.workspaceId} and i.kind = ${identity.kind} and i.value = ${identity.value}`.execute(scope.db);
  return rows[0];
}

export interface CustomerFilter {
  query?: string;
  /** Whoever has all of these. */
  identities?: readonly Identity[];
  /** For `id in ${…}`. */
  among?: RawBuilder<unknown> | null;
  sort?: Sort;
  /** The sort key and id of the last row before. */
  after?: { key: string | number; id: number } | null;
  /** At which scores are worked out: one moment for all pages, since they fade as time passes. */
  at?: Date;
  limit: number;
}

export const SORTS = ["lastHeard", "since", "name", "score"] as const;
export type Sort = (typeof SORTS)[number];

/** What each order sorts by, as text or number that a cursor can hold; the newest, the first in the alphabet or the unhappiest first. */
function orderOf(sort: Sort, at: Date): { key: RawBuilder<unknown>; isFalling: boolean } {
  const moment = (column: string): RawBuilder<unknown> => sql`(extract(epoch from c.${sql.ref(column)}) * 1000000)::bigint`;
  // Those without a name come last.
  if (sort === "name") return { key: sql`coalesce('0' || lower(coalesce(nullif(c.name, ''), c.email)), '1')`, isFalling: false };
  if (sort === "score") return { key: sql`coalesce(${listingPorts().scoreOf(sql`c.id`, at)}, 1000)`, isFalling: false };
  return { key: moment(sort === "since" ? "first_seen_at" : "last_seen_at"), isFalling: true };
}

/** Persons by name, email and identities, in the order asked for. Words match by their beginnings; what holds no word is nobody's. */
export async function searchCustomers(scope: Scope, filter: CustomerFilter): Promise<(Customer & { sortKey: string | number })[]> {
  const { key, isFalling } = orderOf(filter.sort ?? "lastHeard", filter.at ?? now());
  const byTime = (filter.sort ?? "lastHeard") === "lastHeard";
  const way = isFalling ? sql`desc` : sql`asc`;
  const after = filter.after ?? null;
  const words = filter.query === undefined || filter.query.trim() === "" ? null : prefixQuery(filter.query);
  if (words === "") return [];
  const identities = filter.identities ?? [];
  const { rows } = await sql<Customer & { sortKey: string | number }>`
    select ${CUSTOMER}, ${key} as "sortKey" from ${FROM}
    where c.workspace_id = ${scope.workspaceId} and (p.root_id is null or p.root_id = c.id) and c.erased_at is null
      ${filter.among ? sql`and c.id in ${filter.among}` : sql``}
      and (${words}::text is null or c.search @@ to_tsquery('simple', ${words}) or c.id in (
        select a.root_id from customer_aliases a join customers m on m.id = a.customer_id
        where a.workspace_id = ${scope.workspaceId} and m.search @@ to_tsquery('simple', ${words})))
      and (${identities.length} = 0 or c.id in (
        select coalesce(a.root_id, i.customer_id)
        from unnest(${arrayLiteral(identities.map((each) => each.kind))}::text[], ${arrayLiteral(identities.map((each) => each.value))}::text[]) as wanted (kind, value)
        join identities i on i.workspace_id = ${scope.workspaceId} and i.kind = wanted.kind and i.value = wanted.value
        left join customer_aliases a on a.customer_id = i.customer_id
        group by 1 having count(*) = ${identities.length}))
      ${after !== null && byTime ? sql`and c.last_seen_at <= ${new Date(Math.ceil(Number(after.key) / 1000) + 1)}` : sql``}
      ${after === null ? sql`` : sql`and (${key}, c.id) ${isFalling ? sql`<` : sql`>`} (${after.key}, ${after.id}::bigint)`}
    order by ${byTime ? sql`c.last_seen_at` : key} ${way}, c.id ${way} limit ${filter.limit}`.execute(scope.db);
  return rows;
}

export type NewIdentity = Identity & { shown: string; source: string; verified: boolean };

/** Makes a customer with their first identity; undefined when another transaction was first with it. */
export async function insertCustomer(
  tx: Tx,
  row: { name: string | null; email: string | null; phone: string | null; seenAt: Date },
  first: NewIdentity,
): Promise<Customer | undefined> {
  const { rows } = await sql<{ id: number }>`
    with claimed as (
      insert into identities (customer_id, workspace_id, kind, value, shown, source, verified, first_seen_at)
      select nextval(pg_get_serial_sequence('customers', 'id')), ${tx.workspaceId}, ${first.kind}, ${first.value}, ${first.shown}, ${first.source}, ${first.verified}, ${tx.now}
      on conflict do nothing returning customer_id
    ), c as (
      insert into customers (id, workspace_id, name, email, phone, first_seen_at, last_seen_at, created_at) overriding system value
      select customer_id, ${tx.workspaceId}, ${row.name}, ${row.email}, ${row.phone}, ${row.seenAt}, ${row.seenAt}, ${tx.now} from claimed
      returning id
    ) select id from c`.execute(tx.db);
  const [made] = rows;
  if (!made) return undefined;
  const { name, email, phone, seenAt } = row;
  return { ...NOBODY_YET, id: made.id, members: [made.id], name, email, phone, firstSeenAt: seenAt, lastSeenAt: seenAt };
}

const NOBODY_YET = { locale: null, timeZone: null, addressAs: null, accessNeeds: null, organization: null, fields: {}, atRisk: false };

/** Who has an identity; cheaper than all that is known of them, for those who as a rule are new. */
export async function ownerOf(scope: Scope, { kind, value }: Identity): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select customer_id as id from identities where workspace_id = ${scope.workspaceId} and kind = ${kind} and value = ${value}`.execute(
    scope.db,
  );
  return rows[0]?.id;
}

/** Claims an identity for a customer; answers whose it is now. */
export async function claimIdentity(tx: Tx, customerId: number, identity: NewIdentity): Promise<number> {
  const { rows } = await sql<{ customer_id: number }>`
    insert into identities (customer_id, workspace_id, kind, value, shown, source, verified, first_seen_at)
    values (${customerId}, ${tx.workspaceId}, ${identity.kind}, ${identity.value}, ${identity.shown}, ${identity.source}, ${identity.verified}, ${tx.now})
    on conflict (workspace_id, kind, value) do update set verified = identities.verified or excluded.verified
    returning customer_id`.execute(tx.db);
  return rows[0]?.customer_id ?? customerId;
}

export async function identitiesOf(
  scope: Scope,
  customerId: number,
  most = 200,
): Promise<{ kind: string; value: string; shown: string; source: string; verified: boolean; firstSeenAt: Date }[]> {
  return scope.db
    .selectFrom("identities")
    .select(["kind", "value", "shown", "source", "verified", "first_seen_at as firstSeenAt"])
    .where("workspace_id", "=", scope.workspaceId)
    .where(sql<boolean>`customer_id in ${personOf(customerId)}`)
    .orderBy("first_seen_at")
    .limit(most)
    .execute();
}

/** Every identity of every workspace, in steps: for the rare work that must look at all. */
export async function* walkIdentities(): AsyncGenerator<Identity & { workspaceId: number; customerId: number; firstSeenAt: Date }> {
  for (let after = { workspaceId: 0, kind: "", value: "" }; ;) {
    const { rows } = await sql<Identity & { workspaceId: number; customerId: number; firstSeenAt: Date }>`
      select workspace_id as "workspaceId", kind, value, customer_id as "customerId", first_seen_at as "firstSeenAt" from identities
      where (workspace_id, kind, value) > (${after.workspaceId}, ${after.kind}, ${after.value})
      order by workspace_id, kind, value limit 5000`.execute(anywhere().db);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last;
  }
}

/** Fills in what was not known, and remembers when the customer was seen. Touches the row at most once a minute. */
export async function noteSeen(tx: Tx, id: number, seen: { name: string | null; email: string | null; at: Date }): Promise<void> {
  await sql`update customers set name = coalesce(name, ${seen.name}), email = coalesce(email, ${seen.email}),
      last_seen_at = greatest(last_seen_at, ${seen.at}), first_seen_at = least(first_seen_at, ${seen.at})
    where workspace_id = ${tx.workspaceId} and id = ${id}
      and (last_seen_at < ${seen.at}::timestamptz - interval '1 minute' or first_seen_at > ${seen.at}
        or (name is null and ${seen.name}::text is not null) or (email is null and ${seen.email}::text is not null))`.execute(tx.db);
}

export interface ProfileChange {
  name?: string | null;
  phone?: string | null;
  locale?: string | null;
  timeZone?: string | null;
  addressAs?: string | null;
  accessNeeds?: string | null;
  fields?: Record<string, unknown>;
}

export async function updateProfile(tx: Tx, id: number, change: ProfileChange): Promise<void> {
  await tx.db
    .updateTable("customers")
    .set({
      name: change.name,
      phone: change.phone,
      locale: change.locale,
      time_zone: change.timeZone,
      address_as: change.addressAs,
      access_needs: change.accessNeeds,
      fields: change.fields === undefined ? undefined : JSON.stringify(change.fields),
    })
    .where("workspace_id", "=", tx.workspaceId)
    .where("id", "=", id)
    .execute();
}

function prefixQuery(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 8)
    .map((word) => `${word}:*`)
    .join(" & ");
}

/** @param risks in the order of the customers */
export async function setRisks(tx: Tx, customerIds: readonly number[], risks: readonly boolean[]): Promise<void> {
  await sql`update customers set at_risk = risk from unnest(${[...customerIds]}::bigint[], ${[...risks]}::boolean[]) as given (customer, risk)
    where workspace_id = ${tx.workspaceId} and id = customer and at_risk <> risk`.execute(tx.db);
}

export async function markRisk(tx: Tx, id: number, atRisk: boolean): Promise<void> {
  await sql`update customers set at_risk = ${atRisk} where workspace_id = ${tx.workspaceId} and id in ${personOf(id)}`.execute(tx.db);
}
