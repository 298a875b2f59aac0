import { audit, authorize, findMember, type Actor } from "../access/index.ts";
import { record } from "../interactions/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { publicId, publicIdOrNull } from "../../platform/ids.ts";
import { updateConversation, type Conversation } from "./queries.ts";
import { holdConversation } from "./require-conversation.ts";

/** Gives a conversation to a member, or to nobody. The decision is recorded with who made it. */
export async function assignConversation(actor: Actor, id: number, memberId: number | null): Promise<Conversation> {
  authorize(actor, "conversations:write");
  return transaction(actor, async (tx) => {
    const conversation = await holdConversation(tx, id);
    if (memberId !== null && !(await findMember(tx, memberId))) throw notFound("member");
    if (conversation.assigneeId === memberId) return conversation;

    const assigned = await updateConversation(tx, id, { assigneeId: memberId });
    const change = { from: publicIdOrNull("mem", conversation.assigneeId), to: publicIdOrNull("mem", memberId) };
    await record(tx, {
      kind: "conversation.assigned",
      customerId: conversation.customerId,
      conversationId: id,
      memberId: actor.memberId,
      initiative: "reactive",
      properties: { ...change, reason: "by hand" },
    });
    await audit(tx, actor, {
      action: "conversations.assign",
      subject: publicId("con", id),
      before: { assignee: change.from },
      after: { assignee: change.to },
    });
    return assigned;
  });
}
