import { Type, type TSchema, type TObject, type TArray, type TUnion, type TNull, type TString } from "typebox";
import { invalid, type Problem } from "../errors.ts";

/** A cursor is opaque outside; inside, it is the sort key of the last row of a page. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

export function decodeCursor(text: string, length: number): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (Array.isArray(values) && values.length === length && values.every(isScalar)) return values;
  } catch {
    // Falls through: a cursor that we did not make.
  }
  throw notOurs();
}

/** For lists in the order of their ids. */
export function decodeIdCursor(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [id] = decodeCursor(text, 1);
  if (!Number.isSafeInteger(id)) throw notOurs();
  return Number(id);
}

/** For the common sort key: a moment, then an id. */
export function decodeMomentCursor(text: string | undefined): { at: Date; id: number } | null {
  if (text === undefined) return null;
  const [at, id] = decodeCursor(text, 2);
  const moment = new Date(String(at));
  if (Number.isNaN(moment.getTime()) || !Number.isSafeInteger(id)) throw notOurs();
  return { at: moment, id: Number(id) };
}

/** Cuts one row too many off a page and says where the next one starts. */
export function page<Row>(rows: Row[], limit: number, keyOf: (row: Row) => readonly unknown[]): { rows: Row[]; nextCursor: string | null } {
  if (rows.length <= limit) return { rows, nextCursor: null };
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { rows: kept, nextCursor: last === undefined ? null : encodeCursor(keyOf(last)) };
}

export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 400, description: "The nextCursor of the page before." })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};

/** The schema of a list: `{items, nextCursor}`. */
export function ListOf<Item extends TSchema>(item: Item): TObject<{ items: TArray<Item>; nextCursor: TUnion<[TString, TNull]> }> {
  return Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) });
}

function notOurs(): Problem {
  return invalid("The cursor is not one of ours; leave it out to start from the beginning.");
}

function isScalar(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
