import { domainToASCII } from "node:url";
import addressparser from "nodemailer/lib/addressparser";
import { decodeWords } from "./decode-words.ts";

/** A mailbox. `address` has its domain in lower case and ASCII (RFC 5890), so that it can be compared. */
export interface MailAddress {
  name: string;
  address: string;
}

const MAX_ADDRESSES = 500;
const MAX_FIELD_LENGTH = 64_000;

/** Reads address fields: display names, groups, encoded words, IDN. At most 500; what is no address is left out. */
export function readAddresses(values: readonly string[]): MailAddress[] {
  const found: MailAddress[] = [];
  for (const value of values) {
    for (const each of addressparser(cutAtComma(value), { flatten: true })) {
      const address = normaliseAddress(each.address);
      if (address !== null) found.push({ name: displayName(each.name), address });
      if (found.length >= MAX_ADDRESSES) return found;
    }
  }
  return found;
}

/**
 * An address with its domain in lower case and ASCII, or null when it is none.
 * The part before the @ is left as it is: only its owner knows whether case or "+" matter.
 */
export function normaliseAddress(text: string): string | null {
  const decoded = decodeWords(text)
    .trim()
    .replace(/^<|>$/g, "")
    .replace(/^mailto:/i, "");
  const at = decoded.lastIndexOf("@");
  if (at <= 0 || decoded.length > 320 || /[\s<>,;\u0000-\u001f]/.test(decoded)) return null;
  const domain = decoded.slice(at + 1).replace(/\.$/, "");
  const ascii = domain.startsWith("[") ? domain.toLowerCase() : domainToASCII(domain);
  if (ascii === "") return null;
  return `${decoded.slice(0, at).normalize("NFC")}@${ascii}`;
}

function displayName(name: string): string {
  return decodeWords(name)
    .replace(/[\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/^["']|["']$/g, "")
    .trim()
    .slice(0, 200)
    .toWellFormed();
}

function cutAtComma(value: string): string {
  if (value.length <= MAX_FIELD_LENGTH) return value;
  return value.slice(0, Math.max(value.lastIndexOf(",", MAX_FIELD_LENGTH), 0));
}
