import { DEEPEST, isDeeperThan } from "../../platform/http/index.ts";
import { readCsvRecord } from "./csv-record.ts";

/** How a file is to be read. */
export interface Shape {
  format: "csv" | "ndjson";
  delimiter: string | null;
  /** How many fields a record of CSV has. */
  width: number;
}

/** Where in a file one is: the byte and the line at which the next record begins. */
export interface Place {
  position: number;
  line: number;
}

export interface FileRecord {
  line: number;
  /** CSV: its fields. NDJSON: the value of the line. Null when it cannot be read. */
  value: unknown;
  /** Why it cannot be read. */
  reason: string | null;
  /** As it stands in the file; long ones cut. */
  text: string;
  /** Where the next one begins. */
  next: Place;
}

/** No record is longer: what is, is a quote that was never closed, or no table at all. */
export const LONGEST = 1024 * 1024;
const NEWLINE = 0x0a;
const SHOWN = 2000;

/**
 * The records of a file from a place on, one after the other, with flat memory. A record that spoils others, by a quote
 * that is never closed, is refused as the one line in which it begins, and reading goes on in the next line.
 */
export async function* readRecords(chunks: AsyncIterable<Buffer>, from: Place, shape: Shape): AsyncGenerator<FileRecord> {
  let place = from;
  let bytes: Buffer = Buffer.alloc(0);
  const endless: Endless = { text: null, size: 0 };
  const iterator = chunks[Symbol.asyncIterator]();
  for (let isLast = false; ;) {
    let start = 0;
    while (start < bytes.length) {
      const read = endless.text === null ? readOne(bytes, start, shape, isLast) : null;
      if (read === null && bytes.length - start <= LONGEST && !isLast && endless.text === null) break;
      const one = read ?? firstLine(bytes, start);
      if (one.lines === 0 && !isLast) {
        endless.text ??= textOf(bytes, start, one.end);
        endless.size += one.end - start;
        start = one.end;
        break;
      }
      const next = { position: place.position + endless.size + one.end - start, line: place.line + one.lines };
      const { reason, text } = endless.text === null ? { reason: one.reason, text: textOf(bytes, start, one.end) } : tooLong(endless);
      if (!one.isBlank) yield { line: place.line, value: one.value, reason, text, next };
      start = one.end;
      place = next;
      Object.assign(endless, { text: null, size: 0 });
    }
    if (isLast) return;
    const chunk = await iterator.next();
    isLast = chunk.done === true;
    bytes = isLast ? bytes.subarray(start) : Buffer.concat([bytes.subarray(start), chunk.value ?? Buffer.alloc(0)]);
    if (isLast && bytes.length === 0 && endless.text !== null) {
      const next = { position: place.position + endless.size, line: place.line + 1 };
      yield { line: place.line, value: null, ...tooLong(endless), next };
    }
  }
}

/** A line without an end in sight: its beginning, and how much of it was dropped. */
interface Endless {
  text: string | null;
  size: number;
}

function tooLong({ text }: Endless): { reason: string; text: string } {
  return { reason: TOO_LONG, text: text ?? "" };
}

interface One {
  value: unknown;
  reason: string | null;
  isBlank: boolean;
  end: number;
  lines: number;
}

/** Null: it goes on beyond the bytes. */
function readOne(bytes: Buffer, start: number, shape: Shape, isLast: boolean): One | null {
  if (shape.format === "ndjson") return readJsonLine(bytes, start, isLast);
  const record = readCsvRecord(bytes, start, (shape.delimiter ?? ",").charCodeAt(0), isLast);
  if (record === null || record.end - start > LONGEST) return null;
  const { fields, end, lines } = record;
  // Spreadsheets end their tables with rows of nothing but delimiters.
  const isBlank = fields.every((field) => field === "");
  if (isBlank || fields.length === shape.width) return { value: fields, reason: null, isBlank, end, lines };
  if (lines > 1) return firstLine(bytes, start);
  const reason = `It has ${fields.length} ${fields.length === 1 ? "field" : "fields"}, and the heading has ${shape.width}.`;
  return { value: null, reason, isBlank, end, lines };
}

function readJsonLine(bytes: Buffer, start: number, isLast: boolean): One | null {
  const found = bytes.indexOf(NEWLINE, start);
  if (found === -1 && !isLast) return null;
  const end = found === -1 ? bytes.length : found + 1;
  if (end - start > LONGEST) return firstLine(bytes, start);
  const text = bytes.toString("utf8", start, end).trim();
  const one = { isBlank: text === "", end, lines: 1 };
  try {
    const value: unknown = text === "" ? null : JSON.parse(text);
    if (isDeeperThan(value, DEEPEST)) return { value: null, reason: `It is nested more than ${DEEPEST} levels deep.`, ...one };
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject || one.isBlank ? { value, reason: null, ...one } : { value: null, reason: "It is not a JSON object.", ...one };
  } catch {
    return { value: null, reason: "It is not JSON.", ...one };
  }
}

const TOO_LONG = "The line is longer than 1 MB.";

/** Only the line in which a record begins that has no end. Of one that is too long, what is there so far. */
function firstLine(bytes: Buffer, start: number): One {
  const found = bytes.indexOf(NEWLINE, start);
  const end = found === -1 ? bytes.length : found + 1;
  const isTooLong = found === -1 && end - start > LONGEST;
  const reason = isTooLong || end - start > LONGEST ? TOO_LONG : "A quote in this line is never closed.";
  return { value: null, reason, isBlank: false, end, lines: found === -1 ? 0 : 1 };
}

function textOf(bytes: Buffer, start: number, end: number): string {
  return bytes.toString("utf8", start, Math.min(end, start + SHOWN)).replace(/\r?\n$/, "");
}
