import { sql, type RawBuilder } from "kysely";
import type { Scope } from "../../platform/db/index.ts";
import { parseId } from "../../platform/ids.ts";
import { requireSegment } from "./save-segment.ts";

/** For `id in ${…}`: who is in a segment now. @throws Problem 404 when there is no such segment */
export async function inSegment(scope: Scope, segmentId: string): Promise<RawBuilder<unknown>> {
  const { id } = await requireSegment(scope, parseId("seg", segmentId));
  return sql`(select customer_id from segment_members where segment_id = ${id} and workspace_id = ${scope.workspaceId} and since is not null)`;
}
