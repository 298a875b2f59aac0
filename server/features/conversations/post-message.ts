import { audit, authorize, findWorkspace, type Actor } from "../access/index.ts";
import { queueEmail } from "../channels/email/index.ts";
import { requireCustomer, type MessageClass } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import { serviceLevelOf } from "../service-levels/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { conflict } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { afterMemberWrote, previewOf, waitOf } from "./deciding.ts";
import { claimAttachments, messagesOf, setDelivery, writeDraft, type Message } from "./message-queries.ts";
import { updateConversation, type Conversation } from "./queries.ts";
import { enterStatus } from "./status-queries.ts";
import { holdConversation } from "./require-conversation.ts";
import { writeMessage } from "./write-message.ts";

export interface PostMessage {
  conversationId: number;
  kind: "reply" | "note";
  text: string;
  attachmentIds?: number[];
}

/** A member answers, or leaves a note that only members see. */
export async function postMessage(actor: Actor, input: PostMessage): Promise<Message> {
  authorize(actor, "conversations:write");
  return transaction(actor, async (tx) => {
    const conversation = await holdConversation(tx, input.conversationId);
    return input.kind === "note" ? addNote(tx, actor, conversation, input) : reply(tx, actor, conversation, input);
  });
}

async function addNote(tx: Tx, actor: Actor, conversation: Conversation, input: PostMessage): Promise<Message> {
  const message = await write(tx, actor, conversation, input);
  await updateConversation(tx, conversation.id, {}, input.text);
  await record(tx, {
    kind: "note.added",
    customerId: conversation.customerId,
    conversationId: conversation.id,
    memberId: actor.memberId,
    initiative: "reactive",
    properties: {},
  });
  return message;
}

async function reply(tx: Tx, actor: Actor, before: Conversation, input: PostMessage): Promise<Message> {
  const message = await write(tx, actor, before, input);
  return sendReply(tx, { actor, before, message, class: "service", attachmentIds: input.attachmentIds ?? [] });
}

export interface Outgoing {
  actor: Actor;
  before: Conversation;
  message: Message;
  class: MessageClass;
  attachmentIds: number[];
  /** What made us write first, for the log. */
  cause?: Cause;
}

export interface Cause {
  play: string;
  proposal: string;
  orderId: number | null;
}

/** Sends what was written, settles who waits for whom, and records how long the customer had waited. */
export async function sendReply(tx: Tx, out: Outgoing): Promise<Message> {
  const { actor, before, message } = out;
  const { orderId = null, ...cause } = out.cause ?? {};
  const wait = waitOf(before, tx.now, await serviceLevelOf(tx));
  const conversation = await updateConversation(
    tx,
    before.id,
    { ...afterMemberWrote(before, tx.now), lastMessageAt: tx.now, preview: previewOf(message.text) },
    message.text,
  );
  if (before.status === "open") await enterStatus(tx, before.id, "waiting on customer", tx.now);
  await record(tx, {
    kind: "message.sent",
    customerId: before.customerId,
    conversationId: before.id,
    memberId: actor.memberId,
    orderId,
    touchpoint: before.began === "member" ? "email-outreach" : `${before.channel}-support`,
    channel: before.channel,
    stage: "support",
    initiative: wait === null && before.began === "member" ? "proactive" : "reactive",
    properties: {
      message: publicId("msg", message.id),
      subject: before.subject,
      text: message.text.slice(0, 4000),
      class: out.class,
      wait,
      ...cause,
    },
  });
  return deliver(tx, conversation, out);
}

async function write(tx: Tx, actor: Actor, conversation: Conversation, input: PostMessage): Promise<Message> {
  const { kind, text } = input;
  const message = await writeMessage(tx, actor, { conversationId: conversation.id, customerId: conversation.customerId, kind, text });
  if (input.kind === "note") await claimAttachments(tx, input.attachmentIds ?? [], message.id);
  if (actor.memberId !== null) await writeDraft(tx, conversation.id, actor.memberId, "");
  await audit(tx, actor, {
    action: `conversations.${input.kind}`,
    subject: publicId("con", conversation.id),
    after: { message: publicId("msg", message.id) },
  });
  return message;
}

async function deliver(tx: Tx, conversation: Conversation, out: Outgoing): Promise<Message> {
  const customer = await requireCustomer(tx, conversation.customerId);
  if (customer.email === null) throw conflict("There is no email address to answer to. Add one to the customer first.");
  const files = await claimAttachments(tx, out.attachmentIds, out.message.id);
  const posted = await queueEmail(tx, {
    conversationId: conversation.id,
    messageId: out.message.id,
    customerId: customer.id,
    to: { address: customer.email, name: customer.name },
    fromName: out.actor.kind === "member" ? out.actor.name : ((await findWorkspace(tx))?.name ?? out.actor.name),
    mailAddressId: conversation.mailAddressId,
    subject:
      conversation.began === "member" && conversation.firstResponseAt === null ? conversation.subject : asReply(conversation.subject),
    text: out.message.text,
    class: out.class,
    files,
  });
  await setDelivery(tx, out.message.id, { id: posted.deliveryId, state: posted.state, detail: posted.detail });
  const [sent] = await messagesOf(tx, conversation.id, { before: out.message.id + 1, limit: 1 });
  return sent ?? out.message;
}

function asReply(subject: string): string {
  return /^(re|aw|sv|vs|antw)\s*:/i.test(subject) ? subject : `Re: ${subject}`;
}
