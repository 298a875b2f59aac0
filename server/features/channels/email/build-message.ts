import MailComposer from "nodemailer/lib/mail-composer";
import { getFile } from "../../../platform/files/index.ts";

export interface MessageParts {
  messageId: string;
  from: { name: string; address: string };
  replyTo: string;
  to: { name: string | null; address: string };
  subject: string;
  text: string;
  html: string | null;
  date: Date;
  /** Message-IDs, without brackets: the one that is answered, and those before it. */
  inReplyTo: string | null;
  references: readonly string[];
  automatic: boolean;
  unsubscribeUrl: string | null;
  files: readonly { digest: string; name: string; type: string }[];
}

/** Writes a message (RFC 5322). Automatic ones say so (RFC 3834); an unsubscribe link works with one click (RFC 8058). */
export async function buildMessage(parts: MessageParts): Promise<Buffer> {
  const attachments = [];
  for (const { digest, name, type } of parts.files) attachments.push({ filename: name, contentType: type, content: await getFile(digest) });
  const composer = new MailComposer({
    messageId: `<${parts.messageId}>`,
    from: parts.from,
    replyTo: parts.replyTo,
    to: { name: parts.to.name ?? "", address: parts.to.address },
    subject: parts.subject.replace(/\s+/g, " "),
    text: parts.text,
    ...(parts.html === null ? {} : { html: parts.html }),
    date: parts.date,
    ...(parts.inReplyTo === null ? {} : { inReplyTo: `<${parts.inReplyTo}>` }),
    references: parts.references.map((each) => `<${each}>`).join(" "),
    headers: headersOf(parts),
    attachments,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function headersOf(parts: MessageParts): Record<string, string> {
  return {
    ...(parts.automatic ? { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" } : {}),
    ...(parts.unsubscribeUrl === null
      ? {}
      : { "List-Unsubscribe": `<${parts.unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
  };
}
