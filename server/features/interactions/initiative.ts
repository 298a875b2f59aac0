import { type RawBuilder, sql } from "kysely";

/** Kinds that nobody began, neither the customer nor we: they follow from what happened. */
const BEGUN_BY_NOBODY = [
  "segment.entered",
  "segment.left",
  "experience.at-risk",
  "experience.recovered",
  "customer.merged",
  "customer.unmerged",
  "customer.imported",
];

const isBegun = sql`i.kind <> all(${sql.lit(`{${BEGUN_BY_NOBODY.join(",")}}`)}::text[])`;

/** Who began it, of a row `i` of the log. Old rows of such kinds say "reactive", which they are not. */
export const INITIATIVE: RawBuilder<unknown> = sql`case when ${isBegun} then i.initiative end`;
