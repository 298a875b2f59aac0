import type { Actor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { draftOf } from "./message-queries.ts";
import { findConversation, type Conversation } from "./queries.ts";
import { itemsOf } from "./views.ts";

/** One conversation as its pane shows it, with the reader's own draft. */
export async function detailOf(actor: Actor, conversation: Conversation) {
  const scope = reading(actor);
  const current = (await findConversation(scope, conversation.id)) ?? conversation;
  const [item] = await itemsOf(scope, [{ ...current, unread: false }]);
  if (!item) throw new Error(`conversation ${publicId("con", conversation.id)} is gone`);
  const draft = actor.memberId === null ? undefined : await draftOf(scope, conversation.id, actor.memberId);
  return {
    ...item,
    began: current.began,
    reopened: current.reopened,
    draft: draft ? { text: draft.text, savedAt: draft.savedAt.toISOString() } : null,
  };
}
