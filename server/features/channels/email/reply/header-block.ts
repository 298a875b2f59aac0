import { DATE, FORWARDED, FROM, MESSAGE, OTHER_LABEL, SENT, SUBJECT, TO } from "./words.ts";

type Label = "from" | "sent" | "date" | "to" | "subject" | "other";

const LABELS: [Label, RegExp][] = [
  ["from", labelled(FROM)],
  ["sent", labelled(SENT)],
  ["date", labelled(DATE)],
  ["to", labelled(TO)],
  ["subject", labelled(SUBJECT)],
  ["other", labelled(OTHER_LABEL)],
];
const MAX_LINES = 12;
const MAX_WRAPPED = 3;

function labelled(words: string): RegExp {
  return new RegExp(`^\\s*\\*?(?:${words})\\s?\\*?\\s?[:：]`, "iu");
}

/**
 * True when the headers of a quoted message begin at `start` ("From: … Sent: … Subject: …").
 * A sender alone could be a customer's list ("From: Berlin, To: Bonn, Date: 3 May"), so it takes an address, a subject or the word "sent" as well.
 */
export function beginsHeaderBlock(lines: readonly string[], start: number): boolean {
  if (labelOf(lines[start] ?? "") === null) return false;
  const seen = new Set<Label>();
  let sender = "";
  let wrapped = 0;
  let current: Label | null = null;
  for (const line of lines.slice(start, start + MAX_LINES)) {
    if (line.trim() === "") break;
    const label = labelOf(line);
    wrapped = label === null ? wrapped + 1 : 0;
    if (wrapped > MAX_WRAPPED) break;
    current = label ?? current;
    if (label !== null) seen.add(label);
    if (current === "from") sender += line;
  }
  if (!seen.has("from")) return false;
  if (seen.has("subject")) return seen.size >= 3 || sender.includes("@");
  if (sender.includes("@")) return seen.has("sent") || seen.has("date") || seen.has("to");
  return seen.has("sent") && seen.has("to");
}

function labelOf(line: string): Label | null {
  if (line.length > 1_000) return null;
  return LABELS.find(([, pattern]) => pattern.test(line))?.[0] ?? null;
}

const BANNER = new RegExp(`^\\s*[-_=*]{2,}\\s*[^-_=*]{0,40}(?:${MESSAGE})[^-_=]{0,60}[-_=*]{2,}\\s*$`, "iu");
const OPENS_FORWARD = new RegExp(`^\\s*(?:${FORWARDED})\\s*:?\\s*$`, "iu");
const REPLY_ABOVE = /^\W{0,10}(?:please )?(?:type|write|reply|add)\b.{0,30}\babove this line\b/iu;

/** True for a line such as "-----Original Message-----", after which everything is quoted. */
export function isBanner(line: string): boolean {
  return line.length <= 200 && (BANNER.test(line) || OPENS_FORWARD.test(line) || REPLY_ABOVE.test(line));
}

/** True for a line that only divides: dashes, underscores, equals signs. */
export function isRule(line: string): boolean {
  return /^\s*(?:[-_=*~#—]\s?){2,200}$/u.test(line);
}
