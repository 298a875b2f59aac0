import type { MessageClass } from "../customers/index.ts";
import type { Tx } from "../../platform/db/index.ts";

export interface LetterOut {
  conversationId: number;
  messageId: number;
  customerId: number;
  to: { address: string; name: string | null };
  fromName: string;
  mailAddressId: number | null;
  subject: string;
  text: string;
  class: MessageClass;
  files: { digest: string; name: string; type: string }[];
}

export interface Posted {
  deliveryId: number;
  state: string;
  detail: string | null;
}

/** Puts a letter into the mail room's queue, in the caller's transaction. */
export type PostLetter = (tx: Tx, letter: LetterOut) => Promise<Posted>;
