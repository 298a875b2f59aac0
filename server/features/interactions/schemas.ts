import { Type, type Static } from "typebox";
import { Moment, Nullable, PublicId } from "../../platform/http/index.ts";

export const Initiative = Type.Union([Type.Literal("reactive"), Type.Literal("proactive")]);
export type Initiative = Static<typeof Initiative>;

export const TimelineItem = Type.Object({
  id: PublicId,
  kind: Type.String(),
  occurredAt: Moment,
  receivedAt: Moment,
  channel: Nullable(Type.String()),
  touchpoint: Nullable(Type.String()),
  stage: Nullable(Type.String()),
  initiative: Type.Union([Initiative, Type.Null()], {
    description: "Who began it: the customer, or we. Null where nobody did, as when somebody enters a segment.",
  }),
  member: Nullable(Type.Object({ id: PublicId, name: Type.String() })),
  conversationId: Nullable(PublicId),
  orderId: Nullable(PublicId),
  properties: Type.Record(Type.String(), Type.Unknown()),
  points: Nullable(Type.Number({ description: "What it adds to the score now; null where it says nothing." })),
});
