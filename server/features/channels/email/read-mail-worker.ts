import { parentPort } from "node:worker_threads";
import { classifyMail } from "./classify-mail.ts";
import { parseMail } from "./parse-mail.ts";
import type { ReadOutcome } from "./read-mail.ts";
import { sanitiseHtml } from "./sanitise-html.ts";
import { visibleReply } from "./visible-reply.ts";

/** Reads one mail at a time for read-mail.ts, away from the main thread: it can be stopped when it takes too long. */
parentPort?.on("message", (raw: Uint8Array) => {
  parentPort?.postMessage(read(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)));
});

function read(raw: Buffer): ReadOutcome {
  const parsed = parseMail(raw);
  if (parsed.outcome === "set-aside") return parsed;
  const { mail } = parsed;
  const { visible, whole } = visibleReply(mail);
  const safeHtml = mail.html === null || mail.html.trim() === "" ? null : sanitiseHtml(mail.html, keepContentId);
  return { outcome: "read", mail: { ...mail, html: null, visible, whole, safeHtml, classification: classifyMail(mail) } };
}

/** Attachments have no link yet; the parse job replaces these once they are stored. */
function keepContentId(contentId: string): string {
  return `attachment/${encodeURIComponent(contentId)}`;
}
