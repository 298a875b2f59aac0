import { authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { forbidden } from "../../platform/errors.ts";
import { markRead, type Conversation } from "./queries.ts";
import { writeDraft } from "./message-queries.ts";
import { requireConversation } from "./require-conversation.ts";

/** Keeps what a member has written so far; an empty text drops it. A draft is its writer's own. */
export async function saveDraft(actor: Actor, conversationId: number, text: string): Promise<void> {
  authorize(actor, "conversations:write");
  await transaction(actor, async (tx) => {
    await requireConversation(tx, conversationId);
    await writeDraft(tx, conversationId, writer(actor), text);
  });
}

/** Notes that a member has seen all that came in so far. */
export async function readConversation(actor: Actor, conversationId: number): Promise<Conversation> {
  authorize(actor, "conversations:read");
  return transaction(actor, async (tx) => {
    const conversation = await requireConversation(tx, conversationId);
    if (actor.memberId !== null) await markRead(tx, conversationId, actor.memberId, conversation.lastInboundId);
    return conversation;
  });
}

function writer(actor: Actor): number {
  if (actor.memberId === null) throw forbidden("Only a member has drafts.");
  return actor.memberId;
}
