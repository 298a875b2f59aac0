/**
 * Turns bytes into text by the charset a mail declares (WHATWG labels, plus UTF-7).
 * Unknown or wrong labels fall back: UTF-8 when the bytes are valid UTF-8, ISO-2022-JP when its escapes are there,
 * else Windows-1252, which maps every byte. Never throws.
 */
export function decodeCharset(bytes: Uint8Array, declared: string | undefined): string {
  const label = canonicalLabel(declared);
  if (label === "utf-7") return decodeUtf7(bytes);
  if (label === undefined || label === "utf-8" || label === "us-ascii") return guess(bytes, label);

  return tryDecode(bytes, label) ?? guess(bytes, undefined);
}

/** Makes text safe to store: no NUL (Postgres refuses it), no lone surrogates, line ends as "\n". */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "").replace(/\r\n?/g, "\n").toWellFormed();
}

const ALIASES: Record<string, string> = {
  utf8: "utf-8",
  utf8mb4: "utf-8",
  "unicode-1-1-utf-7": "utf-7",
  utf7: "utf-7",
  ascii: "us-ascii",
  "7bit": "us-ascii",
  "ansi_x3.4-1968": "us-ascii",
  cp932: "shift_jis",
  "x-windows-31j": "shift_jis",
  "windows-31j": "shift_jis",
  "x-euc": "euc-jp",
  ks_c_5601: "euc-kr",
  cp949: "euc-kr",
  cp936: "gbk",
  "x-gbk": "gbk",
  cp950: "big5",
  "big5-eten": "big5",
};

function canonicalLabel(declared: string | undefined): string | undefined {
  const label = declared
    ?.trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  if (!label) return undefined;
  return ALIASES[label] ?? label;
}

function tryDecode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return undefined;
  }
}

function guess(bytes: Uint8Array, label: string | undefined): string {
  const asUtf8 = new TextDecoder("utf-8").decode(bytes);
  if (!asUtf8.includes("\ufffd")) {
    return hasJapaneseEscapes(asUtf8) ? (tryDecode(bytes, "iso-2022-jp") ?? asUtf8) : asUtf8;
  }
  if (label === "utf-8" && mostlyReadable(asUtf8)) return asUtf8;
  return new TextDecoder("windows-1252").decode(bytes);
}

function hasJapaneseEscapes(text: string): boolean {
  return text.includes("\u001b$B") || text.includes("\u001b$@");
}

/** Text cut in the middle of a character has few broken characters; text of another charset has only those. */
function mostlyReadable(text: string): boolean {
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const beyondAscii = text.match(/[^\u0000-\u007f\ufffd]/g)?.length ?? 0;
  return beyondAscii >= broken;
}

/** RFC 2152: "+" opens base64 of UTF-16BE, "-" or any other sign closes it, "+-" is a plus sign. */
function decodeUtf7(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_, encoded: string) => {
    if (encoded === "") return "+";
    const units = Buffer.from(encoded, "base64");
    const even = units.subarray(0, units.length - (units.length % 2));
    return Buffer.from(even).swap16().toString("utf16le");
  });
}
