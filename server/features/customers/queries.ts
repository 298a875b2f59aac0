import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";

export interface Customer {
  id: number;
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

const CUSTOMER = sql`c.id, c.name, c.email, c.phone, c.locale, c.time_zone as "timeZone", c.address_as as "addressAs",
  c.access_needs as "accessNeeds", o.name as organization, c.fields, c.at_risk as "atRisk", c.first_seen_at as "firstSeenAt", c.last_seen_at as "lastSeenAt"`;
const FROM = sql`customers c left join organizations o on o.id = c.organization_id and o.workspace_id = c.workspace_id`;

export async function findCustomer(scope: Scope, id: number): Promise<Customer | undefined> {
  const { rows } =
    await sql<Customer>`select ${CUSTOMER} from ${FROM} where c.workspace_id = ${scope.workspaceId} and c.id = ${id}`.execute(scope.db);
  return rows[0];
}

export async function findCustomers(scope: Scope, ids: readonly number[]): Promise<Map<number, Customer>> {
  const { rows } = await sql<Customer>`
    select ${CUSTOMER} from ${FROM} where c.workspace_id = ${scope.workspaceId} and c.id = any(${[...new Set(ids)]}::bigint[])`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface Identity {
  kind: string;
  value: string;
}

export async function findByIdentity(scope: Scope, identity: Identity): Promise<Customer | undefined> {
  const { rows } = await sql<Customer>`
    select ${CUSTOMER} from ${FROM} join identities i on i.customer_id = c.id and i.workspace_id = c.workspace_id
    where i.workspace_id = ${scope.workspaceId} and i.kind = ${identity.kind} and i.value = ${identity.value}`.execute(scope.db);
  return rows[0];
}

export interface CustomerFilter {
  query?: string;
  email?: string;
  before: { at: Date; id: number } | null;
  limit: number;
}

/** By name and email, the last seen first. Words match by their beginnings. */
export async function searchCustomers(scope: Scope, filter: CustomerFilter): Promise<Customer[]> {
  const words = filter.query === undefined ? null : prefixQuery(filter.query);
  const { rows } = await sql<Customer>`
    select ${CUSTOMER} from ${FROM}
    where c.workspace_id = ${scope.workspaceId}
      and (${words}::text is null or c.search @@ to_tsquery('simple', ${words}))
      and (${filter.email ?? null}::text is null or exists (
        select 1 from identities i where i.workspace_id = ${scope.workspaceId} and i.kind = 'email'
          and i.value = ${filter.email ?? null} and i.customer_id = c.id))
      and (${filter.before?.at ?? null}::timestamptz is null
        or (c.last_seen_at, c.id) < (${filter.before?.at ?? null}::timestamptz, ${filter.before?.id ?? null}::bigint))
    order by c.last_seen_at desc, c.id desc limit ${filter.limit}`.execute(scope.db);
  return rows;
}

export type NewIdentity = Identity & { shown: string; source: string; verified: boolean };

/** Makes a customer with their first identity; undefined when another transaction was first with it. */
export async function insertCustomer(
  tx: Tx,
  row: { name: string | null; email: string | null; phone: string | null; seenAt: Date },
  first: NewIdentity,
): Promise<Customer | undefined> {
  const { rows } = await sql<Customer>`
    with claimed as (
      insert into identities (customer_id, workspace_id, kind, value, shown, source, verified, first_seen_at)
      select nextval(pg_get_serial_sequence('customers', 'id')), ${tx.workspaceId}, ${first.kind}, ${first.value}, ${first.shown}, ${first.source}, ${first.verified}, ${tx.now}
      on conflict do nothing returning customer_id
    ), c as (
      insert into customers (id, workspace_id, name, email, phone, first_seen_at, last_seen_at, created_at) overriding system value
      select customer_id, ${tx.workspaceId}, ${row.name}, ${row.email}, ${row.phone}, ${row.seenAt}, ${row.seenAt}, ${tx.now} from claimed
      returning *
    ) select ${CUSTOMER} from c left join organizations o on o.id = c.organization_id and o.workspace_id = c.workspace_id`.execute(tx.db);
  return rows[0];
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
): Promise<{ kind: string; shown: string; source: string; verified: boolean; firstSeenAt: Date }[]> {
  return scope.db
    .selectFrom("identities")
    .select(["kind", "shown", "source", "verified", "first_seen_at as firstSeenAt"])
    .where("workspace_id", "=", scope.workspaceId)
    .where("customer_id", "=", customerId)
    .orderBy("first_seen_at")
    .limit(200)
    .execute();
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

function prefixQuery(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0
    ? null
    : words
        .slice(0, 8)
        .map((word) => `${word}:*`)
        .join(" & ");
}

export async function markRisk(tx: Tx, id: number, atRisk: boolean): Promise<void> {
  await tx.db.updateTable("customers").set({ at_risk: atRisk }).where("workspace_id", "=", tx.workspaceId).where("id", "=", id).execute();
}
