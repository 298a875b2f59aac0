import type { Tx } from "../../../platform/db/index.ts";
import type { Customer } from "../../customers/index.ts";
import type { MailVerdicts } from "./authenticate.ts";

/**
 * What rooms above plug in: mail knows neither conversations nor surveys. server/app connects them once, at start.
 */
export interface InboundEmail {
  channel: "email";
  customer: Customer;
  /** The conversation that the message proves to belong to; null starts a new one. */
  conversationId: number | null;
  mailAddressId: number | null;
  subject: string;
  /** What was written now, without quotes and signature. */
  text: string;
  /** All of it, when that is more. */
  wholeText: string | null;
  /** Sanitised. The message's own images have `attachment/<content id>` as address: see linkAttachments. */
  html: string | null;
  hasRemoteImages: boolean;
  authentication: MailVerdicts;
  /** A machine wrote it: shown, but nobody waits for an answer, and nothing automatic may answer. */
  isAutomatic: boolean;
  files: InboundFile[];
  at: Date;
}

export interface InboundFile {
  digest: string;
  name: string;
  type: string;
  size: number;
  contentId: string | null;
}

/** What became of a message that went out. `detail` is a sentence for a member. */
export interface DeliveryChange {
  deliveryId: number;
  customerId: number;
  conversationId: number | null;
  messageId: number | null;
  state: DeliveryState;
  detail: string | null;
}

export type DeliveryState = "queued" | "sent" | "delivered" | "bounced" | "failed" | "kept" | "withheld";

export type InboundHandler = (tx: Tx, email: InboundEmail) => Promise<{ conversationId: number; messageId: number }>;
export type DeliveryHandler = (tx: Tx, change: DeliveryChange) => Promise<void>;

let inbound: InboundHandler | null = null;
let delivery: DeliveryHandler | null = null;

/** The one room that turns mail into messages. It is called in the transaction that decides the ledger's entry. */
export function onInboundEmail(handler: InboundHandler): void {
  inbound = handler;
}

/** The one room that shows what became of what it sent. It is called in the transaction of the change. */
export function onDeliveryChange(handler: DeliveryHandler): void {
  delivery = handler;
}

export async function handInbound(tx: Tx, email: InboundEmail): ReturnType<InboundHandler> {
  if (inbound === null) throw new Error("No room takes mail yet: call onInboundEmail at start.");
  return inbound(tx, email);
}

export async function tellDelivery(tx: Tx, change: DeliveryChange): Promise<void> {
  await delivery?.(tx, change);
}
