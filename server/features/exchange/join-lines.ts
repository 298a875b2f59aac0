import { MOST_ITEMS } from "../orders/index.ts";
import { cellsOf, Refusal, type Cells } from "./cells.ts";
import { itemIn, ITEM_FIELDS } from "./order-items.ts";
import type { Import } from "./queries.ts";
import type { ImportRefusal } from "./refusal-queries.ts";
import type { FileRecord } from "./read-records.ts";

/** A record, and whether it goes on with the order of those before it: a step does not end between them. */
export interface JoinedRecord extends FileRecord {
  isWithin: boolean;
}

/** What is taken in as one: a line, or the lines of one order. */
export interface Lot {
  cells: Cells;
  records: readonly FileRecord[];
  /** Where each item stands, of those that have a line of their own. */
  itemLines: number[];
  /** Lines of it that are left out. */
  refused: ImportRefusal[];
}

type File = Pick<Import, "thing" | "columns" | "mapping">;

/** As much of an order as is held at once. */
const MOST_BYTES = 4 * 1024 * 1024;
const TOO_MANY = `More than ${MOST_ITEMS.toLocaleString("en")} lines belong to this order, or more than 4 MB.`;

/**
 * Marks the lines that belong together. Shops write an order with several items as consecutive lines with the same
 * number, of which some tell the rest of it only on the first. A line that cannot be read does not part them.
 */
export async function* joinRecords(records: AsyncIterable<FileRecord>, file: File): AsyncGenerator<JoinedRecord> {
  const isJoining = file.thing === "orders" && Object.values(file.mapping.columns).includes("item.name");
  let order: { keys: Keys; lines: number; from: number } | null = null;
  for await (const record of records) {
    const keys: Keys | null = isJoining && record.reason === null ? keysOf(record, file) : null;
    const isSame: boolean = order !== null && (keys === null ? record.reason !== null : isOne(order.keys, keys));
    if (order === null || !isSame) {
      order = keys === null ? null : { keys, lines: 1, from: record.next.position };
      yield { ...record, isWithin: false };
      continue;
    }
    order.lines += 1;
    const isTooMany = order.lines > MOST_ITEMS || record.next.position - order.from > MOST_BYTES;
    if (!isTooMany) yield { ...record, isWithin: true };
    else yield { ...record, value: null, reason: record.reason ?? TOO_MANY, isWithin: false };
  }
}

/** Records that are to be taken in together, in their order. */
export function inGroups(records: readonly JoinedRecord[]): JoinedRecord[][] {
  const groups: JoinedRecord[][] = [];
  for (const record of records) {
    const last = groups.at(-1);
    if (record.isWithin && last) last.push(record);
    else groups.push([record]);
  }
  return groups;
}

/** What can be read of these records, the lines of an order as one. */
export function lotsOf(records: readonly JoinedRecord[], file: File): Lot[] {
  return inGroups(records).flatMap((group) => {
    const readable = group.filter(({ reason }) => reason === null);
    const [first, ...others] = readable;
    if (!first) return [];
    if (others.length === 0) return [alone(first, file)];
    return [joined(readable, file)];
  });
}

function alone(record: FileRecord, file: File): Lot {
  const cells = cellsIn(record, file);
  return { cells, records: [record], itemLines: cells.has("item.name") ? [record.line] : [], refused: [] };
}

/** What the first line says stands before what later ones say, and each line's item is one of the order's. */
function joined(records: readonly FileRecord[], file: File): Lot {
  const cells = new Map<string, unknown>();
  const items: unknown[] = [];
  const itemLines: number[] = [];
  const refused: ImportRefusal[] = [];
  for (const record of records) {
    const own = cellsIn(record, file);
    for (const [field, cell] of own) if (!cells.has(field) && !ITEM_FIELDS.has(field)) cells.set(field, cell);
    try {
      const its = itemIn(own);
      items.push(...its);
      itemLines.push(...its.map(() => record.line));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ line: record.line, reason: `This item was left out of its order: ${error.message}`, text: record.text });
    }
  }
  if (items.length > 0) cells.set("items", items);
  return { cells, records, itemLines, refused };
}

interface Keys {
  source: string;
  id: string;
  number: string;
}

function keysOf(record: FileRecord, file: File): Keys {
  const cells = cellsIn(record, file);
  const textOf = (field: string): string => String(cells.get(field) ?? "").trim();
  return { source: textOf("source"), id: textOf("externalId"), number: textOf("number") };
}

/** Some shops tell the id on the first line only, and the number that people call it by on each. */
function isOne(order: Keys, line: Keys): boolean {
  if (order.id === "" || (line.source !== "" && line.source !== order.source)) return false;
  return line.id === "" ? line.number !== "" && line.number === order.number : line.id === order.id;
}

function cellsIn({ value }: FileRecord, { columns, mapping }: File): Cells {
  return cellsOf(value, columns, mapping);
}
