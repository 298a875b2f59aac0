import { normaliseAddress } from "../mime/addresses.ts";
import type { ParsedMail } from "../parse-mail.ts";
import type { RecipientReport } from "./delivery-report.ts";

type Json = Record<string, unknown>;

/** Reads a notification that Amazon SES sent through SNS as a mail, or null when the mail is none. */
export function readSesNotice(mail: ParsedMail): { recipients: RecipientReport[]; messageId: string | null } | null {
  if (!/@sns\.amazonaws\.com$|@amazonses\.com$/i.test(mail.from?.address ?? "")) return null;
  const outer = firstJson(mail.text ?? "");
  const notice = typeof outer?.["Message"] === "string" ? firstJson(outer["Message"]) : outer;
  const kind = notice?.["notificationType"] ?? notice?.["eventType"];
  if (notice === null || notice === undefined || typeof kind !== "string") return null;
  const details = record(notice[kind.toLowerCase()]);
  const recipients = list(details["bouncedRecipients"] ?? details["complainedRecipients"] ?? details["recipients"]);
  return { recipients: recipients.map((each) => toRecipient(each, kind, details)), messageId: originalId(record(notice["mail"])) };
}

function toRecipient(entry: unknown, kind: string, details: Json): RecipientReport {
  const fields = typeof entry === "string" ? { emailAddress: entry } : record(entry);
  const address = fields["emailAddress"];
  const status = fields["status"];
  const diagnostic = fields["diagnosticCode"];
  const delivered = kind === "Delivery";
  return {
    address: typeof address === "string" ? normaliseAddress(address) : null,
    action: delivered ? "delivered" : details["bounceType"] === "Transient" ? "delayed" : "failed",
    status: typeof status === "string" ? status : null,
    diagnostic: typeof diagnostic === "string" ? diagnostic.slice(0, 1_000) : null,
  };
}

function originalId(mail: Json): string | null {
  const headers = record(mail["commonHeaders"]);
  const id = headers["messageId"] ?? mail["messageId"];
  return typeof id === "string" ? id.replace(/^<|>$/g, "") : null;
}

/** The object in the text; on its way it may have been wrapped, and SNS adds a footer. */
function firstJson(mailText: string): Json | null {
  const start = mailText.trimStart();
  const footer = start.search(/\n--\s*\n/);
  for (const text of [start, footer < 0 ? start : start.slice(0, footer)]) {
    try {
      return record(JSON.parse(text.replaceAll("\n", "")));
    } catch {
      continue;
    }
  }
  return null;
}

function record(value: unknown): Json {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
