import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";

export type StatusName = "waiting on us" | "waiting on customer" | "closed";

/** The first state of a conversation that has just begun. */
export async function beginStatus(tx: Tx, conversationId: number, status: StatusName, at: Date): Promise<void> {
  await sql`insert into status_intervals (conversation_id, workspace_id, status, began_at) values (${conversationId}, ${tx.workspaceId}, ${status}, ${at})`.execute(
    tx.db,
  );
}

/**
 * Ends the state that was running and begins another; nothing when it is the same one. A message that was written
 * before the running state began counts from that beginning, so that the intervals never overlap.
 */
export async function enterStatus(tx: Tx, conversationId: number, status: StatusName, at: Date): Promise<void> {
  const { rows } = await sql<{ status: string; beganAt: Date }>`
    select status, began_at as "beganAt" from status_intervals
    where conversation_id = ${conversationId} and workspace_id = ${tx.workspaceId} and ended_at is null`.execute(tx.db);
  const [running] = rows;
  if (running?.status === status) return;
  const moment = running && running.beganAt > at ? running.beganAt : at;
  await sql`update status_intervals set ended_at = ${moment} where conversation_id = ${conversationId} and workspace_id = ${tx.workspaceId} and ended_at is null`.execute(
    tx.db,
  );
  await sql`insert into status_intervals (conversation_id, workspace_id, status, began_at) values (${conversationId}, ${tx.workspaceId}, ${status}, ${moment})
    on conflict (conversation_id, began_at, status) do update set ended_at = null`.execute(tx.db);
}

export async function statusIntervalsOf(
  scope: Scope,
  conversationId: number,
): Promise<{ status: string; beganAt: Date; endedAt: Date | null }[]> {
  return scope.db
    .selectFrom("status_intervals")
    .select(["status", "began_at as beganAt", "ended_at as endedAt"])
    .where("workspace_id", "=", scope.workspaceId)
    .where("conversation_id", "=", conversationId)
    .orderBy("began_at")
    .orderBy("ended_at", (order) => order.asc().nullsLast())
    .limit(500)
    .execute();
}
