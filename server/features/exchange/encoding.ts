import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { invalid } from "../../platform/errors.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Enough to tell what a file is. */
const HEAD = 64 * 1024;

/** By its mark, by its zeros, and else by whether its lines are UTF-8; what is none of these was written by an old Windows program. */
export function encodingOf(head: Buffer, isWhole: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  for (const [index, byte] of head.subarray(0, 1000).entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 8 && odd > 2 * even && head.length > 3) return "utf-16le";
  if (even > head.length / 8 && even > 2 * odd && head.length > 3) return "utf-16be";
  return isUtf8(isWhole ? head : head.subarray(0, endOfWhole(head))) ? "utf-8" : "windows-1252";
}

/** Up to where no line, or at least no character, is cut in two. */
function endOfWhole(bytes: Buffer): number {
  const lines = bytes.lastIndexOf(NEWLINE) + 1;
  if (lines > 0) return lines;
  const cut = [0, 1, 2, 3].find((each) => isUtf8(bytes.subarray(0, bytes.length - each)));
  return bytes.length - (cut ?? 0);
}

const NEWLINE = 10;

/**
 * Passes UTF-8 on as it is. A line that is none was written by an old Windows program: such names stand deep in files
 * whose beginning shows nothing of it.
 */
class LineDecoder {
  #rest: Buffer = Buffer.alloc(0);

  take(bytes: Buffer): Buffer {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const isLong = all.length >= HEAD && !all.includes(NEWLINE);
    const end = isLong ? endOfWhole(all) : all.lastIndexOf(NEWLINE) + 1;
    this.#rest = all.subarray(end);
    return inUtf8(all.subarray(0, end));
  }

  end(): Buffer {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return inUtf8(rest);
  }
}

export interface Normalised {
  encoding: Encoding;
  /** The beginning of the text, in UTF-8. */
  head: Buffer;
  /** UTF-8 without a mark, after a line that no other file has. */
  content: AsyncGenerator<Buffer>;
}

/** Bytes before a kept file's own text. The name of a file is its content's: with a line of its own, it can be removed alone. */
export const START = 33;

/** Reads the beginning of an upload and passes all of it on as UTF-8; never more than a chunk is in memory. */
export async function normalise(upload: Readable): Promise<Normalised> {
  const chunks = chunksOf(upload);
  const first: Buffer[] = [];
  let size = 0;
  let next = await chunks.next();
  for (; next.done !== true && size < HEAD; next = await chunks.next()) {
    first.push(next.value);
    size += next.value.length;
  }
  const isWhole = next.done === true;
  const start = Buffer.concat(first);
  refuseArchives(start);
  const encoding = encodingOf(start.subarray(0, HEAD), isWhole);
  const decoder = endsInReturns(start.subarray(0, HEAD), isWhole) ? withNewlines(decoderOf(encoding)) : decoderOf(encoding);
  const head = Buffer.concat([decoder.take(withoutMark(start)), ...(isWhole ? [decoder.end()] : [])]);
  return { encoding, head, content: contentOf(head, next.done === true ? null : next.value, chunks, decoder) };
}

interface Decoder {
  take(bytes: Buffer): Buffer;
  end(): Buffer;
}

function decoderOf(encoding: Encoding): Decoder {
  if (encoding === "utf-8" || encoding === "windows-1252") return new LineDecoder();
  const decoder = new TextDecoder(encoding);
  return {
    take: (bytes) => Buffer.from(decoder.decode(bytes, { stream: true })),
    end: () => Buffer.from(decoder.decode(Buffer.alloc(0))),
  };
}

/** Spreadsheets of old Macintoshes end lines with a carriage return alone. */
function endsInReturns(head: Buffer, isWhole: boolean): boolean {
  return !head.includes(NEWLINE) && head.subarray(0, isWhole ? undefined : -1).includes(RETURN);
}

function withNewlines(decoder: Decoder): Decoder {
  const replaced = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    for (let at = copy.indexOf(RETURN); at !== -1; at = copy.indexOf(RETURN, at + 1)) copy[at] = NEWLINE;
    return copy;
  };
  return { take: (bytes) => replaced(decoder.take(bytes)), end: () => replaced(decoder.end()) };
}

const RETURN = 13;

/** A line that is no UTF-8 is read as Windows-1252, the others as they are. */
function inUtf8(bytes: Buffer): Buffer {
  if (isUtf8(bytes)) return bytes;
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, from);
    const end = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.subarray(from, end);
    lines.push(isUtf8(line) ? line : Buffer.from(windows.decode(line)));
    from = end;
  }
  return Buffer.concat(lines);
}

const windows = new TextDecoder("windows-1252");

async function* contentOf(head: Buffer, next: Buffer | null, rest: AsyncGenerator<Buffer>, decoder: Decoder): AsyncGenerator<Buffer> {
  yield Buffer.from(`${randomBytes(16).toString("hex")}\n`);
  yield head;
  if (next !== null) yield decoder.take(next);
  for await (const chunk of rest) yield decoder.take(chunk);
  yield decoder.end();
}

async function* chunksOf(upload: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of upload) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function refuseArchives(head: Buffer): void {
  if (head.subarray(0, 4).toString("latin1") === "PK\u0003\u0004")
    throw invalid("This is an Excel or zip file. Save the table as CSV (UTF-8), and send that.");
  if (head[0] === 0x1f && head[1] === 0x8b) throw invalid("This file is compressed. Unpack it, and send what is in it.");
}
