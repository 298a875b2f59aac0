import { header } from "./headers.ts";
import type { Part } from "./walk-parts.ts";

/** A file in a mail. `contentId` is what an HTML body names as `cid:`; `inline` says that the body shows it. */
export interface MailAttachment {
  name: string;
  type: string;
  bytes: Uint8Array;
  contentId: string | null;
  inline: boolean;
}

/** True when the part is something to read in the message itself, not a file. */
export function isBody(part: Part): boolean {
  if (part.type.value !== "text/plain" && part.type.value !== "text/html") return false;
  return part.disposition.value !== "attachment" && givenName(part) === undefined;
}

/** Makes a file of a part; `position` names it when the sender gave no name. */
export function toAttachment(part: Part, position: number): MailAttachment {
  const contentId = /<?([^<>\s]{1,500})>?/.exec(header(part.headers, "content-id") ?? "")?.[1] ?? null;
  return {
    name: safeFileName(givenName(part) ?? "") || defaultName(part.type.value, position),
    type: part.type.value.slice(0, 127),
    bytes: part.content,
    contentId,
    inline: part.disposition.value === "inline" || (part.disposition.value === "" && contentId !== null),
  };
}

function givenName(part: Part): string | undefined {
  return part.disposition.parameters.get("filename") ?? part.type.parameters.get("name");
}

/** No folders, no control or direction signs (they disguise "exe" as "pdf"), at most 200 characters with its ending. */
export function safeFileName(name: string): string {
  const plain = name
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/^.*[/\\]/s, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/^\.+/, "")
    .trim()
    .toWellFormed();
  if (plain.length <= 200) return plain;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? "";
  return (plain.slice(0, 200 - ending.length).toWellFormed() + ending).replaceAll("\ufffd", "");
}

const ENDINGS: Record<string, string> = {
  "text/plain": "txt",
  "text/html": "html",
  "text/calendar": "ics",
  "message/rfc822": "eml",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "application/pdf": "pdf",
};

function defaultName(type: string, position: number): string {
  return `attachment-${position}.${ENDINGS[type] ?? "bin"}`;
}
