import { CLOSING, SENT_FROM } from "./words.ts";

const SENT_FROM_LINE = new RegExp(`^(?:${SENT_FROM.join("|")})$`, "iu");
const CLOSING_LINE = new RegExp(`^(?:${CLOSING})\\s*[,.!]?$`, "iu");
const LINK = /\s?[<([]?https?:\/\/\S+/giu;
const MAX_SENT_FROM = 60;
const MAX_LINES = 12;
const MAX_LINE = 80;

/** A line that a phone or a program added: "Sent from my iPhone". A sentence that begins so is none. */
export function isSentFrom(line: string): boolean {
  if (line.length > 400) return false;
  const plain = line.replace(LINK, "").trim();
  if (plain.length > MAX_SENT_FROM || /[,;!?]/u.test(plain)) return false;
  return SENT_FROM_LINE.test(plain.replace(/[.]$/u, ""));
}

/** The "-- " that opens a signature (RFC 3676, 4.3), also without its blank, and the rule above a list's footer. */
export function opensSignature(line: string): boolean {
  return /^(?:--|__+)\s*$/u.test(line);
}

/** True when "-- " itself stands there: then a signature may be of any length. */
export function isExactDelimiter(line: string): boolean {
  return line === "-- ";
}

/** True when the lines from `from` up to `to` are short and few, as a signature is. */
export function readsLikeSignature(lines: readonly string[], from: number, to: number): boolean {
  let filled = 0;
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? "";
    if (line.trim() === "") continue;
    filled++;
    if (filled > MAX_LINES || line.length > MAX_LINE || /[?]\s*$|^\s*p\.?\s?s\b/iu.test(line)) return false;
  }
  return true;
}

/** A line that is only a closing: "Kind regards,". */
export function isClosing(line: string): boolean {
  return line.length <= 60 && CLOSING_LINE.test(line.trim());
}
