import { markFormula } from "./cells.ts";
import type { ExportRow } from "./export-rows.ts";

export type ExportFormat = "csv" | "ndjson";

/** Text that is sent at once: a row at a time would be slow. */
const CHUNK = 64 * 1024;

/** The text of a file of these rows, in pieces. */
export async function* writeRows(rows: AsyncIterable<ExportRow>, columns: readonly string[], format: ExportFormat): AsyncGenerator<string> {
  let text = format === "csv" ? csvLine(columns) : "";
  for await (const row of rows) {
    text += format === "csv" ? csvLine(columns.map((column) => row[column])) : jsonLine(columns, row);
    if (text.length < CHUNK) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

/** One line of CSV (RFC 4180), in which no spreadsheet finds a formula. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map((cell) => quoted(markFormula(textOf(cell)))).join(",")}\r\n`;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

function quoted(text: string): string {
  return /[",;\t\r\n|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonLine(columns: readonly string[], row: ExportRow): string {
  const said = columns.filter((column) => row[column] !== null && row[column] !== undefined).map((column) => [column, row[column]]);
  return `${JSON.stringify(Object.fromEntries(said))}\n`;
}
