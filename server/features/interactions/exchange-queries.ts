import { sql } from "kysely";
import { arrayLiteral, type Scope } from "../../platform/db/index.ts";
import { INITIATIVE } from "./initiative.ts";
import type { Interaction } from "./interaction.ts";

/** Which of these source keys, as `sourceKeyOf` makes them, are in the log. */
export async function storedKeys(scope: Scope, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    select source_key::text as key from interaction_keys
    where workspace_id = ${scope.workspaceId} and source_key = any(${arrayLiteral(keys)}::uuid[])`.execute(scope.db);
  return new Set(rows.map((row) => row.key));
}

export type PagedInteraction = Omit<Interaction, "customerId" | "workspaceId"> & { touchpoint: string | null };

/** The log as it was written, in order of arrival. @param page.upTo no further than this position */
export async function pageOfInteractions(
  scope: Scope,
  page: { after: number; upTo: number; limit: number; among?: readonly number[] },
): Promise<PagedInteraction[]> {
  const { rows } = await sql<PagedInteraction>`
    select i.position, i.customer_id as "writtenFor", i.kind, i.occurred_at as "occurredAt", i.received_at as "receivedAt", ${INITIATIVE} as initiative,
      i.channel, i.stage, i.touchpoint_id as "touchpointId", t.key as touchpoint, i.member_id as "memberId",
      i.conversation_id as "conversationId", i.order_id as "orderId", i.source, i.properties
    from interactions i left join touchpoints t on t.id = i.touchpoint_id and t.workspace_id = i.workspace_id
    where i.workspace_id = ${scope.workspaceId} and i.position > ${page.after} and i.position <= ${page.upTo}
      and (${page.among === undefined} or i.customer_id = any(${arrayLiteral([...(page.among ?? [])])}::bigint[]))
    order by i.position limit ${page.limit}`.execute(scope.db);
  return rows;
}
