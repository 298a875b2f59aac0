import { sql } from "kysely";
import type { Tx } from "./transaction.ts";

/**
 * Has every statement of this transaction planned for the tables as they are now: for work in which they grow a
 * thousandfold, since a plan that was made when they were empty reads all of them for each row.
 */
export async function planAnew(tx: Pick<Tx, "db">): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(tx.db);
}
