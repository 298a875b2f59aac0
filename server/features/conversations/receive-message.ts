import { randomBytes } from "node:crypto";
import type { Customer } from "../customers/index.ts";
import { record, type NewInteraction } from "../interactions/index.ts";
import { dueAt, serviceLevelOf, type ServiceLevel } from "../service-levels/index.ts";
import { together, type Tx } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { arrivalNow, type Arrival } from "./arrival.ts";
import { afterCustomerWrote, minutesBetween, previewOf } from "./deciding.ts";
import { insertAttachment, insertMessage, type Message } from "./message-queries.ts";
import { insertConversation, lockConversation, updateConversation, type Conversation } from "./queries.ts";
import { beginStatus, enterStatus } from "./status-queries.ts";

export interface IncomingFile {
  digest: string;
  name: string;
  type: string;
  size: number;
  contentId: string | null;
}

export interface IncomingMessage {
  channel: string;
  customer: Customer;
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
  const [level, arrival, known] = await together([
    serviceLevelOf(tx),
    arrivalNow(tx, incoming.conversationId),
    incoming.conversationId === null ? undefined : lockConversation(tx, incoming.conversationId),
  ]);
  const { customer } = incoming;
  const before = known ?? (await open(tx, customer, incoming, level));
  const message = await keep(tx, before, customer, incoming);
  const moves = known === undefined || !incoming.isAutomatic;
  const conversation = moves ? await bringForward(tx, before, message, incoming, level) : await addWords(tx, before, incoming.text);
  await together([
    known && !incoming.isAutomatic ? enterStatus(tx, before.id, "waiting on us", incoming.at) : undefined,
    record(tx, happened({ known, before, conversation, message, incoming, arrival, level })),
  ]);
  return { conversation, message };
}

async function open(tx: Tx, customer: Customer, incoming: IncomingMessage, level: ServiceLevel): Promise<Conversation> {
  const subject = incoming.subject.trim().slice(0, 400) || previewOf(incoming.text).slice(0, 80) || "No subject";
  const conversation = await insertConversation(
    tx,
    {
      customerId: customer.id,
      subject,
      channel: incoming.channel,
      began: "customer",
      assigneeId: null,
      mailAddressId: incoming.mailAddressId,
      openedAt: incoming.at,
      firstResponseDueAt: dueAt(incoming.at, level.firstResponseMinutes, level.hours),
      resolutionDueAt: dueAt(incoming.at, level.resolutionMinutes, level.hours),
      atRisk: customer.atRisk,
    },
    `${subject} ${customer.name ?? ""} ${customer.email ?? ""}`,
  );
  await beginStatus(tx, conversation.id, "waiting on us", incoming.at);
  return conversation;
}

/** What it says stands in the list, and we are waited for, unless a machine wrote it. */
async function bringForward(tx: Tx, before: Conversation, message: Message, incoming: IncomingMessage, level: ServiceLevel) {
  const change = incoming.isAutomatic ? {} : afterCustomerWrote(before, incoming.at, level);
  const shown = { lastMessageAt: incoming.at, preview: previewOf(incoming.text), lastInboundId: message.id };
  return updateConversation(tx, before.id, { ...change, ...shown }, incoming.text);
}

/** An out-of-office notice in a thread can be found and read there; it moves nothing. */
async function addWords(tx: Tx, before: Conversation, text: string): Promise<Conversation> {
  return text.trim() === "" ? before : updateConversation(tx, before.id, {}, text);
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

interface Received {
  known: Conversation | undefined;
  before: Conversation;
  conversation: Conversation;
  message: Message;
  incoming: IncomingMessage;
  arrival: Arrival;
  level: ServiceLevel;
}

/** What the log hears of it: an opening or a reopening, and the message, with what cannot be rebuilt later. */
function happened({ known, before, conversation, message, incoming, arrival, level }: Received): NewInteraction[] {
  const base = {
    customerId: before.customerId,
    conversationId: before.id,
    occurredAt: incoming.at,
    touchpoint: `${incoming.channel}-support`,
    channel: incoming.channel,
    stage: "support",
    initiative: "reactive" as const,
  };
  const opened = {
    subject: before.subject,
    ...arrival,
    promise: {
      firstResponseDueAt: before.firstResponseDueAt?.toISOString() ?? null,
      resolutionDueAt: before.resolutionDueAt?.toISOString() ?? null,
      firstResponseMinutes: level.firstResponseMinutes,
    },
  };
  const reopened = {
    by: "customer",
    minutesClosed: before.closedAt === null ? null : Math.max(0, minutesBetween(before.closedAt, incoming.at)),
    subject: before.subject,
  };
  const received = {
    message: publicId("msg", message.id),
    subject: before.subject,
    text: incoming.text.slice(0, 4000),
    automatic: incoming.isAutomatic,
    ...arrival,
    dueAt: conversation.dueAt?.toISOString() ?? null,
  };
  return [
    ...(known ? [] : [{ ...base, kind: "conversation.opened", properties: opened }]),
    ...(before.status === "closed" && conversation.status === "open"
      ? [{ ...base, kind: "conversation.reopened", properties: reopened }]
      : []),
    { ...base, kind: "message.received", properties: received },
  ];
}

function newToken(): string {
  return randomBytes(18).toString("base64url");
}
