import { normaliseAddress } from "../mime/addresses.ts";
import { header, headerValues, messageIds } from "../mime/headers.ts";
import { enclosedHeaders, type MailReport, type ParsedMail } from "../parse-mail.ts";
import { readFields } from "./delivery-report.ts";

/** A recipient told their provider that a message of ours is unwanted (RFC 5965). */
export interface ComplaintFacts {
  /** "abuse", "opt-out", "not-spam", "auth-failure", … as the report says it. */
  feedbackType: string;
  recipient: string | null;
  originalMessageId: string | null;
}

/** Reads a complaint, or null when the mail is none. */
export function readComplaint(mail: ParsedMail): ComplaintFacts | null {
  const feedback = mail.reports.find((report) => report.type === "message/feedback-report");
  const declared = /report-type="?feedback-report/i.test(header(mail.headers, "content-type") ?? "");
  if (feedback === undefined && !declared && !isOldFeedback(mail)) return null;
  const fields = readFields(feedback?.text ?? "");
  const enclosed = mail.reports
    .filter((report) => report !== feedback)
    .map(enclosedHeaders)
    .flat();
  const recipient = fields.get("original-rcpt-to") ?? header(mail.headers, "x-hmxmroriginalrecipient") ?? header(enclosed, "to");
  return {
    feedbackType: (fields.get("feedback-type") ?? "abuse").toLowerCase().slice(0, 40),
    recipient: recipient === undefined ? null : normaliseAddress(recipient.replace(/^.*<|>.*$/g, "").trim()),
    originalMessageId: enclosedMessageId(mail.reports),
  };
}

/** Microsoft's and others' reports from before RFC 5965. */
function isOldFeedback(mail: ParsedMail): boolean {
  if (header(mail.headers, "x-hmxmroriginalrecipient") !== undefined) return true;
  return /^staff@hotmail\.com$/i.test(mail.from?.address ?? "") && /^complaint about message from/i.test(mail.subject);
}

/** The Message-ID of the message that a report encloses. */
export function enclosedMessageId(reports: readonly MailReport[]): string | null {
  for (const report of reports) {
    if (!/rfc822/.test(report.type)) continue;
    const id = messageIds(headerValues(enclosedHeaders(report), "message-id"))[0];
    if (id !== undefined) return id;
  }
  return null;
}
