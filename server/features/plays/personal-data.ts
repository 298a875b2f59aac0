import { sql } from "kysely";
import { arrayLiteral } from "../../platform/db/index.ts";
import type { PersonalData } from "../access/index.ts";

export const personalData: PersonalData = {
  async tell(scope, { customerIds }) {
    const { rows } = await sql<object>`
      select play, state, subject, text, created_at as "at" from proposals
      where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[]) order by created_at limit 10000`.execute(
      scope.db,
    );
    return { messagesProposed: rows };
  },

  /** That something was proposed, and whether it was sent, stays for the measures. */
  async erase(tx, { customerIds }) {
    const { numAffectedRows } = await sql`
      update proposals set subject = '', text = '', reason = '', state = case when state = 'proposed' then 'dropped' else state end
      where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])`.execute(tx.db);
    return { count: Number(numAffectedRows), files: [] };
  },
};
