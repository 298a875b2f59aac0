import { htmlToText } from "./html-to-text.ts";
import { readAddresses, type MailAddress } from "./mime/addresses.ts";
import { toAttachment, type MailAttachment } from "./mime/attachments.ts";
import { composeBody } from "./mime/compose-body.ts";
import { decodeCharset, storableText } from "./mime/decode-charset.ts";
import { decodeWords } from "./mime/decode-words.ts";
import { header, headerValues, messageIds, readHeaders, type Header } from "./mime/headers.ts";
import { LimitPassed, walkParts, type Part } from "./mime/walk-parts.ts";

/** What passes these is set aside, not parsed. Sizes in bytes, time in milliseconds. */
export const MAIL_LIMITS = { size: 25 * 1024 * 1024, parts: 200, nesting: 20, time: 5_000 };

const MAX_SUBJECT = 500;
/** Longer text is cut where it is shown; the raw message keeps all of it. */
const MAX_TEXT = 1_000_000;

/** A mail, read. All text is safe to store; addresses are comparable; ids are without their angle brackets. */
export interface ParsedMail {
  headers: Header[];
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  date: Date | null;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo: MailAddress[];
  subject: string;
  text: string | null;
  html: string | null;
  attachments: MailAttachment[];
  /** The machine-readable parts of a report (RFC 6522) and the headers of messages that are enclosed. */
  reports: MailReport[];
}

export interface MailReport {
  type: string;
  text: string;
}

export type ParseOutcome = { outcome: "parsed"; mail: ParsedMail } | { outcome: "set-aside"; reason: string };

/** Parses the bytes of a message. What cannot be parsed or passes a limit is set aside with a reason; it never throws. */
export function parseMail(raw: Buffer): ParseOutcome {
  if (raw.length > MAIL_LIMITS.size) return { outcome: "set-aside", reason: "It is larger than 25 MB." };
  if (/^\s*$/.test(raw.subarray(0, 1_000).toString("latin1")) && raw.length <= 1_000)
    return { outcome: "set-aside", reason: "It is empty." };
  try {
    return { outcome: "parsed", mail: describe(walkParts(raw, MAIL_LIMITS)) };
  } catch (error) {
    if (error instanceof LimitPassed) return { outcome: "set-aside", reason: error.message };
    return { outcome: "set-aside", reason: `It could not be parsed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function describe(root: Part): ParsedMail {
  const { headers } = root;
  const { body, files } = composeBody(root, htmlToText);
  return {
    headers,
    messageId: messageIds(headerValues(headers, "message-id"))[0] ?? null,
    inReplyTo: messageIds(headerValues(headers, "in-reply-to")),
    references: messageIds(headerValues(headers, "references")),
    date: readDate(header(headers, "date")),
    from: readAddresses(headerValues(headers, "from"))[0] ?? readAddresses(headerValues(headers, "sender"))[0] ?? null,
    to: readAddresses(headerValues(headers, "to")),
    cc: readAddresses(headerValues(headers, "cc")),
    replyTo: readAddresses(headerValues(headers, "reply-to")),
    subject: readSubject(header(headers, "subject")),
    text: body.text?.slice(0, MAX_TEXT).toWellFormed() ?? null,
    html: body.html?.slice(0, MAX_TEXT).toWellFormed() ?? null,
    attachments: files.map((part, index) => toAttachment(part, index + 1)),
    reports: files.flatMap(toReport),
  };
}

function readSubject(field: string | undefined): string {
  const subject = storableText(decodeWords((field ?? "").slice(0, 20_000)))
    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, " ")
    .trim();
  return subject.length <= MAX_SUBJECT ? subject : `${subject.slice(0, MAX_SUBJECT - 1).trimEnd()}…`.toWellFormed();
}

function readDate(field: string | undefined): Date | null {
  const date = new Date(
    (field ?? "")
      .slice(0, 200)
      .replace(/\([^()]*\)/g, "")
      .trim(),
  );
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 2100 ? date : null;
}

const REPORT_TYPES = /^(message\/(global-)?(delivery-status|disposition-notification|feedback-report|rfc822)|text\/rfc822-headers)/;
const MAX_REPORT = 64_000;

function toReport(part: Part): MailReport[] {
  if (!REPORT_TYPES.test(part.type.value)) return [];
  const bytes = part.content.subarray(0, MAX_REPORT);
  return [{ type: part.type.value, text: storableText(decodeCharset(bytes, part.type.parameters.get("charset"))) }];
}

/** The headers of a message that a report encloses. */
export function enclosedHeaders(report: MailReport): Header[] {
  return readHeaders(Buffer.from(report.text.split(/\n\n/)[0] ?? "", "utf8"));
}
