import { DEEPEST, isDeeperThan } from "../../platform/http/index.ts";
import { isObject } from "./inspect.ts";
import { asWeWrite, type Writing } from "./writing.ts";

/** What a line says, by field. Empty cells are left out. */
export type Cells = ReadonlyMap<string, unknown>;

/** Why a line is not taken, as a sentence for whoever mends the file. */
export class Refusal extends Error {}

/** Which column is which field, what holds for every line, and how numbers and days are written. */
export interface Mapping extends Writing {
  columns: Record<string, string>;
  fixed: Record<string, string>;
}

/** A line's cells by field. @param value the fields of a CSV record, or an object */
export function cellsOf(value: unknown, columns: readonly string[], mapping: Mapping): Cells {
  const cells = new Map<string, unknown>(Object.entries(mapping.fixed));
  const wanted = new Map(Object.entries(mapping.columns));
  const pairs: [string, unknown][] = Array.isArray(value)
    ? columns.map((column, index) => [column, withoutMark(value[index])])
    : Object.entries(isObject(value) ? value : {});
  for (const [column, cell] of pairs) {
    const field = wanted.get(column);
    if (field !== undefined && cell !== null && cell !== undefined && cell !== "") cells.set(field, asWeWrite(field, cell, mapping));
  }
  return cells;
}

/** What makes a spreadsheet take a text for a formula; the wide ones where a program reads Japanese or Chinese (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const MARKED = /^'+[=+\-@\t\r\n＝＋－＠]/;

/** A text as a cell that no spreadsheet takes for a formula. */
export function markFormula(text: string): string {
  return FORMULA.test(text) || MARKED.test(text) ? `'${text}` : text;
}

function withoutMark(cell: unknown): unknown {
  return typeof cell === "string" && MARKED.test(cell) ? cell.slice(1) : cell;
}

/** @throws Refusal when it is longer than it may be, or no text */
export function textIn(cells: Cells, field: string, most: number): string | null {
  const value = cells.get(field);
  if (value === undefined) return null;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") throw new Refusal(`${field} is not a text.`);
  const text = String(value).replaceAll("\0", "").toWellFormed().trim();
  if (text.length > most) throw new Refusal(`${field} has more than ${most} characters.`);
  return text === "" ? null : text;
}

export function neededText(cells: Cells, field: string, most: number): string {
  const text = textIn(cells, field, most);
  if (text === null) throw new Refusal(`${field} is missing.`);
  return text;
}

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** ISO 8601, or seconds or milliseconds since 1970. Without an offset it is in UTC. @throws Refusal */
export function momentIn(cells: Cells, field: string): Date | null {
  const text = textIn(cells, field, 60);
  if (text === null) return null;
  const time = /^\d{9,10}$/.test(text) ? Number(text) * 1000 : /^\d{12,13}$/.test(text) ? Number(text) : parse(text);
  if (!(time >= EARLIEST && time < LATEST))
    throw new Refusal(
      `${field} is not a moment: ${text.slice(0, 40)}. Write it as 2026-11-20T09:30:00Z, or say how this file writes days.`,
    );
  return new Date(time);
}

function parse(text: string): number {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}|$)/.exec(text)?.[1];
  if (day === undefined || !isDay(day)) return Number.NaN;
  const iso = text.replace(" ", "T").replace(" ", "");
  return Date.parse(iso.length === 10 || /(?:Z|[+-]\d{2}:?\d{2}|UTC)$/i.test(iso) ? iso.replace(/UTC$/, "Z") : `${iso}Z`);
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** A number, with a point or a comma before the decimals. @throws Refusal */
export function numberIn(cells: Cells, field: string): number | undefined {
  const text = textIn(cells, field, 40);
  if (text === null) return undefined;
  const number = /^-?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
  if (!Number.isFinite(number))
    throw new Refusal(`${field} is not a number: ${text}. Write it as 1234.50, or say how this file writes numbers.`);
  return number;
}

/** A list: several values are a JSON array, in CSV too. @throws Refusal */
export function listIn(cells: Cells, field: string, most: number): string[] {
  const given = cells.get(field);
  const list = Array.isArray(given) ? given : typeof given === "string" && given.startsWith("[") ? jsonIn(cells, field) : undefined;
  if (list === undefined) return [textIn(cells, field, most) ?? ""].filter(Boolean);
  if (!Array.isArray(list) || list.length > 500) throw new Refusal(`${field} is not a list.`);
  return list.flatMap((each: unknown) => textIn(new Map([[field, each]]), field, most) ?? []);
}

/** JSON, written out in CSV; undefined where there is none. @throws Refusal */
export function jsonIn(cells: Cells, field: string): unknown {
  const given = cells.get(field);
  if (typeof given !== "string") return given;
  const value = parsed(field, given);
  if (isDeeperThan(value, DEEPEST)) throw new Refusal(`${field} is nested more than ${DEEPEST} levels deep.`);
  return value;
}

function parsed(field: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(`${field} is not JSON.`);
  }
}

/** What a JSON field holds, and with it every column that was mapped to `prefix` and a name. @throws Refusal */
export function freeIn(cells: Cells, field: string): Record<string, unknown> {
  const given = jsonIn(cells, field) ?? {};
  if (!isObject(given)) throw new Refusal(`${field} is not a JSON object.`);
  const free = [...cells].filter(([name]) => name.startsWith(`${field}.`)).map(([name, value]) => [name.slice(field.length + 1), value]);
  return { ...given, ...Object.fromEntries(free) };
}
