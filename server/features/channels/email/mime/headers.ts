import { decodeCharset, storableText } from "./decode-charset.ts";

/** One header field: the name in lower case, the value unfolded but its encoded words not yet decoded. */
export interface Header {
  name: string;
  value: string;
}

const MAX_FIELDS = 2_000;
const MAX_FIELD_LENGTH = 256_000;

/** Reads a header block. Lines that are no field are passed over; fields beyond 2,000 are dropped. */
export function readHeaders(block: Buffer): Header[] {
  const text = decodeCharset(block, undefined);
  const headers: Header[] = [];
  let lines: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (/^[ \t]/.test(line) && lines.length > 0) {
      lines.push(line.trimStart());
      continue;
    }
    addField(headers, lines);
    if (headers.length >= MAX_FIELDS) return headers;
    lines = [line];
  }
  addField(headers, lines);
  return headers;
}

function addField(headers: Header[], lines: string[]): void {
  const field = lines.join(" ");
  const colon = field.indexOf(":");
  if (colon <= 0) return;
  const name = field.slice(0, colon).trimEnd().toLowerCase();
  if (/[\s\u0000-\u001f]/.test(name)) return;
  headers.push({
    name,
    value: storableText(
      field
        .slice(colon + 1)
        .trim()
        .slice(0, MAX_FIELD_LENGTH),
    ),
  });
}

/** The first value of a field, or undefined. */
export function header(headers: readonly Header[], name: string): string | undefined {
  return headers.find((each) => each.name === name)?.value;
}

/** All values of a field, in order. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  return headers.filter((each) => each.name === name).map((each) => each.value);
}

/** The ids within angle brackets of a Message-ID, In-Reply-To or References field; at most the last 100. */
export function messageIds(values: readonly string[]): string[] {
  const ids = values.flatMap((value) => [...value.slice(-100_000).matchAll(/<([^<>\s]{1,500})>/g)].map((m) => m[1] ?? ""));
  return [...new Set(ids)].slice(-100);
}
