import { normaliseAddress } from "../mime/addresses.ts";
import type { MailReport } from "../parse-mail.ts";

/** What a report says of one recipient (RFC 3464). `status` is an enhanced status code (RFC 3463), such as "5.1.1". */
export interface RecipientReport {
  address: string | null;
  action: "failed" | "delayed" | "delivered" | "relayed" | "expanded";
  status: string | null;
  diagnostic: string | null;
}

const MAX_RECIPIENTS = 100;

/** Reads the message/delivery-status parts of a report, one entry for each recipient. */
export function readDeliveryReports(reports: readonly MailReport[]): RecipientReport[] {
  return reports
    .filter((report) => report.type.endsWith("delivery-status"))
    .flatMap((report) => report.text.split(/\n[ \t]*\n/).map(readFields))
    .filter((fields) => fields.has("final-recipient") || fields.has("original-recipient") || fields.has("action"))
    .slice(0, MAX_RECIPIENTS)
    .map(toRecipient);
}

/** The fields of one block of a report: names in lower case, folded lines joined. */
export function readFields(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
    const [, name, value] = /^([A-Za-z0-9-]{1,80})\s*:\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value?.trim() ?? "");
  }
  return fields;
}

function toRecipient(fields: Map<string, string>): RecipientReport {
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0] ?? null;
  const diagnostic = fields.get("diagnostic-code")?.replace(/^[\w-]+\s*;\s*/, "") ?? null;
  return {
    address: recipientAddress(fields.get("original-recipient")) ?? recipientAddress(fields.get("final-recipient")),
    action: readAction(fields.get("action"), status),
    status,
    diagnostic: diagnostic === null || diagnostic === "" ? null : diagnostic.slice(0, 1_000),
  };
}

/** `rfc822; ada@example.org`, as the field gives it. */
function recipientAddress(field: string | undefined): string | null {
  if (field === undefined) return null;
  const address = field.includes(";") ? field.slice(field.indexOf(";") + 1) : field;
  return normaliseAddress(address.trim().replace(/^<|>$/g, ""));
}

function readAction(field: string | undefined, status: string | null): RecipientReport["action"] {
  const word = /^(failed|delayed|delivered|relayed|expanded)/.exec((field ?? "").toLowerCase())?.[1];
  if (word === "delayed" || word === "delivered" || word === "relayed" || word === "expanded") return word;
  if (word === undefined && status?.startsWith("2")) return "delivered";
  if (word === undefined && status?.startsWith("4")) return "delayed";
  return "failed";
}
