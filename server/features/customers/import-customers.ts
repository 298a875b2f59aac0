import { sql } from "kysely";
import type { Tx } from "../../platform/db/index.ts";
import { normaliseEmail } from "./email-address.ts";

export interface PastCustomer {
  name: string;
  email: string;
  organization: string | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

/** Takes in many customers at once, each with their address. Answers their ids in the order given. For data that is new to the workspace. */
export async function importCustomers(tx: Tx, people: readonly PastCustomer[]): Promise<number[]> {
  const organizations = await importOrganizations(tx, people);
  const addresses = people.map((person) => normaliseEmail(person.email) ?? person.email);
  const { rows } = await sql<{ id: number }>`
    insert into customers (workspace_id, name, email, organization_id, first_seen_at, last_seen_at, created_at)
    select ${tx.workspaceId}, name, email, organization_id, first_seen_at, last_seen_at, ${tx.now}
    from unnest(${people.map((person) => person.name)}::text[], ${addresses}::text[], ${people.map((person) => organizations.get(person.organization ?? "") ?? null)}::bigint[],
      ${people.map((person) => person.firstSeenAt)}::timestamptz[], ${people.map((person) => person.lastSeenAt)}::timestamptz[]) with ordinality
      as given (name, email, organization_id, first_seen_at, last_seen_at, number)
    order by number returning id`.execute(tx.db);
  const ids = rows.map((row) => row.id);
  await sql`
    insert into identities (customer_id, workspace_id, kind, value, shown, source, verified, first_seen_at)
    select id, ${tx.workspaceId}, 'email', value, value, 'import', true, ${tx.now}
    from unnest(${ids}::bigint[], ${addresses}::text[]) as given (id, value)`.execute(tx.db);
  return ids;
}

async function importOrganizations(tx: Tx, people: readonly PastCustomer[]): Promise<Map<string, number>> {
  const names = [...new Set(people.flatMap((person) => person.organization ?? []))];
  const { rows } = await sql<{ id: number; name: string }>`
    insert into organizations (workspace_id, name, created_at) select ${tx.workspaceId}, name, ${tx.now} from unnest(${names}::text[]) as name
    returning id, name`.execute(tx.db);
  return new Map(rows.map((row) => [row.name, row.id]));
}
