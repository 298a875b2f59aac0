import type { Actor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { draftOf } from "./message-queries.ts";
import type { Conversation } from "./queries.ts";
import { itemsOf } from "./views.ts";

/** One conversation as its pane shows it, with the reader's own draft. */
export async function detailOf(actor: Actor, conversation: Conversation) {
  const scope = reading(actor);
  const [item] = await itemsOf(scope, [{ ...conversation, unread: false }]);
  if (!item) throw new Error(`conversation ${publicId("con", conversation.id)} is gone`);
  const draft = actor.memberId === null ? undefined : await draftOf(scope, conversation.id, actor.memberId);
  return {
    ...item,
    began: conversation.began,
    reopened: conversation.reopened,
    draft: draft ? { text: draft.text, savedAt: draft.savedAt.toISOString() } : null,
  };
}
