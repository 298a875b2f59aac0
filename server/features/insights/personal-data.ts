import { sql } from "kysely";
import { arrayLiteral } from "../../platform/db/index.ts";
import type { PersonalData } from "../access/index.ts";

/** Counts stay counts. */
export const personalData: PersonalData = {
  tell: () => Promise.resolve({}),
  async erase(tx, { customerIds }) {
    const ids = arrayLiteral([...customerIds]);
    await sql`update conversation_facts set comment = null, withheld_because = null where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(
      tx.db,
    );
    await sql`update order_facts set number = null where workspace_id = ${tx.workspaceId} and customer_id = any(${ids}::bigint[])`.execute(
      tx.db,
    );
    return { count: 0, files: [] };
  },
};
