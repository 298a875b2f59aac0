import { sql } from "kysely";
import { arrayLiteral } from "../../platform/db/index.ts";
import type { PersonalData } from "../access/index.ts";
import { INITIATIVE } from "./initiative.ts";

/** That something happened stays, for the counts; what it was is blanked. The log is otherwise append-only. */
export const personalData: PersonalData = {
  async tell(scope, { customerIds }) {
    const { rows } = await sql<object>`
      select occurred_at as "occurredAt", kind, channel, stage, ${INITIATIVE} as initiative, properties from interactions i
      where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])
      order by occurred_at, position limit 100000`.execute(scope.db);
    return { interactions: rows };
  },
  async erase(tx, { customerIds }) {
    const ids = arrayLiteral([...customerIds]);
    await sql`select set_config('throughline.erasing', 'on', true)`.execute(tx.db);
    const { numAffectedRows } = await sql`
      update interactions set properties = '{}', source = null, source_key = null
      where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(tx.db);
    await sql`select set_config('throughline.erasing', 'off', true)`.execute(tx.db);
    await sql`delete from set_aside_interactions where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(
      tx.db,
    );
    return { count: Number(numAffectedRows), files: [] };
  },
};
