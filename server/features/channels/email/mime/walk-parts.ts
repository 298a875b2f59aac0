import { decodeTransfer } from "./decode-transfer.ts";
import { header, readHeaders, type Header } from "./headers.ts";
import { readStructured, type StructuredValue } from "./parameters.ts";

/** One node of a mail's tree. `children` is empty unless the part is a multipart that could be split. */
export interface Part {
  headers: Header[];
  type: StructuredValue;
  disposition: StructuredValue;
  /** The body, its transfer encoding undone; empty for a multipart. */
  content: Buffer;
  children: Part[];
}

export interface WalkLimits {
  parts: number;
  nesting: number;
}

/** A limit was passed; the message is set aside with this reason. */
export class LimitPassed extends Error {}

/** Splits a message into its parts (RFC 2046). Throws LimitPassed when there are too many or they nest too deeply. */
export function walkParts(raw: Buffer, limits: WalkLimits): Part {
  const count = { left: limits.parts };
  return walk(raw, 1, "text/plain", { limits, count });
}

interface Walk {
  limits: WalkLimits;
  count: { left: number };
}

function walk(bytes: Buffer, depth: number, defaultType: string, state: Walk): Part {
  if (--state.count.left < 0) throw new LimitPassed(`It has more than ${state.limits.parts} parts.`);
  if (depth > state.limits.nesting) throw new LimitPassed(`Its parts nest more than ${state.limits.nesting} deep.`);
  const { head, body } = splitHead(bytes);
  const headers = readHeaders(head);
  const type = contentType(header(headers, "content-type"), defaultType);
  const part = { headers, type, disposition: readStructured(header(headers, "content-disposition")) };
  const boundary = type.value.startsWith("multipart/") ? type.parameters.get("boundary") : undefined;
  const sections = boundary ? splitAtBoundary(body, boundary, state.limits.parts) : [];
  if (sections.length > 0) {
    const childType = type.value === "multipart/digest" ? "message/rfc822" : "text/plain";
    return { ...part, content: Buffer.alloc(0), children: sections.map((each) => walk(each, depth + 1, childType, state)) };
  }
  const content = decodeTransfer(body, header(headers, "content-transfer-encoding"));
  return { ...part, type: unsplittable(type), content, children: [] };
}

/** Finds the empty line that ends the headers. A mailbox's "From " line before them is dropped. */
function splitHead(bytes: Buffer): { head: Buffer; body: Buffer } {
  const start = bytes.subarray(0, 5).toString("latin1") === "From " ? bytes.indexOf(0x0a) + 1 : 0;
  if (bytes[start] === 0x0a) return { head: Buffer.alloc(0), body: bytes.subarray(start + 1) };
  if (bytes[start] === 0x0d && bytes[start + 1] === 0x0a) return { head: Buffer.alloc(0), body: bytes.subarray(start + 2) };
  const ends = ["\r\n\r\n", "\n\n", "\n\r\n"].map((mark) => ({ at: bytes.indexOf(mark, start, "latin1"), length: mark.length }));
  const found = ends.filter((each) => each.at >= 0).toSorted((a, b) => a.at - b.at)[0];
  if (found === undefined) return { head: bytes.subarray(start), body: Buffer.alloc(0) };
  return { head: bytes.subarray(start, found.at), body: bytes.subarray(found.at + found.length) };
}

function contentType(field: string | undefined, fallback: string): StructuredValue {
  const type = readStructured(field);
  if (/^[^\s/]+\/[^\s/]+$/.test(type.value)) return type;
  return { value: /^(text\/?)?html/.test(type.value) ? "text/html" : fallback, parameters: type.parameters };
}

/** A multipart without a usable boundary is shown as text rather than lost. */
function unsplittable(type: StructuredValue): StructuredValue {
  return type.value.startsWith("multipart/") ? { value: "text/plain", parameters: type.parameters } : type;
}

/** The sections between boundary lines. A missing end is forgiven; what stands before the first line is left out. */
function splitAtBoundary(body: Buffer, boundary: string, most: number): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`, "utf8");
  const sections: Buffer[] = [];
  let open = -1;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    const line = delimiterLine(body, at, delimiter.length);
    if (line === null) continue;
    if (open >= 0) sections.push(body.subarray(open, Math.max(open, line.before)));
    open = line.closes ? -1 : line.after;
    if (line.closes || sections.length > most) break;
  }
  if (open >= 0) sections.push(body.subarray(open));
  return sections;
}

/** Line ends, blanks and the dash of a closing delimiter. */
const AFTER_DELIMITER = new Set([0x0a, 0x0d, 0x20, 0x09, 0x2d]);

function delimiterLine(body: Buffer, at: number, length: number): { before: number; after: number; closes: boolean } | null {
  const next = body[at + length];
  if ((at > 0 && body[at - 1] !== 0x0a) || (next !== undefined && !AFTER_DELIMITER.has(next))) return null;
  const newline = body.indexOf(0x0a, at);
  const end = newline < 0 ? body.length : newline + 1;
  const rest = body
    .subarray(at + length, Math.min(end, at + length + 200))
    .toString("latin1")
    .trim();
  if (rest !== "" && rest !== "--") return null;
  const crlf = at >= 2 && body[at - 2] === 0x0d ? 2 : 1;
  return { before: at - Math.min(crlf, at), after: end, closes: rest === "--" };
}
