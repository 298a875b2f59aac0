import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { NewInteraction } from "../interactions/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { publicIdOrNull } from "../../platform/ids.ts";

export interface PastResponse {
  conversationId: number;
  customerId: number;
  memberId: number | null;
  askedAt: Date;
  rating: number;
  comment: string | null;
  answeredAt: Date;
}

/** Takes in a rating that was given before; answers what to put into the log for it. */
export async function importResponse(tx: Tx, past: PastResponse): Promise<NewInteraction[]> {
  const { rows } = await sql<{ id: number }>`
    insert into survey_asks (workspace_id, conversation_id, customer_id, member_id, token, state, first_due_at, sent_at)
    values (${tx.workspaceId}, ${past.conversationId}, ${past.customerId}, ${past.memberId}, ${randomBytes(18).toString("base64url")}, 'sent', ${past.askedAt}, ${past.askedAt})
    returning id`.execute(tx.db);
  await sql`
    insert into survey_responses (workspace_id, ask_id, conversation_id, customer_id, rating, comment, answered_at, changed_at)
    values (${tx.workspaceId}, ${rows[0]?.id ?? 0}, ${past.conversationId}, ${past.customerId}, ${past.rating}, ${past.comment}, ${past.answeredAt}, ${past.answeredAt})`.execute(
    tx.db,
  );
  const about = {
    customerId: past.customerId,
    conversationId: past.conversationId,
    touchpoint: "survey",
    initiative: "proactive" as const,
  };
  return [
    { ...about, kind: "survey.sent", occurredAt: past.askedAt, properties: { survey: "csat", deferrals: 0 } },
    {
      ...about,
      kind: "survey.answered",
      occurredAt: past.answeredAt,
      memberId: past.memberId,
      properties: {
        survey: "csat",
        rating: past.rating,
        comment: past.comment,
        changed: false,
        creditedTo: publicIdOrNull("mem", past.memberId),
      },
    },
  ];
}
