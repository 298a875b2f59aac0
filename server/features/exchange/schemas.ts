import { Type, type Static } from "typebox";
import { Moment, Nullable, PublicId } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import { missingFields } from "./change-mapping.ts";
import { START } from "./encoding.ts";
import { FIELDS } from "./fields.ts";
import type { Import } from "./queries.ts";

export const ThingSchema = Type.Union([Type.Literal("customers"), Type.Literal("interactions"), Type.Literal("orders")]);
export const FormatSchema = Type.Union([Type.Literal("csv"), Type.Literal("ndjson")]);

const State = Type.Union(
  [
    Type.Literal("ready"),
    Type.Literal("trying"),
    Type.Literal("tried"),
    Type.Literal("running"),
    Type.Literal("done"),
    Type.Literal("failed"),
    Type.Literal("cancelled"),
  ],
  { description: "trying: read to see what would happen; running: being taken in." },
);

const CountsSchema = Type.Object({
  new: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Integer(),
});

const Writing = {
  numbers: Type.Optional(
    Type.Union([Type.Literal("1,234.50"), Type.Literal("1.234,50")], {
      description: "How the file writes numbers. Left out: 1234.50 or 1234,50, without marks between thousands.",
    }),
  ),
  days: Type.Optional(
    Type.Union([Type.Literal("year first"), Type.Literal("day first"), Type.Literal("month first")], {
      description: "How the file writes days. Left out: the year first, as in 2026-11-20.",
    }),
  ),
};

export const MappingBody = Type.Object({
  columns: Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 200 }), {
    description: "Field by column. Columns left out are not read.",
    maxProperties: 500,
  }),
  fixed: Type.Optional(
    Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 2000 }), {
      description: "What holds for every line that does not say otherwise, by field.",
      maxProperties: 100,
    }),
  ),
  ...Writing,
});

export const ImportView = Type.Object({
  id: PublicId,
  thing: ThingSchema,
  name: Type.String(),
  state: State,
  progress: Type.Number({ description: "How much of the file has been read, 0 to 1." }),
  line: Type.Integer({ description: "The line that is read next." }),
  counts: CountsSchema,
  trial: Nullable(CountsSchema),
  error: Nullable(Type.String()),
  format: FormatSchema,
  encoding: Type.String(),
  delimiter: Nullable(Type.String()),
  size: Type.Integer({ description: "Bytes, in UTF-8." }),
  columns: Type.Array(Type.String()),
  sample: Type.Array(Type.Record(Type.String(), Type.Unknown()), { description: "The first lines, by column." }),
  mapping: Type.Object({
    columns: Type.Record(Type.String(), Type.String()),
    fixed: Type.Record(Type.String(), Type.String()),
    ...Writing,
  }),
  missing: Type.Array(Type.String(), { description: "Fields that are needed, and to which nothing is mapped." }),
  createdBy: Type.String(),
  createdAt: Moment,
  endedAt: Nullable(Moment),
});

export const FieldView = Type.Object({ name: Type.String(), about: Type.String(), isNeeded: Type.Boolean() });

export const RefusedView = Type.Object({
  line: Type.Integer(),
  reason: Type.String(),
  text: Type.String({ description: "As it stands in the file; long ones cut." }),
});

export function importView(found: Import): Static<typeof ImportView> {
  const { thing, name, state, counts, trial, error, format, encoding, delimiter, columns, sample, mapping, createdBy, line } = found;
  const size = Math.max(0, found.size - START);
  return {
    ...{
      id: publicId("imp", found.id),
      thing,
      name,
      state,
      line,
      counts,
      trial,
      error,
      format,
      encoding,
      delimiter,
      columns,
      sample,
      mapping,
    },
    ...{ size, createdBy },
    progress: state === "tried" || state === "done" ? 1 : Math.min(1, Math.max(0, (found.position - START) / Math.max(1, size))),
    missing: missingFields(found),
    createdAt: found.createdAt.toISOString(),
    endedAt: found.endedAt?.toISOString() ?? null,
  };
}

export function fieldViews(thing: Import["thing"]): Static<typeof FieldView>[] {
  return FIELDS[thing].map(({ name, about, isNeeded = false }) => ({ name, about, isNeeded }));
}
