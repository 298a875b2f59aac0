import { randomInt } from "node:crypto";
import type { Tx } from "../../../platform/db/index.ts";
import { invalid } from "../../../platform/errors.ts";
import { putFile } from "../../../platform/files/index.ts";
import { enqueue } from "../../../platform/jobs/index.ts";
import { signingKeyOf } from "../../access/index.ts";
import { normaliseEmail, suppressionOf, type MessageClass } from "../../customers/index.ts";
import { buildMessage } from "./build-message.ts";
import { countAutomatic, insertDelivery, type NewDelivery } from "./delivery-queries.ts";
import { lastInbound, type LastInbound } from "./message-queries.ts";
import { NOT_SENT, outgoingServer } from "./outgoing.ts";
import type { DeliveryState } from "./ports.ts";
import { findAddress, type MailAddress } from "./queries.ts";
import { refOf } from "./resolve-thread.ts";
import { signMessageId, signReplyAddress } from "./signed-address.ts";

export interface EmailOut {
  /** To whom, or of whom it speaks to one of our own; 0: of nobody. */
  customerId: number;
  /** The thread that answers shall find; null when there is none. */
  conversationId: number | null;
  messageId: number | null;
  to: { address: string; name: string | null };
  fromName: string;
  /** Which of our addresses it comes from; null for the workspace's first. */
  mailAddressId: number | null;
  subject: string;
  text: string;
  html?: string | null;
  class: MessageClass;
  /** Sent by a rule or a clock, not by a person. */
  automatic?: boolean;
  unsubscribeUrl?: string | null;
  files?: readonly { digest: string; name: string; type: string }[];
}

export interface QueuedEmail {
  deliveryId: number;
  state: DeliveryState;
  /** Why it does not go out, as a sentence; null when it does. */
  detail: string | null;
}

const MOST_AUTOMATIC_PER_HOUR = 3;

/**
 * Writes a message and puts it into the queue, in the caller's transaction. It is withheld, with the reason, from an
 * address that may not be written to, and from machines when it is automatic; it is kept when no mail server is set.
 */
export async function queueEmail(tx: Tx, email: EmailOut): Promise<QueuedEmail> {
  const to = normaliseEmail(email.to.address);
  if (to === null) throw invalid(`"${email.to.address}" is not an address that mail can be sent to.`);
  const sender = await findAddress(tx, email.mailAddressId);
  const answered = email.conversationId === null ? undefined : await lastInbound(tx, email.conversationId);
  const withheld = await whyWithheld(tx, email, to, answered);
  const written = withheld !== null || sender === undefined ? null : await write(tx, email, { to, sender, answered });
  const { state, detail } = stateOf(withheld, sender);
  const delivery = await insertDelivery(tx, {
    ...rowOf(email, to),
    ...(written ?? NOTHING_WRITTEN),
    fromAddress: sender?.address ?? null,
    state,
    detail,
  });
  if (state === "queued") await enqueue(tx, "email.send", { workspaceId: tx.workspaceId, deliveryId: delivery.id });
  return { deliveryId: delivery.id, state, detail };
}

const NOTHING_WRITTEN = { internetMessageId: null, digest: null };

async function whyWithheld(tx: Tx, email: EmailOut, to: string, answered: LastInbound | undefined): Promise<string | null> {
  const suppressed = await suppressionOf(tx, to, email.class);
  if (suppressed !== null) return suppressed;
  if (email.automatic !== true) return null;
  if (/^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+.-]|@)/.test(to))
    return "No automatic mail goes to an address that nobody reads.";
  if (answered !== undefined && answered.class !== "customer") return "No automatic mail goes in answer to an automatic one.";
  const sent = await countAutomatic(tx, to);
  return sent > MOST_AUTOMATIC_PER_HOUR ? `At most ${MOST_AUTOMATIC_PER_HOUR} automatic mails go to one address in an hour.` : null;
}

function stateOf(withheld: string | null, sender: MailAddress | undefined): { state: DeliveryState; detail: string | null } {
  if (withheld !== null) return { state: "withheld", detail: withheld };
  if (sender === undefined) return { state: "failed", detail: "not sent: this workspace has no mail address" };
  return outgoingServer() === null ? { state: "kept", detail: NOT_SENT } : { state: "queued", detail: null };
}

interface Writing {
  to: string;
  sender: MailAddress;
  answered: LastInbound | undefined;
}

async function write(tx: Tx, email: EmailOut, { to, sender, answered }: Writing): Promise<{ internetMessageId: string; digest: string }> {
  const key = await signingKeyOf(tx);
  const ref = refOf(email.conversationId);
  const domain = sender.address.slice(sender.address.lastIndexOf("@") + 1);
  const internetMessageId = signMessageId({ key, ref, nonce: nonce(), domain });
  const raw = await buildMessage({
    messageId: internetMessageId,
    from: { name: email.fromName, address: sender.address },
    replyTo: email.conversationId === null ? sender.address : replyAddress(key, sender.address, ref),
    to: { name: email.to.name, address: to },
    subject: email.subject,
    text: email.text,
    html: email.html ?? null,
    date: tx.now,
    inReplyTo: answered?.internetMessageId ?? null,
    references: [...(answered?.referenceIds ?? []), ...(answered?.internetMessageId == null ? [] : [answered.internetMessageId])].slice(
      -20,
    ),
    automatic: email.automatic ?? false,
    unsubscribeUrl: email.unsubscribeUrl ?? null,
    files: email.files ?? [],
  });
  return { internetMessageId, digest: (await putFile(raw)).digest };
}

/** A local part has at most 64 characters (RFC 5321, 4.5.3.1.1); beyond that the signed Message-ID must do. */
function replyAddress(key: Buffer, address: string, ref: string): string {
  const signed = signReplyAddress({ key, address, ref });
  return signed.lastIndexOf("@") <= 64 ? signed : address;
}

function rowOf(
  email: EmailOut,
  to: string,
): Pick<NewDelivery, "customerId" | "conversationId" | "messageId" | "toAddress" | "subject" | "class" | "automatic"> {
  const { customerId, conversationId, messageId, subject } = email;
  return { customerId, conversationId, messageId, toAddress: to, subject, class: email.class, automatic: email.automatic ?? false };
}

function nonce(): string {
  return Array.from({ length: 12 }, () => randomInt(36).toString(36)).join("");
}
