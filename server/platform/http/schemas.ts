import { Type, type TSchema, type TUnion, type TNull } from "typebox";

/** The parts of which the rooms' schemas are made. */
export function Nullable<T extends TSchema>(schema: T): TUnion<[T, TNull]> {
  return Type.Union([schema, Type.Null()]);
}

export const Moment = Type.String({ format: "date-time", description: "ISO 8601, with its offset." });
export const PublicId = Type.String({ maxLength: 32 });
export const IdParams = Type.Object({ id: PublicId });
export const Nothing = Type.Null({ description: "No content." });
