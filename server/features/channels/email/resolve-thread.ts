import type { Scope } from "../../../platform/db/index.ts";
import { signingKeyOf } from "../../access/index.ts";
import { normaliseEmail } from "../../customers/index.ts";
import { conversationOfReferences } from "./message-queries.ts";
import type { ReadMail } from "./read-mail.ts";
import { readMessageId, readReplyAddress } from "./signed-address.ts";

/**
 * The conversation that a message proves to belong to: by an address that we signed, by a Message-ID that we signed, or
 * by naming a message of ours to somebody who takes part. Null otherwise: numbers in a subject and forged ids prove nothing.
 */
export async function resolveThread(scope: Scope, mail: ReadMail, envelopeTo: readonly string[]): Promise<number | null> {
  const addresses = [...envelopeTo, ...mail.to.map((each) => each.address), ...mail.cc.map((each) => each.address)];
  const named = [...mail.inReplyTo, ...mail.references.toReversed()];
  const tagged = addresses.filter((each) => each.includes("+"));
  if (tagged.length === 0 && named.length === 0) return null;

  const key = await signingKeyOf(scope);
  const refs = [
    ...tagged.map((address) => readReplyAddress({ key, address })),
    ...named.map((messageId) => readMessageId({ key, messageId })?.ref ?? null),
  ];
  const proven = refs.map(conversationIn).find((each) => each !== null);
  if (proven !== undefined) return proven;

  const sender = normaliseEmail(mail.from?.address ?? "");
  return sender === null || named.length === 0 ? null : conversationOfReferences(scope, named, sender);
}

/** A ref is a conversation's number in base 36; "0" stands for none. */
export function conversationIn(ref: string | null): number | null {
  const id = ref === null ? 0 : Number.parseInt(ref, 36);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

export function refOf(conversationId: number | null): string {
  return (conversationId ?? 0).toString(36);
}
