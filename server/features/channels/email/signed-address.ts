import { createHmac, timingSafeEqual } from "node:crypto";

/** 80 bits: too many to try over a network, short enough for the 64 characters of a local part (RFC 5321, 4.5.3.1.1). */
const MAC_BYTES = 10;
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const REF = /^[0-9a-z]{1,13}$/;
const SIGNED = /^([0-9a-z]{1,13})(?:\.([0-9a-z]{1,26}))?\.([a-z2-7]{16})$/;

/**
 * The address that answers to a thread go to: `help@shop.example` becomes `help+<ref>.<mac>@shop.example`.
 * Only digits and small letters, since some servers change case on the way; `ref` likewise (a base-36 number).
 */
export function signReplyAddress({ key, address, ref }: { key: Uint8Array; address: string; ref: string }): string {
  assertRef(ref);
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}+${ref}.${mac(key, "reply-address", ref)}${address.slice(at)}`;
}

/** The `ref` of a signed reply address; null when it is none, or was not signed with this key. */
export function readReplyAddress({ key, address }: { key: Uint8Array; address: string }): string | null {
  const tag = splitTag(address)?.tag.toLowerCase();
  const [, ref, nonce, signature] = SIGNED.exec(tag ?? "") ?? [];
  if (ref === undefined || nonce !== undefined || signature === undefined) return null;
  return same(signature, mac(key, "reply-address", ref)) ? ref : null;
}

/** The address without its tag: `help+anything@shop.example` is `help@shop.example`. */
export function withoutTag(address: string): string {
  return splitTag(address)?.base ?? address;
}

/** A Message-ID, without angle brackets, that proves to be ours when it comes back in References. */
export function signMessageId(parts: { key: Uint8Array; ref: string; nonce: string; domain: string }): string {
  assertRef(parts.ref);
  if (!/^[0-9a-z]{1,26}$/.test(parts.nonce)) throw new RangeError("A nonce has 1 to 26 digits and small letters.");
  return `${parts.ref}.${parts.nonce}.${mac(parts.key, "message-id", `${parts.ref}.${parts.nonce}`)}@${parts.domain}`;
}

/** The `ref` and nonce of a signed Message-ID; null when it is none, or was not signed with this key. */
export function readMessageId(given: { key: Uint8Array; messageId: string }): { ref: string; nonce: string } | null {
  const local = given.messageId.slice(0, Math.max(given.messageId.lastIndexOf("@"), 0)).toLowerCase();
  const [, ref, nonce, signature] = SIGNED.exec(local) ?? [];
  if (ref === undefined || nonce === undefined || signature === undefined) return null;
  return same(signature, mac(given.key, "message-id", `${ref}.${nonce}`)) ? { ref, nonce } : null;
}

function splitTag(address: string): { base: string; tag: string } | null {
  const at = address.lastIndexOf("@");
  const plus = address.lastIndexOf("+", at);
  if (at < 0 || plus <= 0) return null;
  return { base: address.slice(0, plus) + address.slice(at), tag: address.slice(plus + 1, at) };
}

function assertRef(ref: string): void {
  if (!REF.test(ref)) throw new RangeError("A ref has 1 to 13 digits and small letters.");
}

/** HMAC-SHA-256 (RFC 2104), cut to 80 bits, in base 32. The purpose keeps one kind from passing for another. */
function mac(key: Uint8Array, purpose: string, content: string): string {
  const digest = createHmac("sha256", key).update(`${purpose}\0${content}`).digest().subarray(0, MAC_BYTES);
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join("");
}

function same(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
