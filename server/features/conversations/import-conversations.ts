import type { NewInteraction } from "../interactions/index.ts";
import { dueAt, serviceLevelOf, type ServiceLevel } from "../service-levels/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { afterCustomerWrote, afterMemberWrote, minutesBetween, previewOf, waitOf } from "./deciding.ts";
import { insertMessage } from "./message-queries.ts";
import { insertConversation, markRead, updateConversation, type Conversation } from "./queries.ts";
import { enterStatus, statusIntervalsOf } from "./status-queries.ts";

export interface PastMessage {
  at: Date;
  from: "customer" | "member";
  text: string;
  memberId: number | null;
  memberName: string;
}

export interface PastConversation {
  customer: { id: number; name: string; email: string };
  subject: string;
  channel: string;
  assigneeId: number | null;
  messages: readonly PastMessage[];
  closedAt: Date | null;
  /** Members who have read all of it. */
  readers: readonly number[];
}

/** What cannot be known of the past but was true of it. */
export interface PastArrival {
  queueLength: number;
  onShift: string[];
}

/**
 * Takes in a conversation that happened before, message by message, by the same decisions as one that happens now.
 * Answers its id and what it lived through, for the caller to put into the log in order of time.
 */
export async function importConversation(
  tx: Tx,
  past: PastConversation,
  arrival: PastArrival,
): Promise<{ id: number; happened: NewInteraction[] }> {
  const level = await serviceLevelOf(tx);
  const [first] = past.messages;
  if (!first) throw new Error("a conversation needs a message");
  const opened = await open(tx, past, first, level);
  const happened: NewInteraction[] = [
    {
      ...about(past, opened.id, first.at),
      kind: "conversation.opened",
      properties: {
        subject: past.subject,
        ...arrival,
        promise: { firstResponseDueAt: opened.firstResponseDueAt?.toISOString() ?? null, firstResponseMinutes: level.firstResponseMinutes },
      },
    },
  ];
  let conversation = opened;
  for (const message of past.messages) {
    const step =
      message.from === "customer"
        ? await received(tx, past, conversation, message, level, arrival)
        : await sent(tx, past, conversation, message, level);
    conversation = step.conversation;
    happened.push(step.happened);
  }
  if (past.closedAt !== null) happened.push(await close(tx, past, conversation, past.closedAt));
  for (const reader of past.readers) await markRead(tx, opened.id, reader, conversation.lastInboundId);
  return { id: opened.id, happened };
}

async function open(tx: Tx, past: PastConversation, first: PastMessage, level: ServiceLevel): Promise<Conversation> {
  const conversation = await insertConversation(
    tx,
    {
      customerId: past.customer.id,
      subject: past.subject,
      channel: past.channel,
      began: "customer",
      assigneeId: past.assigneeId,
      mailAddressId: null,
      openedAt: first.at,
      firstResponseDueAt: dueAt(first.at, level.firstResponseMinutes, level.hours),
      resolutionDueAt: dueAt(first.at, level.resolutionMinutes, level.hours),
      atRisk: false,
    },
    `${past.subject} ${past.customer.name} ${past.customer.email}`,
  );
  return conversation;
}

interface Step {
  conversation: Conversation;
  happened: NewInteraction;
}

async function received(
  tx: Tx,
  past: PastConversation,
  before: Conversation,
  message: PastMessage,
  level: ServiceLevel,
  arrival: PastArrival,
): Promise<Step> {
  const saved = await insertMessage(tx, {
    conversationId: before.id,
    customerId: past.customer.id,
    kind: "message",
    direction: "in",
    authorKind: "customer",
    authorId: past.customer.id,
    authorName: past.customer.name,
    text: message.text,
    wholeText: null,
    html: null,
    hasRemoteImages: false,
    authentication: null,
    createdAt: message.at,
  });
  await enterStatus(tx, before.id, "waiting on us", message.at);
  const conversation = await updateConversation(
    tx,
    before.id,
    {
      ...afterCustomerWrote(before, message.at, level),
      lastMessageAt: message.at,
      preview: previewOf(message.text),
      lastInboundId: saved.id,
    },
    message.text,
  );
  const properties = {
    message: publicId("msg", saved.id),
    subject: past.subject,
    text: message.text,
    automatic: false,
    ...arrival,
    dueAt: conversation.dueAt?.toISOString() ?? null,
  };
  return { conversation, happened: { ...about(past, before.id, message.at), kind: "message.received", properties } };
}

async function sent(tx: Tx, past: PastConversation, before: Conversation, message: PastMessage, level: ServiceLevel): Promise<Step> {
  const saved = await insertMessage(tx, {
    conversationId: before.id,
    customerId: past.customer.id,
    kind: "reply",
    direction: "out",
    authorKind: "member",
    authorId: message.memberId,
    authorName: message.memberName,
    text: message.text,
    wholeText: null,
    html: null,
    hasRemoteImages: false,
    authentication: null,
    createdAt: message.at,
  });
  await enterStatus(tx, before.id, "waiting on customer", message.at);
  const wait = waitOf(before, message.at, level);
  const conversation = await updateConversation(
    tx,
    before.id,
    { ...afterMemberWrote(before, message.at), lastMessageAt: message.at, preview: previewOf(message.text) },
    message.text,
  );
  const properties = { message: publicId("msg", saved.id), subject: past.subject, text: message.text, class: "service", wait };
  return {
    conversation,
    happened: { ...about(past, before.id, message.at), kind: "message.sent", memberId: message.memberId, properties },
  };
}

async function close(tx: Tx, past: PastConversation, conversation: Conversation, at: Date): Promise<NewInteraction> {
  await updateConversation(tx, conversation.id, {
    status: "closed",
    closedAt: at,
    firstClosedAt: at,
    waitingSince: null,
    dueAt: null,
    dueKind: null,
  });
  await enterStatus(tx, conversation.id, "closed", at);
  const intervals = await statusIntervalsOf(tx, conversation.id);
  return {
    ...about(past, conversation.id, at),
    kind: "conversation.closed",
    memberId: past.assigneeId,
    properties: { subject: past.subject, isFirst: true, minutesOpen: minutesBetween(conversation.openedAt, at), intervals },
  };
}

function about(past: PastConversation, conversationId: number, at: Date): Omit<NewInteraction, "kind"> {
  return {
    customerId: past.customer.id,
    conversationId,
    occurredAt: at,
    touchpoint: `${past.channel}-support`,
    channel: past.channel,
    stage: "support",
    initiative: "reactive",
  };
}
