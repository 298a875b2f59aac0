import { Type, type Static } from "typebox";
import { Moment, Nullable, PublicId, Words } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { Customer } from "./queries.ts";
import type { Standing } from "./standing.ts";

export const CustomerSummary = Type.Object({ id: PublicId, name: Nullable(Type.String()), email: Nullable(Type.String()) });

export function summaryOf(customer: Pick<Customer, "id" | "name" | "email">): Static<typeof CustomerSummary> {
  return { id: publicId("cus", customer.id), name: customer.name, email: customer.email };
}

export const StandingSchema = {
  score: Nullable(Type.Number({ description: "0 to 100; null while it is too early to say." })),
  low: Type.Number({ description: "Lower end of the score's range." }),
  high: Type.Number({ description: "Upper end of the score's range." }),
  atRisk: Type.Boolean({ description: "Two poor experiences within 90 days." }),
  poorExperiences: Type.Integer({ description: "Poor experiences within 90 days." }),
  reason: Nullable(Type.String({ description: "What hurt them most in the last 30 days, in a few words; null: nothing did by much." })),
  line: Type.Array(
    Type.Object({
      at: Moment,
      score: Type.Number(),
      delta: Type.Number({ description: "Points by which this moment moved the score." }),
      initiative: Type.Union([Type.Literal("reactive"), Type.Literal("proactive")]),
    }),
    { description: "The last moments that moved the score, oldest first." },
  ),
};

export const CustomerListItem = Type.Object({ ...CustomerSummary.properties, ...StandingSchema, lastInteractionAt: Moment });

export const CustomerDetail = Type.Object({
  ...CustomerListItem.properties,
  phone: Nullable(Type.String()),
  locale: Nullable(Type.String()),
  timeZone: Nullable(Type.String()),
  addressAs: Nullable(Type.String({ description: "How they wish to be addressed." })),
  accessNeeds: Nullable(Type.String()),
  organization: Nullable(Type.String()),
  fields: Type.Record(Type.String(), Type.Unknown()),
  firstSeenAt: Moment,
  identities: Type.Array(
    Type.Object({ kind: Type.String(), shown: Type.String(), source: Type.String(), verified: Type.Boolean(), firstSeenAt: Moment }),
  ),
});

export const ProfileChangeBody = Type.Partial(
  Type.Object({
    name: Nullable(Words(200)),
    phone: Nullable(Type.String({ maxLength: 50 })),
    locale: Nullable(Type.String({ maxLength: 35 })),
    timeZone: Nullable(Type.String({ maxLength: 60 })),
    addressAs: Nullable(Words(100)),
    accessNeeds: Nullable(Words(500)),
    fields: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { description: "Whatever else you keep of them; any JSON." }),
  }),
);

export const ConsentBody = Type.Object({
  channel: Type.Union([Type.Literal("email"), Type.Literal("sms"), Type.Literal("phone")]),
  class: Type.Union([Type.Literal("survey"), Type.Literal("marketing")]),
  granted: Type.Boolean(),
  wording: Words(2000, { description: "The words that were agreed to." }),
  source: Words(100),
});

export const ConsentItem = Type.Object({ ...ConsentBody.properties, channel: Type.String(), givenAt: Moment });

/** A customer nobody has heard anything of yet. */
const NO_STANDING: Standing = { score: null, low: 0, high: 100, atRisk: false, poorExperiences: 0, reason: null, line: [] };

export function listItemOf(customer: Customer, standing: Standing = NO_STANDING): Static<typeof CustomerListItem> {
  return {
    ...summaryOf(customer),
    ...standing,
    line: standing.line.map((point) => ({ ...point, at: point.at.toISOString() })),
    lastInteractionAt: customer.lastSeenAt.toISOString(),
  };
}
