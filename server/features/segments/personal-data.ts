import { sql } from "kysely";
import type { PersonalData } from "../access/index.ts";
import { arrayLiteral } from "../../platform/db/index.ts";

/** What was remembered of a person goes, and with it what they were in; customers without a row are in nothing. */
export const personalData: PersonalData = {
  async tell(scope, { customerIds }) {
    const { rows } = await sql<object>`
      select s.name, m.since from segment_members m join segments s on s.id = m.segment_id
      where m.workspace_id = ${scope.workspaceId} and m.customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) and m.since is not null
      order by s.name limit 1000`.execute(scope.db);
    return { segments: rows };
  },
  async erase(tx, { customerIds }) {
    const ids = arrayLiteral([...customerIds]);
    for (const table of ["customer_facts", "segment_members", "segment_touches"]) {
      await sql`delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(
        tx.db,
      );
    }
    await sql`delete from former_persons where workspace_id = ${tx.workspaceId} and members && ${ids}::bigint[]`.execute(tx.db);
    return { count: 0, files: [] };
  },
};
