import { normaliseAddress } from "../mime/addresses.ts";
import { header } from "../mime/headers.ts";
import type { ParsedMail } from "../parse-mail.ts";
import { BOUNCE_BODY, BOUNCE_SUBJECT, COPY_BEGINS, DAEMON, DAEMON_NAME } from "./bounce-words.ts";
import type { RecipientReport } from "./delivery-report.ts";

const READ_AT_MOST = 20_000;

/**
 * True when a mail server sent this back without a report that a machine could read (qmail, exim, exchange and others).
 * A customer who forwards or quotes a bounce has their own address as sender, so words alone never decide.
 */
export function isServerBounce(mail: ParsedMail): boolean {
  if (header(mail.headers, "x-failed-recipients") !== undefined) return true;
  const subject = BOUNCE_SUBJECT.test(mail.subject.slice(0, 300));
  const body = BOUNCE_BODY.test(bodyText(mail));
  if (sentByServer(mail) || mail.from === null) return subject || body;
  if (isUnattended(mail)) return /could not be delivered to:?\s*<[^<>\s]+@/i.test(bodyText(mail));
  return hasEmptyReturnPath(mail) && subject && body;
}

/** True when the sender is a mail server by its address or name. */
export function sentByServer(mail: ParsedMail): boolean {
  if (mail.from === null) return false;
  return DAEMON.test(localPart(mail.from.address)) || DAEMON_NAME.test(mail.from.name);
}

function isUnattended(mail: ParsedMail): boolean {
  return /^(no|do-?not)[-_.]?reply/i.test(localPart(mail.from?.address ?? ""));
}

function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf("@"));
}

function hasEmptyReturnPath(mail: ParsedMail): boolean {
  return /^<\s*>$/.test(header(mail.headers, "return-path")?.trim() ?? "");
}

/** What can be told of the recipients from the words of the bounce: often one, sometimes without an address. */
export function readServerBounce(mail: ParsedMail): RecipientReport[] {
  const text = ownWords(bodyText(mail));
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? null;
  const diagnostic = diagnosticLine(text);
  const action = isDelay(mail, text, status) ? "delayed" : "failed";
  const addresses = failedAddresses(mail, text);
  if (addresses.length === 0) return [{ address: null, action, status, diagnostic }];
  return addresses.map((address) => ({ address, action, status, diagnostic }));
}

/** The Message-ID of the message that came back, when its headers stand in the text. */
export function returnedMessageId(mail: ParsedMail): string | null {
  const text = bodyText(mail);
  return /^[\s>|]*message-id:\s*<([^<>\s]{1,500})>/im.exec(text)?.[1] ?? null;
}

function bodyText(mail: ParsedMail): string {
  return (mail.text ?? mail.html ?? "").slice(0, READ_AT_MOST);
}

function ownWords(text: string): string {
  const copy = COPY_BEGINS.exec(text);
  return copy === null || copy.index === 0 ? text : text.slice(0, copy.index);
}

function failedAddresses(mail: ParsedMail, text: string): string[] {
  const named = (header(mail.headers, "x-failed-recipients") ?? "").split(",");
  const written = [
    ...text.matchAll(/^[ \t]*(?:to:?|recipient:?|user:?|address:?)?[ \t]*<?([^\s<>()[\],;:"]{1,64}@[^\s<>()[\],;:"]{1,255})>?/gim),
    ...text.matchAll(/<([^\s<>]{1,64}@[^\s<>]{1,255})>/g),
  ].map((match) => match[1] ?? "");
  const own = new Set([...mail.to, ...(mail.from === null ? [] : [mail.from])].map((each) => each.address.toLowerCase()));
  const usable = (list: string[]): string[] =>
    [...new Set(list.map(normaliseAddress).filter((each) => each !== null && !own.has(each.toLowerCase())))].filter(
      (each) => each !== null,
    );
  const failed = usable(named);
  return (failed.length > 0 ? failed : usable(written).slice(0, 1)).slice(0, 100);
}

function diagnosticLine(text: string): string | null {
  const lines = text.split("\n").map((line) => line.trim());
  const line = lines.find((each) => /\b[45]\d\d[ -]|\b[45]\.\d\.\d/.test(each)) ?? lines.find((each) => BOUNCE_BODY.test(each));
  return line === undefined || line === "" ? null : line.slice(0, 1_000);
}

function isDelay(mail: ParsedMail, text: string, status: string | null): boolean {
  if (status !== null) return status.startsWith("4") && !/permanent|giving up|given up|returned/i.test(text);
  return /delayed|warning: (could not|message)/i.test(mail.subject) || /will (keep trying|be retried|continue)/i.test(text);
}
