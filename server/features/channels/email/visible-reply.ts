import { attributionLength } from "./reply/attribution.ts";
import { beginsHeaderBlock, isBanner, isRule } from "./reply/header-block.ts";
import { isClosing, isExactDelimiter, isSentFrom, opensSignature, readsLikeSignature } from "./reply/signature.ts";
import { htmlToText } from "./html-to-text.ts";

type Kind = "reply" | "quote" | "signature";

/**
 * What a customer wrote now, apart from what they quote. Nothing is lost: `whole` has every line, and `parts` in order
 * make up `whole` again.
 */
export interface VisibleReply {
  /** The words themselves, without quotes and signature. Answers between quoted lines keep those lines. */
  visible: string;
  /** The same with its signature. */
  withSignature: string;
  whole: string;
  parts: { kind: Kind; text: string }[];
}

/** Separates the reply in a mail; its plain text is read, or its HTML when there is no text. */
export function visibleReply(body: { text: string | null; html: string | null }): VisibleReply {
  const plain = body.text !== null && body.text.trim() !== "" ? body.text : htmlToText(body.html ?? "");
  return separate(plain.replace(/\r\n?/g, "\n"));
}

function separate(whole: string): VisibleReply {
  const lines = whole.split("\n");
  const kinds = markLines(lines);
  return {
    visible: assemble(lines, kinds, ["reply"]) || assemble(lines, kinds, ["reply", "quote"]) || whole.trim(),
    withSignature: assemble(lines, kinds, ["reply", "signature"]) || whole.trim(),
    whole,
    parts: groupLines(lines, kinds),
  };
}

/** Decides for each line what it is, reading downward. */
function markLines(lines: string[]): Kind[] {
  const kinds: Kind[] = lines.map((line, index) => (isQuoted(lines, index, line) ? "quote" : "reply"));
  const openings = lines.map((_, at) => (kinds[at] === "quote" ? 0 : openingLength(lines, at)));
  const nextQuote = findNextQuotes(kinds, openings);
  let wroteSomething = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (kinds[at] === "quote" || line.trim() === "") continue;
    const opening = openings[at] ?? 0;
    if (opening > 0) {
      if (!leadsToQuote(kinds, lines, at + opening)) return fill(kinds, at, lines.length, "quote");
      fill(kinds, at, at + opening, "quote");
      at += opening - 1;
      continue;
    }
    const end = signatureEnd(lines, nextQuote, at);
    if (end > at) {
      fill(kinds, at, end, "signature");
      if (isSentFrom(line) && wroteSomething) return hideUnmarkedQuote(lines, kinds, end);
      at = end - 1;
      continue;
    }
    wroteSomething ||= !isRule(line);
  }
  return kinds;
}

/** Led by ">", or the rest of such a line that a program wrapped without leading it again. */
function isQuoted(lines: string[], index: number, line: string): boolean {
  if (/^\s{0,3}>/.test(line)) return true;
  const before = lines[index - 1] ?? "";
  return before.startsWith(">") && before.length >= 60 && /^\p{Ll}/u.test(line);
}

/** How many lines open a quote here; Infinity when all that follows is quoted, 0 when no quote opens. */
function openingLength(lines: string[], at: number): number {
  const line = lines[at] ?? "";
  if (line.trim() === "") return 0;
  return isBanner(line) || beginsHeaderBlock(lines, at) ? Number.POSITIVE_INFINITY : attributionLength(lines, at);
}

/** For each line, where the next quote begins from there on. */
function findNextQuotes(kinds: Kind[], openings: number[]): Int32Array {
  const next = new Int32Array(kinds.length + 1).fill(kinds.length);
  for (let at = kinds.length - 1; at >= 0; at--) {
    next[at] = kinds[at] === "quote" || (openings[at] ?? 0) > 0 ? at : (next[at + 1] ?? kinds.length);
  }
  return next;
}

function leadsToQuote(kinds: Kind[], lines: string[], from: number): boolean {
  let next = from;
  while (next < lines.length && (lines[next] ?? "").trim() === "") next++;
  return next < lines.length && kinds[next] === "quote";
}

/** Where the signature that begins at `at` ends; `at` itself when none begins there. */
function signatureEnd(lines: string[], nextQuote: Int32Array, at: number): number {
  const line = lines[at] ?? "";
  if (isSentFrom(line)) return at + 1;
  if (!opensSignature(line) && !isClosing(line)) return at;
  const end = nextQuote[at + 1] ?? lines.length;
  return isExactDelimiter(line) || readsLikeSignature(lines, at + 1, end) ? end : at;
}

/** Phones put the old message below "Sent from my phone" with no mark at all. */
function hideUnmarkedQuote(lines: string[], kinds: Kind[], from: number): Kind[] {
  const postscript = lines.findIndex((line, index) => index >= from && /^\s*p\.?\s?s\b/iu.test(line));
  return postscript < 0 ? fill(kinds, from, lines.length, "quote") : kinds;
}

function fill(kinds: Kind[], from: number, to: number, kind: Kind): Kind[] {
  return kinds.fill(kind, from, to);
}

function assemble(lines: string[], kinds: Kind[], wanted: Kind[]): string {
  const answersBetween = isInterleaved(lines, kinds);
  const last = kinds.lastIndexOf("reply");
  const kept = lines.filter((line, at) => {
    const kind = kinds[at] ?? "reply";
    if (answersBetween && kind === "quote") return at < last && /^\s{0,3}>/.test(line);
    return wanted.includes(kind);
  });
  return trimRules(kept.map((line) => line.trimEnd()));
}

/** Two answers or more that each follow quoted lines: without those lines they would make no sense. */
function isInterleaved(lines: string[], kinds: Kind[]): boolean {
  let answers = 0;
  let afterQuote = false;
  lines.forEach((line, at) => {
    if (line.trim() === "") return;
    if (kinds[at] === "reply" && afterQuote && !isRule(line)) answers++;
    afterQuote = kinds[at] === "quote";
  });
  return answers >= 2;
}

/** Rules and empty lines at the end divide the reply from what is no longer there. */
function trimRules(lines: string[]): string {
  let end = lines.length;
  while (end > 0 && ((lines[end - 1] ?? "") === "" || isRule(lines[end - 1] ?? ""))) end--;
  return lines.slice(0, end).join("\n").replace(/^\n+/, "").trimEnd();
}

function groupLines(lines: string[], kinds: Kind[]): { kind: Kind; text: string }[] {
  const parts: { kind: Kind; lines: string[] }[] = [];
  lines.forEach((line, at) => {
    const kind = kinds[at] ?? "reply";
    const open = parts.at(-1);
    if (open?.kind === kind) open.lines.push(line);
    else parts.push({ kind, lines: [line] });
  });
  return parts.map((part) => ({ kind: part.kind, text: part.lines.join("\n") }));
}
