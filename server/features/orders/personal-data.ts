import { sql } from "kysely";
import { arrayLiteral } from "../../platform/db/index.ts";
import { forgetAbout, wordPatterns, type PersonalData } from "../access/index.ts";
import { publicId } from "../../platform/ids.ts";

export const personalData: PersonalData = {
  async tell(scope, { customerIds }) {
    const { rows } = await sql<object>`
      select number, source, external_id as "externalId", state, items, total::float8 as total, currency, placed_at as "placedAt", promised_at as "promisedAt",
        shipped_at as "shippedAt", delivered_at as "deliveredAt", cancelled_at as "cancelledAt", payments, shipments, returns, refunds, disputes from orders
      where workspace_id = ${scope.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])
      order by placed_at limit 100000`.execute(scope.db);
    return { orders: rows };
  },

  /** What was sold, when and for how much stays for the counts, without a number by which to find whose it was. */
  async erase(tx, person) {
    const { customerIds } = person;
    const { rows } = await sql<{ id: number; externalId: string }>`
      select id, external_id as "externalId" from orders
      where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])`.execute(tx.db);
    await sql`
      delete from order_events where workspace_id = ${tx.workspaceId}
        and (order_external_id = any(${arrayLiteral(rows.map((row) => row.externalId))}::text[])
          or lower(body::text) like any(${wordPatterns(person)}::text[]))`.execute(tx.db);
    const { numAffectedRows } = await sql`
      update orders set number = '', external_id = 'erased:' || id, items = '[]', facts = '{}', tracking = null,
        payments = '[]', shipments = '[]', returns = '[]', refunds = '[]', disputes = '[]'
      where workspace_id = ${tx.workspaceId} and customer_id = any(${arrayLiteral([...customerIds])}::bigint[])`.execute(tx.db);
    await forgetAbout(
      tx,
      rows.map(({ id }) => publicId("ord", id)),
    );
    return { count: Number(numAffectedRows), files: [] };
  },
};
