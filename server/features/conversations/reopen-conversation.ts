import { audit, authorize, type Actor } from "../access/index.ts";
import { record } from "../interactions/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { minutesBetween } from "./deciding.ts";
import { updateConversation, type Conversation } from "./queries.ts";
import { enterStatus } from "./status-queries.ts";
import { holdConversation } from "./require-conversation.ts";

/** Opens a closed conversation again, as when a closing is undone. An open one stays as it is. */
export async function reopenConversation(actor: Actor, id: number): Promise<Conversation> {
  authorize(actor, "conversations:write");
  return transaction(actor, async (tx) => {
    const conversation = await holdConversation(tx, id);
    if (conversation.status === "open") return conversation;

    const open = await updateConversation(tx, id, { status: "open", closedAt: null });
    await enterStatus(tx, id, "waiting on customer", tx.now);
    await record(tx, {
      kind: "conversation.reopened",
      customerId: conversation.customerId,
      conversationId: id,
      memberId: actor.memberId,
      touchpoint: `${conversation.channel}-support`,
      initiative: "reactive",
      properties: {
        by: "member",
        minutesClosed: conversation.closedAt === null ? null : minutesBetween(conversation.closedAt, tx.now),
        subject: conversation.subject,
      },
    });
    await audit(tx, actor, { action: "conversations.reopen", subject: publicId("con", id) });
    return open;
  });
}
