import { audit, authorize, type Actor } from "../access/index.ts";
import { record } from "../interactions/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { READABLE } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import { updateConversation, type Conversation, type Priority } from "./queries.ts";
import { holdConversation } from "./require-conversation.ts";

const MOST_TAGS = 30;
const LONGEST_TAG = 50;

export async function setPriority(actor: Actor, id: number, priority: Priority): Promise<Conversation> {
  return change(actor, id, (before) => (before.priority === priority ? null : { priority }));
}

export async function addTag(actor: Actor, id: number, tag: string): Promise<Conversation> {
  const clean = cleanTag(tag);
  return change(actor, id, ({ tags }) => {
    if (tags.includes(clean)) return null;
    if (tags.length >= MOST_TAGS) throw invalid(`A conversation has at most ${MOST_TAGS} tags.`);
    return { tags: [...tags, clean].sort() };
  });
}

export async function removeTag(actor: Actor, id: number, tag: string): Promise<Conversation> {
  const clean = cleanTag(tag);
  return change(actor, id, ({ tags }) => (tags.includes(clean) ? { tags: tags.filter((each) => each !== clean) } : null));
}

type Decide = (before: Conversation) => Partial<Pick<Conversation, "priority" | "tags">> | null;

/** What is so already is not changed, recorded or audited again. */
async function change(actor: Actor, id: number, decide: Decide): Promise<Conversation> {
  authorize(actor, "conversations:write");
  return transaction(actor, async (tx) => {
    const before = await holdConversation(tx, id);
    const decided = decide(before);
    if (decided === null) return before;
    const after = await updateConversation(tx, id, decided);
    await record(tx, {
      kind: "conversation.changed",
      customerId: before.customerId,
      conversationId: id,
      memberId: actor.memberId,
      initiative: "reactive",
      properties: decided,
    });
    await audit(tx, actor, {
      action: "conversations.change",
      subject: publicId("con", id),
      before: { priority: before.priority, tags: before.tags },
      after: decided,
    });
    return after;
  });
}

function cleanTag(tag: string): string {
  const clean = tag.trim().toLowerCase().replace(/\s+/g, "-");
  if (!new RegExp(READABLE, "u").test(clean)) throw invalid("A tag needs a letter, a digit or a sign that can be seen.");
  if (clean.length > LONGEST_TAG) throw invalid(`A tag has at most ${LONGEST_TAG} characters.`);
  return clean;
}
