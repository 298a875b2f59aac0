import type { Mapping } from "./cells.ts";
import { COLUMNS } from "./export-rows.ts";
import { guessMapping, type ThingName } from "./fields.ts";
import type { Inspected } from "./inspect.ts";
import { guessWriting } from "./writing.ts";

/** What the first lines of a file tell of all: its columns, which is what, and how it writes numbers and days. */
export function guessOf(thing: ThingName, inspected: Inspected): { columns: string[]; mapping: Mapping } {
  const columns = isOwn(thing, inspected) ? [...COLUMNS[thing]] : inspected.columns;
  const guessed = guessMapping(
    thing,
    columns.filter((column) => !holdsOurIds(inspected.rows, column)),
  );
  return { columns, mapping: { columns: guessed, fixed: {}, ...guessWriting(inspected.rows, guessed) } };
}

/** Our own export leaves out what is empty: a column may stand in a late line only, and is known all the same. */
function isOwn(thing: ThingName, { shape, columns, rows }: Inspected): boolean {
  return shape.format === "ndjson" && holdsOurIds(rows, "customerId") && columns.every((column) => COLUMNS[thing].includes(column));
}

/** Whether a column holds the ids that we give to customers: nobody is known by these. */
function holdsOurIds(rows: Inspected["rows"], column: string): boolean {
  const cells = rows.flatMap((row) => (row[column] === undefined || row[column] === null || row[column] === "" ? [] : [row[column]]));
  return cells.length > 0 && cells.every((cell) => typeof cell === "string" && /^cus_[0-9a-z]{1,11}$/.test(cell));
}
