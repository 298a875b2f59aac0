import { whyAutomatic, whyList } from "./classify/automatic.ts";
import { enclosedMessageId, readComplaint, type ComplaintFacts } from "./classify/complaint.ts";
import { readDeliveryReports, type RecipientReport } from "./classify/delivery-report.ts";
import { readSesNotice } from "./classify/ses-notice.ts";
import { isServerBounce, readServerBounce, returnedMessageId, sentByServer } from "./classify/server-bounce.ts";
import type { ParsedMail } from "./parse-mail.ts";

export type MailClass = "customer" | "bounce" | "complaint" | "auto-reply" | "mailing-list";

/** A message of ours came back, or a server tells what became of it. */
export interface BounceFacts {
  recipients: RecipientReport[];
  /** True when trying again is of no use (a status of class 5, RFC 3463). */
  permanent: boolean;
  originalMessageId: string | null;
}

/** What kind of mail this is, why we think so, and what its report says. */
export interface MailClassification {
  class: MailClass;
  why: string;
  bounce: BounceFacts | null;
  complaint: ComplaintFacts | null;
}

/** Tells a customer's words from what servers, programs and lists send. When in doubt it is a customer. */
export function classifyMail(mail: ParsedMail): MailClassification {
  const complaint = readComplaint(mail);
  if (complaint !== null) return { class: "complaint", why: "A feedback report (RFC 5965)", bounce: null, complaint };

  const bounce = readBounce(mail) ?? readProviderNotice(mail);
  if (bounce !== null) return { class: "bounce", why: bounce.why, bounce: bounce.facts, complaint: null };

  const automatic = whyAutomatic(mail);
  if (automatic !== null) return { class: "auto-reply", why: automatic, bounce: null, complaint: null };
  if (sentByServer(mail)) return { class: "auto-reply", why: "Its sender is a mail server", bounce: null, complaint: null };

  const list = whyList(mail);
  if (list !== null) return { class: "mailing-list", why: list, bounce: null, complaint: null };
  return { class: "customer", why: "Nothing speaks against it", bounce: null, complaint: null };
}

function readBounce(mail: ParsedMail): { why: string; facts: BounceFacts } | null {
  const reported = readDeliveryReports(mail.reports);
  if (reported.length > 0) return { why: "A delivery report (RFC 3464)", facts: facts(mail, reported) };
  if (isServerBounce(mail)) return { why: "A mail server returned it", facts: facts(mail, readServerBounce(mail)) };
  return null;
}

/** Amazon SES tells of bounces and complaints by a notification in JSON, which may come by mail. */
function readProviderNotice(mail: ParsedMail): { why: string; facts: BounceFacts } | null {
  const notice = readSesNotice(mail);
  if (notice === null) return null;
  return { why: "A notification of Amazon SES", facts: { ...facts(mail, notice.recipients), originalMessageId: notice.messageId } };
}

function facts(mail: ParsedMail, recipients: RecipientReport[]): BounceFacts {
  const failed = recipients.filter((each) => each.action === "failed");
  return {
    recipients,
    permanent: failed.some((each) => !each.status?.startsWith("4")),
    originalMessageId: enclosedMessageId(mail.reports) ?? returnedMessageId(mail),
  };
}
