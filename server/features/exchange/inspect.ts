import { invalid } from "../../platform/errors.ts";
import { readCsvRecord, readHeading } from "./csv-record.ts";
import { START } from "./encoding.ts";
import { readRecords, type Place, type Shape } from "./read-records.ts";

/** What a file's beginning tells of it. */
export interface Inspected {
  shape: Shape;
  columns: string[];
  /** The first lines, by column, as they stand. */
  sample: Record<string, unknown>[];
  /** More of the first lines, to guess by. */
  rows: Record<string, unknown>[];
  /** Where the first record begins. */
  first: Place;
}

const SAMPLE = 5;
const MOST_COLUMNS = 500;
/** Lines that are asked for the names of columns, and how numbers and days are written. */
const ASKED = 200;

/** @throws Problem 400 for a file in which there is nothing, or no table */
export async function inspect(head: Buffer, isWhole: boolean): Promise<Inspected> {
  const text = head.toString("utf8").trimStart();
  if (text === "") throw invalid("There is nothing in this file.");
  refuseWhatIsNoTable(text);
  return text.startsWith("{") ? inspectJson(head, isWhole) : inspectCsv(head, isWhole);
}

async function inspectJson(head: Buffer, isWhole: boolean): Promise<Inspected> {
  const shape: Shape = { format: "ndjson", delimiter: null, width: 0 };
  const found = await firstOf(head, shape, { position: 0, line: 1 }, isWhole, ASKED);
  const objects = found.flatMap((value) => (isObject(value) ? [value] : []));
  if (objects.length === 0) throw invalid("The first lines of this file are not JSON objects, one on each line.");
  const columns = [...new Set(objects.flatMap((each) => Object.keys(each)))].slice(0, MOST_COLUMNS);
  return { shape, columns, sample: objects.slice(0, SAMPLE).map(shown), rows: objects, first: { position: START, line: 1 } };
}

/** @throws Problem 400 with what to do instead */
function refuseWhatIsNoTable(text: string): void {
  if (/^\[\s*(?:\{|\]|$)/.test(text))
    throw invalid("This is a JSON list. Write each object on a line of its own (NDJSON), without the brackets and commas around them.");
  if (text.startsWith("%PDF-")) throw invalid("This is a PDF. Save the table as CSV (UTF-8), and send that.");
  if (/^<(?:!doctype|html|\?xml)/i.test(text)) throw invalid("This is a web page or XML. Save the table as CSV (UTF-8), and send that.");
  if (text.includes("\0")) throw invalid("This is no text. Save the table as CSV (UTF-8), and send that.");
}

async function inspectCsv(head: Buffer, isWhole: boolean): Promise<Inspected> {
  const heading = readHeading(head, delimiterOf, isWhole);
  if (heading === null) throw invalid("The first line of this file is not a heading: it has no end, or a quote that is never closed.");
  if (heading.fields.length > MOST_COLUMNS) throw invalid(`A table may have ${MOST_COLUMNS} columns; this one has more.`);
  const columns = namesOf(heading.fields);
  const shape: Shape = { format: "csv", delimiter: heading.delimiter, width: columns.length };
  const found = await firstOf(head.subarray(heading.end), shape, { position: 0, line: 1 }, isWhole, ASKED);
  const rows = found.flatMap((row) => (Array.isArray(row) ? [Object.fromEntries(columns.map((name, index) => [name, row[index]]))] : []));
  const first = { position: START + heading.end, line: 1 + heading.lines };
  return { shape, columns, sample: rows.slice(0, SAMPLE).map(shown), rows, first };
}

const SHOWN = 200;

/** As it is shown: long texts cut, and what is no text, number or truth in the words of JSON. */
function shown(row: Record<string, unknown>): Record<string, unknown> {
  const short = (cell: unknown): unknown => {
    if (typeof cell === "number" || typeof cell === "boolean" || cell === null || cell === undefined) return cell;
    return (typeof cell === "string" ? cell : JSON.stringify(cell)).slice(0, SHOWN);
  };
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, short(cell)]));
}

/** The one that parts the heading into most columns. */
function delimiterOf(head: Buffer, from: number): string {
  const widths = [",", ";", "\t", "|"].map((delimiter) => ({
    delimiter,
    width: readCsvRecord(head, from, delimiter.charCodeAt(0), true)?.fields.length ?? 0,
  }));
  return widths.reduce((best, each) => (each.width > best.width ? each : best)).delimiter;
}

/** Every column with a name, and each name once. */
function namesOf(fields: readonly string[]): string[] {
  const names = new Set<string>();
  for (const [index, field] of fields.entries()) {
    const wanted = field.replaceAll("\0", "").toWellFormed().trim().slice(0, 200) || `Column ${index + 1}`;
    let name = wanted;
    for (let number = 2; names.has(name); number += 1) name = `${wanted} (${number})`;
    names.add(name);
  }
  return [...names];
}

/** The values of the first records that can be read and are whole. */
async function firstOf(head: Buffer, shape: Shape, from: Place, isWhole: boolean, most: number): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { value, next } of readRecords(once(head), from, shape)) {
    const isCut = !isWhole && next.position >= head.length;
    if (value !== null && !isCut) values.push(value);
    if (values.length === most || isCut) break;
  }
  return values;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
