import { sql } from "kysely";
import type { Scope, Tx } from "../../platform/db/index.ts";

export type ProposalState = "proposed" | "sent" | "dropped" | "withheld";

export interface Proposal {
  id: number;
  play: "late-delivery";
  customerId: number;
  orderId: number;
  state: ProposalState;
  subject: string;
  text: string;
  reason: string;
  withheldBecause: string | null;
  heldOut: boolean | null;
  couponCode: string | null;
  conversationId: number | null;
  decidedBy: number | null;
  decidedAt: Date | null;
  createdAt: Date;
}

const PROPOSAL = sql`id, play, customer_id as "customerId", order_id as "orderId", state, subject, text, reason, withheld_because as "withheldBecause",
  held_out as "heldOut", coupon_code as "couponCode", conversation_id as "conversationId", decided_by as "decidedBy", decided_at as "decidedAt", created_at as "createdAt"`;

/** A proposal for an order; null when there was one already. */
export async function insertProposal(
  tx: Tx,
  row: Omit<Proposal, "id" | "conversationId" | "decidedBy" | "decidedAt" | "createdAt">,
): Promise<Proposal | null> {
  const { rows } = await sql<Proposal>`
    insert into proposals (workspace_id, play, customer_id, order_id, state, subject, text, reason, withheld_because, held_out, coupon_code, created_at)
    values (${tx.workspaceId}, ${row.play}, ${row.customerId}, ${row.orderId}, ${row.state}, ${row.subject}, ${row.text}, ${row.reason}, ${row.withheldBecause},
      ${row.heldOut}, ${row.couponCode}, ${tx.now})
    on conflict (workspace_id, play, order_id) do nothing returning ${PROPOSAL}`.execute(tx.db);
  return rows[0] ?? null;
}

export async function findProposal(scope: Scope, id: number): Promise<Proposal | undefined> {
  const { rows } = await sql<Proposal>`select ${PROPOSAL} from proposals where workspace_id = ${scope.workspaceId} and id = ${id}`.execute(
    scope.db,
  );
  return rows[0];
}

export async function lockProposal(tx: Tx, id: number): Promise<Proposal | undefined> {
  const { rows } =
    await sql<Proposal>`select ${PROPOSAL} from proposals where workspace_id = ${tx.workspaceId} and id = ${id} for update`.execute(tx.db);
  return rows[0];
}

export async function listProposals(
  scope: Scope,
  filter: { state: ProposalState | null; before: { at: Date; id: number } | null; limit: number },
): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`
    select ${PROPOSAL} from proposals where workspace_id = ${scope.workspaceId}
      and (state = ${filter.state} or (${filter.state}::text is null and state in ('proposed', 'withheld')))
      and (${filter.before?.at ?? null}::timestamptz is null or (created_at, id) < (${filter.before?.at ?? null}::timestamptz, ${filter.before?.id ?? null}::bigint))
    order by created_at desc, id desc limit ${filter.limit}`.execute(scope.db);
  return rows;
}

export async function saveProposal(
  tx: Tx,
  id: number,
  change: Partial<Pick<Proposal, "state" | "subject" | "text" | "conversationId" | "decidedBy" | "decidedAt" | "withheldBecause">>,
): Promise<Proposal> {
  await tx.db
    .updateTable("proposals")
    .set({
      state: change.state,
      subject: change.subject,
      text: change.text,
      conversation_id: change.conversationId,
      decided_by: change.decidedBy,
      decided_at: change.decidedAt,
      withheld_because: change.withheldBecause,
    })
    .where("workspace_id", "=", tx.workspaceId)
    .where("id", "=", id)
    .execute();
  const saved = await findProposal(tx, id);
  if (!saved) throw new Error(`proposal ${id} is gone`);
  return saved;
}

export async function proposalForOrder(tx: Tx, orderId: number): Promise<Proposal | undefined> {
  const { rows } =
    await sql<Proposal>`select ${PROPOSAL} from proposals where workspace_id = ${tx.workspaceId} and order_id = ${orderId} for update`.execute(
      tx.db,
    );
  return rows[0];
}

export interface PlaySettings {
  lateDelivery: boolean;
  lateSubject: string | null;
  lateText: string | null;
  couponCode: string | null;
  couponText: string | null;
}

export async function settingsOf(scope: Scope): Promise<PlaySettings> {
  const { rows } = await sql<PlaySettings>`
    select late_delivery as "lateDelivery", late_subject as "lateSubject", late_text as "lateText", coupon_code as "couponCode", coupon_text as "couponText"
    from play_settings where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  return rows[0] ?? { lateDelivery: true, lateSubject: null, lateText: null, couponCode: null, couponText: null };
}

export async function saveSettings(tx: Tx, row: PlaySettings): Promise<void> {
  await sql`
    insert into play_settings (workspace_id, late_delivery, late_subject, late_text, coupon_code, coupon_text)
    values (${tx.workspaceId}, ${row.lateDelivery}, ${row.lateSubject}, ${row.lateText}, ${row.couponCode}, ${row.couponText})
    on conflict (workspace_id) do update set late_delivery = excluded.late_delivery, late_subject = excluded.late_subject, late_text = excluded.late_text,
      coupon_code = excluded.coupon_code, coupon_text = excluded.coupon_text`.execute(tx.db);
}
