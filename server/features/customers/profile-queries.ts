import { sql } from "kysely";
import { arrayLiteral, type Scope } from "../../platform/db/index.ts";
import { keyOf } from "./crowd.ts";
import type { IdentityKind, Named } from "./identity-kinds.ts";
import type { ReadTraits } from "./traits.ts";

export interface KnownProfile extends ReadTraits {
  id: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

/** The address that is known of this very customer, whoever they were merged with. */
export async function addressOf(scope: Scope, customerId: number): Promise<string | null> {
  const { rows } = await sql<{ email: string | null }>`
    select email from customers where workspace_id = ${scope.workspaceId} and id = ${customerId}`.execute(scope.db);
  return rows[0]?.email ?? null;
}

/** The names of each of these customers, their numbers and addresses, also of those that a merge put behind another's. */
export async function namesOf(scope: Scope, customerIds: readonly number[]): Promise<{ names: string[]; others: string[] }> {
  const { rows } = await sql<{ isName: boolean; word: string }>`
    select distinct said."isName", said.word from customers, lateral (values (true, name), (false, phone), (false, email)) as said ("isName", word)
    where workspace_id = ${scope.workspaceId} and id = any(${arrayLiteral([...customerIds])}::bigint[]) and said.word is not null`.execute(
    scope.db,
  );
  const { true: names = [], false: others = [] } = Object.groupBy(rows, ({ isName }) => (isName ? "true" : "false"));
  return { names: names.map(({ word }) => word), others: others.map(({ word }) => word) };
}

const PROFILE = sql`c.id, c.name, c.email, c.phone, c.locale, c.time_zone as "timeZone", c.fields, c.first_seen_at as "firstSeenAt",
  c.last_seen_at as "lastSeenAt"`;

/** Who has each of these identities, by `keyOf`: the customer it was written for, whoever they were merged with. By index, whatever the planner guesses. */
export async function knownProfiles(scope: Scope, identities: readonly Named[]): Promise<Map<string, KnownProfile>> {
  if (identities.length === 0) return new Map();
  const { rows } = await sql<KnownProfile & Named>`
    select wanted.kind, wanted.value, ${PROFILE}
    from unnest(${arrayLiteral(identities.map((each) => each.kind))}::text[], ${arrayLiteral(identities.map((each) => each.value))}::text[]) as wanted (kind, value)
    cross join lateral (
      select customer_id from identities where workspace_id = ${scope.workspaceId} and kind = wanted.kind and value = wanted.value limit 1) i
    cross join lateral (select * from customers where workspace_id = ${scope.workspaceId} and id = i.customer_id limit 1) c`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

export type Identities = Partial<Record<IdentityKind, string[]>>;

/** What each of these customers is known by. */
export async function identitiesOfAll(scope: Scope, customerIds: readonly number[]): Promise<Map<number, Identities>> {
  const { rows } = await sql<{ id: number; kind: IdentityKind; values: string[] }>`
    select customer_id as id, kind, array_agg(value order by first_seen_at, value) as values from identities
    where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...new Set(customerIds)])}::bigint[])
    group by customer_id, kind`.execute(scope.db);
  const known = new Map<number, Identities>();
  for (const { id, kind, values } of rows) known.set(id, { ...known.get(id), [kind]: values });
  return known;
}

/** Customers by the order of their making, each with their own row: those merged are still told apart. Who is known by nothing is left out. */
export async function pageOfCustomers(
  scope: Scope,
  page: { after: number; limit: number; among?: readonly number[] },
): Promise<(KnownProfile & { organization: string | null })[]> {
  const { rows } = await sql<KnownProfile & { organization: string | null }>`
    select ${PROFILE}, o.name as organization
    from customers c left join organizations o on o.id = c.organization_id and o.workspace_id = c.workspace_id
    where c.workspace_id = ${scope.workspaceId} and c.id > ${page.after}
      and exists (select from identities i where i.workspace_id = c.workspace_id and i.customer_id = c.id)
      and (${page.among === undefined} or c.id = any(${arrayLiteral([...(page.among ?? [])])}::bigint[]))
    order by c.id limit ${page.limit}`.execute(scope.db);
  return rows;
}
