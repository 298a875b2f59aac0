import { Type, type Static } from "typebox";
import { CustomerSummary } from "../customers/index.ts";
import { Moment, Nullable, PublicId, Words } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { Segment } from "./queries.ts";
import { sentenceOf, type Names } from "./sentence-of.ts";
import { Where } from "./where.ts";

export const SegmentBody = Type.Object({ name: Words(100), where: Where });

export const SegmentView = Type.Object({
  id: PublicId,
  name: Type.String(),
  where: Where,
  sentence: Type.String({ description: "What the conditions amount to, in words." }),
  count: Type.Integer({ description: "How many customers are in it now." }),
  state: Type.Union([Type.Literal("computing"), Type.Literal("kept")], {
    description: "computing: new conditions are being worked out for everybody; kept: it is true, and stays so.",
  }),
  progress: Nullable(Type.Number({ minimum: 0, maximum: 1, description: "While computing; null once it is kept." })),
  createdAt: Moment,
  changedAt: Moment,
});

export const PreviewBody = Type.Object({ where: Where });
export const PreviewView = Type.Object({
  count: Type.Integer(),
  isEstimate: Type.Boolean({ description: "Counted in a sample, because counting all would take too long." }),
  sentence: Type.String(),
  examples: Type.Array(CustomerSummary),
});

export const SegmentMember = Type.Object({ customer: CustomerSummary, since: Moment });
export const SegmentOfCustomer = Type.Object({ id: PublicId, name: Type.String(), since: Moment });

export function segmentView(segment: Segment, count: number, names: Names): Static<typeof SegmentView> {
  const isKept = segment.state === "kept";
  return {
    id: publicId("seg", segment.id),
    name: segment.name,
    where: segment.where,
    sentence: sentenceOf(segment.where, names),
    count,
    state: isKept ? "kept" : "computing",
    progress: isKept ? null : Math.min(1, segment.persons === 0 ? 0 : segment.swept / segment.persons),
    createdAt: segment.createdAt.toISOString(),
    changedAt: segment.changedAt.toISOString(),
  };
}
