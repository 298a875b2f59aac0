import { randomBytes } from "node:crypto";
import { requireCustomer, standingsOf, type Customer } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import { dueAt, serviceLevelOf, type ServiceLevel } from "../service-levels/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { arrivalNow } from "./arrival.ts";
import { afterCustomerWrote, minutesBetween, previewOf } from "./deciding.ts";
import { insertAttachment, insertMessage, type Message } from "./message-queries.ts";
import { enterStatus, insertConversation, lockConversation, updateConversation, type Conversation } from "./queries.ts";

export interface IncomingFile {
  digest: string;
  name: string;
  type: string;
  size: number;
  contentId: string | null;
}

export interface IncomingMessage {
  channel: string;
  customerId: number;
  /** The conversation that the channel vouches for; null starts a new one. */
  conversationId: number | null;
  mailAddressId: number | null;
  subject: string;
  text: string;
  wholeText: string | null;
  html: string | null;
  hasRemoteImages: boolean;
  authentication: unknown;
  /** Written by a machine, such as an out-of-office notice: shown, but nobody waits for an answer to it. */
  isAutomatic: boolean;
  files: IncomingFile[];
  at: Date;
}

/** A customer's message, from whichever channel: opens a conversation, or joins and reopens the one it belongs to. */
export async function receiveMessage(tx: Tx, incoming: IncomingMessage): Promise<{ conversation: Conversation; message: Message }> {
  const customer = await requireCustomer(tx, incoming.customerId);
  const level = await serviceLevelOf(tx);
  const known = incoming.conversationId === null ? undefined : await lockConversation(tx, incoming.conversationId);
  const before = known ?? (await openFor(tx, customer, incoming, level));
  const message = await keep(tx, before, customer, incoming);
  const conversation = await changeFor(tx, before, incoming, message, level);
  return { conversation, message };
}

async function openFor(tx: Tx, customer: Customer, incoming: IncomingMessage, level: ServiceLevel): Promise<Conversation> {
  const arrival = await arrivalNow(tx);
  const subject = incoming.subject.trim().slice(0, 400) || previewOf(incoming.text).slice(0, 80) || "No subject";
  const firstResponseDueAt = dueAt(incoming.at, level.firstResponseMinutes, level.hours);
  const resolutionDueAt = dueAt(incoming.at, level.resolutionMinutes, level.hours);
  const atRisk = (await standingsOf(tx, [customer.id])).get(customer.id)?.atRisk ?? false;
  const conversation = await insertConversation(
    tx,
    { customerId: customer.id, subject, channel: incoming.channel, began: "customer", assigneeId: null, mailAddressId: incoming.mailAddressId, openedAt: incoming.at, firstResponseDueAt, resolutionDueAt, atRisk },
    `${subject} ${customer.name ?? ""} ${customer.email ?? ""}`,
  );
  await enterStatus(tx, conversation.id, "waiting on us", incoming.at);
  await record(tx, {
    kind: "conversation.opened",
    customerId: customer.id,
    conversationId: conversation.id,
    occurredAt: incoming.at,
    touchpoint: `${incoming.channel}-support`,
    channel: incoming.channel,
    stage: "support",
    initiative: "reactive",
    properties: {
      subject,
      ...arrival,
      promise: { firstResponseDueAt: firstResponseDueAt?.toISOString() ?? null, resolutionDueAt: resolutionDueAt?.toISOString() ?? null, firstResponseMinutes: level.firstResponseMinutes },
    },
  });
  return conversation;
}

async function keep(tx: Tx, conversation: Conversation, customer: Customer, incoming: IncomingMessage): Promise<Message> {
  const message = await insertMessage(tx, {
    conversationId: conversation.id,
    customerId: customer.id,
    kind: incoming.isAutomatic ? "automatic" : "message",
    direction: "in",
    authorKind: "customer",
    authorId: customer.id,
    authorName: customer.name ?? customer.email ?? "Somebody",
    text: incoming.text,
    wholeText: incoming.wholeText,
    html: incoming.html,
    hasRemoteImages: incoming.hasRemoteImages,
    authentication: incoming.authentication,
    createdAt: incoming.at,
  });
  for (const file of incoming.files) await insertAttachment(tx, { ...file, messageId: message.id, token: newToken(), uploadedBy: null });
  return message;
}

async function changeFor(tx: Tx, before: Conversation, incoming: IncomingMessage, message: Message, level: ServiceLevel): Promise<Conversation> {
  const arrival = await arrivalNow(tx);
  const change = incoming.isAutomatic ? {} : afterCustomerWrote(before, incoming.at, level);
  const conversation = await updateConversation(
    tx,
    before.id,
    { ...change, lastMessageAt: incoming.at, preview: previewOf(incoming.text), lastInboundId: message.id },
    incoming.text,
  );
  if (!incoming.isAutomatic) await enterStatus(tx, before.id, "waiting on us", incoming.at);
  if (before.status === "closed" && conversation.status === "open") await recordReopening(tx, before, incoming);
  await record(tx, {
    kind: "message.received",
    customerId: before.customerId,
    conversationId: before.id,
    occurredAt: incoming.at,
    touchpoint: `${incoming.channel}-support`,
    channel: incoming.channel,
    stage: "support",
    initiative: "reactive",
    properties: {
      message: publicId("msg", message.id),
      subject: before.subject,
      text: incoming.text.slice(0, 4000),
      automatic: incoming.isAutomatic,
      ...arrival,
      dueAt: conversation.dueAt?.toISOString() ?? null,
    },
  });
  return conversation;
}

async function recordReopening(tx: Tx, before: Conversation, incoming: IncomingMessage): Promise<void> {
  await record(tx, {
    kind: "conversation.reopened",
    customerId: before.customerId,
    conversationId: before.id,
    occurredAt: incoming.at,
    touchpoint: `${incoming.channel}-support`,
    initiative: "reactive",
    properties: { by: "customer", minutesClosed: before.closedAt === null ? null : minutesBetween(before.closedAt, incoming.at), subject: before.subject },
  });
}

function newToken(): string {
  return randomBytes(18).toString("base64url");
}
