import { audit, authorize, type Actor } from "../access/index.ts";
import { record } from "../interactions/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { minutesBetween } from "./deciding.ts";
import { updateConversation, type Conversation } from "./queries.ts";
import { enterStatus, statusIntervalsOf } from "./status-queries.ts";
import { holdConversation } from "./require-conversation.ts";

/** Closes a conversation. Closing twice is no error: the first closing stands. */
export async function closeConversation(actor: Actor, id: number): Promise<Conversation> {
  authorize(actor, "conversations:write");
  return transaction(actor, async (tx) => {
    const conversation = await holdConversation(tx, id);
    if (conversation.status === "closed") return conversation;

    const closed = await updateConversation(tx, id, {
      status: "closed",
      closedAt: tx.now,
      firstClosedAt: conversation.firstClosedAt ?? tx.now,
      waitingSince: null,
      dueAt: null,
      dueKind: null,
    });
    await enterStatus(tx, id, "closed", tx.now);
    const intervals = await statusIntervalsOf(tx, id);
    await record(tx, {
      kind: "conversation.closed",
      customerId: conversation.customerId,
      conversationId: id,
      memberId: actor.memberId,
      touchpoint: `${conversation.channel}-support`,
      channel: conversation.channel,
      initiative: "reactive",
      properties: {
        subject: conversation.subject,
        isFirst: conversation.firstClosedAt === null,
        minutesOpen: minutesBetween(conversation.openedAt, tx.now),
        intervals,
      },
    });
    await audit(tx, actor, { action: "conversations.close", subject: publicId("con", id) });
    return closed;
  });
}
