import { sql } from "kysely";
import { arrayLiteral, type Tx } from "../../platform/db/index.ts";
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
    await mayErase(tx, true);
    const { numAffectedRows } = await sql`
      update interactions set properties = '{}', source = null, source_key = null
      where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(tx.db);
    await mayErase(tx, false);
    await sql`delete from set_aside_interactions where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(
      tx.db,
    );
    return { count: Number(numAffectedRows), files: [] };
  },
};

/** What the log tells of other customers and that speaks of whoever is erased: named by one of its properties. */
export interface Told {
  customerIds: readonly number[];
  kinds: readonly string[];
  property: string;
  values: readonly string[];
}

/** Takes words out of it: the properties of these names. */
export async function eraseWords(tx: Tx, told: Told, words: readonly string[]): Promise<void> {
  if (told.customerIds.length === 0 || told.values.length === 0) return;
  await mayErase(tx, true);
  await sql`
    update interactions set properties = properties - ${arrayLiteral([...words])}::text[]
    where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral([...told.customerIds])}::bigint[])
      and kind = any(${arrayLiteral([...told.kinds])}::text[]) and properties ->> ${told.property} = any(${arrayLiteral([...told.values])}::text[])`.execute(
    tx.db,
  );
  await mayErase(tx, false);
}

/** Nothing else changes what has happened. */
async function mayErase(tx: Tx, may: boolean): Promise<void> {
  await sql`select set_config('throughline.erasing', ${may ? "on" : "off"}, true)`.execute(tx.db);
}
