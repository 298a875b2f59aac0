import { sql } from "kysely";
import { arrayLiteral, type Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { PersonalData } from "../access/index.ts";
import { eraseWords } from "../interactions/index.ts";
import { hashedAddress } from "./suppressions.ts";

export const personalData: PersonalData = {
  async tell(scope, { customerIds, addresses }) {
    const ids = arrayLiteral([...customerIds]);
    const rows = async (query: ReturnType<typeof sql<object>>): Promise<object[]> => (await query.execute(scope.db)).rows;
    return {
      profile: await rows(sql<object>`
        select c.name, c.email, c.phone, c.locale, c.time_zone as "timeZone", c.address_as as "addressAs", c.access_needs as "accessNeeds",
          o.name as organization, c.fields, c.first_seen_at as "firstSeenAt", c.last_seen_at as "lastSeenAt"
        from customers c left join organizations o on o.id = c.organization_id
        where c.workspace_id = ${scope.workspaceId} and c.id = any(${ids}::bigint[]) order by c.id`),
      identities: await rows(sql<object>`
        select kind, shown as value, source, verified, first_seen_at as "firstSeenAt" from identities
        where workspace_id = ${scope.workspaceId} and customer_id = any(${ids}::bigint[]) order by first_seen_at`),
      consents: await rows(sql<object>`
        select channel, class, granted, source, wording, given_at as "givenAt" from consents
        where workspace_id = ${scope.workspaceId} and customer_id = any(${ids}::bigint[]) order by given_at`),
      suppressions: await rows(sql<object>`
        select channel, address, class, reason, source, suppressed_at as "since", lifted_at as "until" from suppressions
        where workspace_id = ${scope.workspaceId} and address = any(${arrayLiteral([...addresses])}::text[])`),
    };
  },

  /** What must not be written to stays so, by a hash of the address. */
  async erase(tx, { customerIds, addresses }) {
    const ids = arrayLiteral([...customerIds]);
    const { numAffectedRows } = await sql`
      update customers set name = null, email = null, phone = null, locale = null, time_zone = null, address_as = null, access_needs = null,
        organization_id = null, fields = '{}', at_risk = false, erased_at = ${tx.now}
      where workspace_id = ${tx.workspaceId} and id = any(${ids}::bigint[])`.execute(tx.db);
    for (const table of ["identities", "past_identities", "consents"] as const) {
      await sql`delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(
        tx.db,
      );
    }
    await sql`delete from merge_suggestions where workspace_id = ${tx.workspaceId} and (one_id = any(${ids}::bigint[]) or other_id = any(${ids}::bigint[]))`.execute(
      tx.db,
    );
    await eraseReasons(tx, ids);
    for (const address of addresses) {
      await sql`delete from suppressions where workspace_id = ${tx.workspaceId} and address = ${hashedAddress(address)}`.execute(tx.db);
      await sql`update suppressions set address = ${hashedAddress(address)}, reason = 'Erased on request.', source = 'erasure'
        where workspace_id = ${tx.workspaceId} and address = ${address} and lifted_at is null`.execute(tx.db);
      await sql`delete from suppressions where workspace_id = ${tx.workspaceId} and address = ${address}`.execute(tx.db);
    }
    return { count: Number(numAffectedRows), files: [] };
  },
};

/** Why they were taken for somebody stands in the log of whoever that was, too. What was only asked for is not done any more. */
async function eraseReasons(tx: Tx, ids: string): Promise<void> {
  const theirs = sql`workspace_id = ${tx.workspaceId} and (from_id = any(${ids}::bigint[]) or into_id = any(${ids}::bigint[]))`;
  await sql`delete from merges where ${theirs} and merged_at is null and undone_at is null`.execute(tx.db);
  const { rows } = await sql<{ id: number; intoId: number }>`
    update merges set reason = 'Erased.' where ${theirs} returning id, into_id as "intoId"`.execute(tx.db);
  const told = {
    customerIds: rows.map((merge) => merge.intoId),
    kinds: ["customer.merged", "customer.unmerged"],
    property: "merge",
    values: rows.map((merge) => publicId("mrg", merge.id)),
  };
  await eraseWords(tx, told, ["reason"]);
}
