import { randomBytes } from "node:crypto";
import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { insertAttachment, type Attachment } from "./message-queries.ts";

export interface Upload {
  name: string;
  type: string;
  /** Of the bytes, which are kept already. */
  digest: string;
  size: number;
}

/** Takes in a file that a member wants to send. It belongs to no message until one carries it. */
export async function uploadAttachment(actor: Actor, { name, type, digest, size }: Upload): Promise<Attachment> {
  authorize(actor, "conversations:write");
  return transaction(actor, async (tx) => {
    const file = await insertAttachment(tx, {
      ...{ digest, size, type },
      messageId: null,
      name: cleanName(name),
      contentId: null,
      token: randomBytes(18).toString("base64url"),
      uploadedBy: actor.memberId,
    });
    await audit(tx, actor, { action: "conversations.upload", subject: publicId("att", file.id), after: { name: file.name, type, size } });
    return file;
  });
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
