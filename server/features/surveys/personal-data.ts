import { sql } from "kysely";
import { arrayLiteral } from "../../platform/db/index.ts";
import type { PersonalData } from "../access/index.ts";

export const personalData: PersonalData = {
  async tell(scope, { customerIds }) {
    const { rows } = await sql<object>`
      select rating, comment, answered_at as "answeredAt" from survey_responses
      where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])
      order by answered_at limit 10000`.execute(scope.db);
    return { ratings: rows };
  },

  /** The number that was given stays for the counts; the words go, and the links that were sent end. */
  async erase(tx, { customerIds }) {
    const ids = arrayLiteral([...customerIds]);
    const { numAffectedRows } = await sql`
      update survey_responses set comment = null where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(
      tx.db,
    );
    await sql`
      update survey_asks set token = 'erased-' || id, reason = null, state = case when state in ('waiting', 'deferred') then 'cancelled' else state end
      where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(tx.db);
    return { count: Number(numAffectedRows), files: [] };
  },
};
