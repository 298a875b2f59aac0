import { decodeCharset } from "./decode-charset.ts";
import { decodeQuotedPrintable } from "./decode-transfer.ts";

const ENCODED_WORD = /=\?([^?\s]{1,60})\?([bqBQ])\?([^?]*)\?=/g;
const BLANK_BETWEEN_WORDS = /(=\?[^?\s]{1,60}\?[bqBQ]\?[^?]*\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bqBQ]\?)/g;

/**
 * Decodes the encoded words of a header (RFC 2047, and language tags of RFC 2231).
 * Neighbouring words of one charset are joined before decoding, since many senders cut within a character.
 */
export function decodeWords(value: string): string {
  if (!value.includes("=?")) return value;
  const joined = value.replace(BLANK_BETWEEN_WORDS, "$1");
  let decoded = "";
  let at = 0;
  let run: Run | undefined;
  for (const match of joined.matchAll(ENCODED_WORD)) {
    const [word, label = "", encoding = "", content = ""] = match;
    const charset = (label.split("*")[0] ?? "").toLowerCase();
    const between = joined.slice(at, match.index);
    const bytes = decodeWord(encoding, content);
    if (run !== undefined && between === "" && run.charset === charset) {
      run.chunks.push(bytes);
    } else {
      decoded += finish(run) + between;
      run = { charset, chunks: [bytes] };
    }
    at = match.index + word.length;
  }
  return decoded + finish(run) + joined.slice(at);
}

interface Run {
  charset: string;
  chunks: Buffer[];
}

function finish(run: Run | undefined): string {
  return run === undefined ? "" : decodeCharset(Buffer.concat(run.chunks), run.charset);
}

function decodeWord(encoding: string, content: string): Buffer {
  if (encoding.toLowerCase() === "b") return Buffer.from(content, "base64");
  return decodeQuotedPrintable(Buffer.from(content.replaceAll("_", " "), "latin1"));
}
