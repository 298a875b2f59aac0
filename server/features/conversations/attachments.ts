import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { putFile } from "../../platform/files/index.ts";
import { insertAttachment, type Attachment } from "./message-queries.ts";

/** Takes in a file that a member wants to send. It belongs to no message until one carries it. */
export async function uploadAttachment(actor: Actor, file: { name: string; type: string; content: Readable }): Promise<Attachment> {
  authorize(actor, "conversations:write");
  const stored = await putFile(file.content);
  return transaction(actor, (tx) =>
    insertAttachment(tx, {
      ...stored,
      messageId: null,
      name: cleanName(file.name),
      type: file.type,
      contentId: null,
      token: randomBytes(18).toString("base64url"),
      uploadedBy: actor.memberId,
    }),
  );
}

function cleanName(name: string): string {
  return name.replace(/[\p{Cc}/\\]/gu, "_").slice(0, 200) || "file";
}

/** Types that a browser shows without running anything in them; everything else is only ever downloaded. */
const PASSIVE = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "text/plain",
  "audio/mpeg",
  "audio/ogg",
  "video/mp4",
]);

export function servedTypeOf(type: string): string {
  return PASSIVE.has(type.toLowerCase()) ? type.toLowerCase() : "application/octet-stream";
}
