import pg from "pg";

/** How values of Postgres are read: bigint as a number, a date as text, a moment as Date, numeric as text. */
export const parsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    const own = format === "binary" ? undefined : byOid.get(oid);
    return own ?? pg.types.getTypeParser(oid, format);
  },
};

const { INT8, DATE } = pg.types.builtins;
const int8Array = 1016;
const dateArray = 1182;
const textArray: number = 1009;
const parseTextArray: (text: string) => (string | null)[] = pg.types.getTypeParser(textArray, "text");

const byOid = new Map<number, (text: string) => unknown>([
  [INT8, wholeNumber],
  [int8Array, (text) => arrayOf(text).map((one) => (one === null ? null : wholeNumber(one)))],
  [DATE, (text) => text],
  [dateArray, arrayOf],
]);

/** A bigint that a JavaScript number cannot hold exactly is an error, never a rounded one. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is too large to be read exactly.`);
  return number;
}

function arrayOf(text: string): (string | null)[] {
  return parseTextArray(text);
}
