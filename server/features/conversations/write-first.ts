import { audit, authorize, type Actor } from "../access/index.ts";
import { requireCustomer, type MessageClass } from "../customers/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { Message } from "./message-queries.ts";
import { sendReply, type Cause } from "./post-message.ts";
import { insertConversation, type Conversation } from "./queries.ts";
import { enterStatus } from "./status-queries.ts";
import { writeMessage } from "./write-message.ts";

export interface WriteFirst {
  customerId: number;
  subject: string;
  text: string;
}

/** We write first: a member begins a conversation by email. */
export async function writeFirst(actor: Actor, input: WriteFirst): Promise<Conversation> {
  authorize(actor, "conversations:write");
  return transaction(actor, async (tx) => (await beginConversation(tx, actor, { ...input, class: "service" })).conversation);
}

/** As `writeFirst`, within a transaction: for plays, whose proposals a person approved. */
export async function beginConversation(
  tx: Tx,
  actor: Actor,
  input: WriteFirst & { class: MessageClass; cause?: Cause },
): Promise<{ conversation: Conversation; message: Message }> {
  const customer = await requireCustomer(tx, input.customerId);
  const conversation = await insertConversation(
    tx,
    {
      customerId: customer.id,
      subject: input.subject.trim() || "A word from us",
      channel: "email",
      began: "member",
      assigneeId: actor.memberId,
      mailAddressId: null,
      openedAt: tx.now,
      firstResponseDueAt: null,
      resolutionDueAt: null,
      atRisk: false,
    },
    `${input.subject} ${customer.name ?? ""} ${customer.email ?? ""}`,
  );
  await enterStatus(tx, conversation.id, "waiting on customer", tx.now);
  const { text } = input;
  const message = await writeMessage(tx, actor, { conversationId: conversation.id, customerId: customer.id, kind: "reply", text });
  await audit(tx, actor, { action: "conversations.begin", subject: publicId("con", conversation.id), after: { subject: input.subject } });
  const sent = await sendReply(tx, { actor, before: conversation, message, class: input.class, attachmentIds: [], cause: input.cause });
  return { conversation, message: sent };
}
