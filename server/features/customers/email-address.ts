import { domainToASCII } from "node:url";

/**
 * The form in which an address identifies somebody: lower case, the domain in ASCII (RFC 5890). Plus-addresses stay
 * apart, since providers differ on what they mean. Null when it is no address that mail could be sent to (RFC 5321).
 */
export function normaliseEmail(text: string): string | null {
  const trimmed = text.trim().normalize("NFC");
  const at = trimmed.lastIndexOf("@");
  const local = trimmed.slice(0, at).toLowerCase();
  const domain = domainToASCII(trimmed.slice(at + 1).toLowerCase());
  if (at < 1 || domain === "" || local.length > 64 || domain.length > 253) return null;
  if (/[\s\p{Cc}<>()[\]\\,;:"]/u.test(local) || local.startsWith(".") || local.endsWith(".")) return null;
  return `${local}@${domain}`;
}
