/**
 * Undoes a Content-Transfer-Encoding (RFC 2045, section 6; uuencode as well). What is not known is taken as it is.
 */
export function decodeTransfer(body: Buffer, encoding: string | undefined): Buffer {
  const name = (encoding ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (name === "base64") return Buffer.from(body.toString("latin1"), "base64");
  if (name === "quoted-printable") return decodeQuotedPrintable(body);
  if (/^(x-)?uu(e|encode)?$/.test(name)) return decodeUuencode(body);
  return body;
}

const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Lenient: a stray "=" stays, blanks before a line's end go. */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte !== EQUALS) {
      decoded[length++] = byte;
      continue;
    }
    const softBreak = softBreakLength(body, at + 1);
    if (softBreak > 0) {
      at += softBreak;
      continue;
    }
    const high = hexValue(body[at + 1]);
    const low = hexValue(body[at + 2]);
    if (high < 0 || low < 0) {
      decoded[length++] = byte;
    } else {
      decoded[length++] = high * 16 + low;
      at += 2;
    }
  }
  return decoded.subarray(0, length);
}

function softBreakLength(body: Buffer, from: number): number {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (body[at] === NEWLINE) return at - from + 1;
  if (body[at] === RETURN) return at - from + (body[at + 1] === NEWLINE ? 2 : 1);
  return at >= body.length ? at - from + 1 : 0;
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function decodeUuencode(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (const line of body.toString("latin1").split(/\r?\n/)) {
    if (line.startsWith("begin ") || line === "end" || line === "") continue;
    chunks.push(decodeUuLine(line));
  }
  return Buffer.concat(chunks);
}

function decodeUuLine(line: string): Buffer {
  const size = (line.charCodeAt(0) - 32) & 63;
  const decoded = Buffer.alloc(Math.ceil((line.length - 1) / 4) * 3);
  let length = 0;
  for (let at = 1; at < line.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((i) => ((line.charCodeAt(at + i) || 32) - 32) & 63);
    decoded[length++] = (a << 2) | (b >> 4);
    decoded[length++] = ((b & 15) << 4) | (c >> 2);
    decoded[length++] = ((c & 3) << 6) | d;
  }
  return decoded.subarray(0, Math.min(size, length));
}
