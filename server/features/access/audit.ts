import { storableJson, type Tx } from "../../platform/db/index.ts";
import type { Actor } from "./actor.ts";

export interface AuditEntry {
  /** What was done, `room.verb`: "conversations.close". */
  action: string;
  /** The public id of what it was done to. */
  subject: string;
  before?: object;
  after?: object;
}

/** Notes who changed what, in the transaction of the change. */
export async function audit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.db
    .insertInto("audit_entries")
    .values({
      workspace_id: tx.workspaceId,
      at: tx.now,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      action: entry.action,
      subject: entry.subject,
      before: entry.before === undefined ? null : storableJson(entry.before),
      after: entry.after === undefined ? null : storableJson(entry.after),
    })
    .execute();
}
