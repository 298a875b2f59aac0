const QUOTE = 0x22;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

export interface CsvRecord {
  fields: string[];
  /** The byte after its line's end. */
  end: number;
  /** Line ends within it, its own among them. */
  lines: number;
}

/**
 * Reads one record of CSV (RFC 4180) in UTF-8 from a byte on. Text around a quoted part belongs to its field, and a
 * quote in the middle of a field is one. Null: it goes on beyond the bytes.
 * @param isLast whether nothing follows the bytes, so that their end ends the record
 */
export function readCsvRecord(bytes: Buffer, from: number, delimiter: number, isLast: boolean): CsvRecord | null {
  const fields: string[] = [];
  let lines = 0;
  let at = from;
  for (;;) {
    let field = "";
    if (bytes[at] === QUOTE) {
      const close = closingQuote(bytes, at + 1, isLast);
      if (close === null) return null;
      const quoted = bytes.toString("utf8", at + 1, close);
      for (let i = bytes.indexOf(NEWLINE, at); i !== -1 && i < close; i = bytes.indexOf(NEWLINE, i + 1)) lines += 1;
      field = quoted.includes('""') ? quoted.replaceAll('""', '"') : quoted;
      at = close + 1;
    }
    let end = at;
    while (end < bytes.length && bytes[end] !== delimiter && bytes[end] !== NEWLINE) end += 1;
    if (end === bytes.length && !isLast) return null;
    const isEnd = end === bytes.length || bytes[end] === NEWLINE;
    const stop = isEnd && end > at && bytes[end - 1] === RETURN ? end - 1 : end;
    fields.push(stop > at ? field + bytes.toString("utf8", at, stop) : field);
    at = end + 1;
    if (isEnd) return { fields, end: Math.min(at, bytes.length), lines: lines + 1 };
  }
}

/** Where the quoted part ends; two quotes stand for one. Null: not within the bytes. */
function closingQuote(bytes: Buffer, from: number, isLast: boolean): number | null {
  for (let at = bytes.indexOf(QUOTE, from); at !== -1; at = bytes.indexOf(QUOTE, at + 2)) {
    if (at + 1 === bytes.length && !isLast) return null;
    if (bytes[at + 1] !== QUOTE) return at;
  }
  return null;
}

export interface Heading extends CsvRecord {
  delimiter: string;
}

/**
 * The heading of a file. Some spreadsheets write before it which sign parts the columns: `sep=;`.
 * @param delimiterOf says which it is where the file does not
 */
export function readHeading(bytes: Buffer, delimiterOf: (bytes: Buffer, from: number) => string, isLast: boolean): Heading | null {
  const said = /^"?sep=(.)"?\r?\n/i.exec(bytes.toString("latin1", 0, 12));
  const from = said?.[0].length ?? 0;
  const delimiter = said?.[1] ?? delimiterOf(bytes, from);
  const heading = readCsvRecord(bytes, from, delimiter.charCodeAt(0), isLast);
  return heading && { ...heading, lines: heading.lines + (said ? 1 : 0), delimiter };
}
