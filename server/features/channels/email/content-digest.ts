import { createHash } from "node:crypto";
import { header } from "./mime/headers.ts";
import type { ParsedMail } from "./parse-mail.ts";

/**
 * SHA-256 of what makes a message itself: its Message-ID, sender, date, subject and body (without an id also to whom). Whoever passes it on adds
 * lines above and may change line ends; neither makes it another message.
 */
export function contentDigest(raw: Buffer, mail: Pick<ParsedMail, "headers" | "messageId">): Buffer {
  const hash = createHash("sha256");
  const named = mail.messageId === null ? ["from", "to", "date", "subject"] : ["from", "date", "subject"];
  for (const name of named) hash.update(`${header(mail.headers, name) ?? ""}\n`);
  hash.update(`${mail.messageId ?? ""}\n`);
  return hash.update(bodyOf(raw).toString("latin1").replaceAll("\r\n", "\n").trimEnd()).digest();
}

function bodyOf(raw: Buffer): Buffer {
  const ends = ["\r\n\r\n", "\n\n"].map((mark) => ({ at: raw.indexOf(mark), length: mark.length })).filter((each) => each.at >= 0);
  const first = ends.toSorted((a, b) => a.at - b.at)[0];
  return first === undefined ? Buffer.alloc(0) : raw.subarray(first.at + first.length);
}
