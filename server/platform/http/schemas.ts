import { Type, type TSchema, type TString, type TUnion, type TNull } from "typebox";

/** The parts of which the rooms' schemas are made. */
export function Nullable<T extends TSchema>(schema: T): TUnion<[T, TNull]> {
  return Type.Union([schema, Type.Null()]);
}

/** Something to read: neither spaces alone nor the mark that stands for a broken letter. */
export const READABLE = "(?!\\uFFFD)[\\p{L}\\p{N}\\p{P}\\p{S}]";

/** Names and other words that people read: never blank, and kept without the space around them. */
export function Words(maxLength: number, about: { description?: string } = {}): TString {
  return Type.String({ minLength: 1, maxLength, pattern: READABLE, ...about });
}

export const Moment = Type.String({ format: "date-time", description: "ISO 8601, with its offset." });
export const PublicId = Type.String({ maxLength: 32 });
export const IdParams = Type.Object({ id: PublicId });
export const Nothing = Type.Null({ description: "No content." });
