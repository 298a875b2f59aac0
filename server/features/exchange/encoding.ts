import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { invalid } from "../../platform/errors.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Enough to tell what a file is. */
const HEAD = 64 * 1024;

/** By its mark, by its zeros, and else by whether it is UTF-8; what is none of these was written by an old Windows program. */
export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  for (const [index, byte] of head.subarray(0, 1000).entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 8 && odd > 2 * even && head.length > 3) return "utf-16le";
  if (even > head.length / 8 && even > 2 * odd && head.length > 3) return "utf-16be";
  // A character may have been cut in two at the end.
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut))) ? "utf-8" : "windows-1252";
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
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    first.push(next.value);
    size += next.value.length;
    if (size >= HEAD) break;
  }
  const start = Buffer.concat(first);
  refuseArchives(start);
  const encoding = encodingOf(start.subarray(0, HEAD));
  const decoder = new TextDecoder(encoding, { fatal: false });
  const decode = (bytes: Buffer, stream: boolean): Buffer =>
    encoding === "utf-8" ? bytes : Buffer.from(decoder.decode(bytes, { stream }));
  const head = encoding === "utf-8" ? withoutMark(start) : decode(start, true);
  return { encoding, head, content: contentOf(head, chunks, decode) };
}

async function* contentOf(
  head: Buffer,
  rest: AsyncGenerator<Buffer>,
  decode: (bytes: Buffer, stream: boolean) => Buffer,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`${randomBytes(16).toString("hex")}\n`);
  yield head;
  for await (const chunk of rest) yield decode(chunk, true);
  const last = decode(Buffer.alloc(0), false);
  if (last.length > 0) yield last;
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
