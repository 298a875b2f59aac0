import { Type, type Static } from "typebox";
import { publicId } from "../../platform/ids.ts";
import { Initiative } from "../interactions/index.ts";
import { Moment, Nullable, PublicId, Words } from "../../platform/http/index.ts";
import type { Hook } from "./hook-queries.ts";
import type { Source } from "./queries.ts";

const Kind = Type.Union([Type.Literal("server"), Type.Literal("browser")], {
  description: "A server's word counts as verified; what a browser says does not join two known customers.",
});
const Name = Words(100);

export const SourceBody = Type.Object({ name: Name, kind: Type.Optional(Kind) });

export const SourceView = Type.Object({
  id: PublicId,
  name: Type.String(),
  kind: Kind,
  hint: Type.String({ description: "The write key's first characters." }),
  createdAt: Moment,
  rotatedAt: Nullable(Moment),
  revokedAt: Nullable(Moment),
});

export const SourceWithKey = Type.Object({
  ...SourceView.properties,
  writeKey: Type.String({ description: "Shown this once." }),
});

const Counts = {
  taken: Type.Integer({ description: "Events that came and are in the log." }),
  repeated: Type.Integer({ description: "Events that were in the log before." }),
  refused: Type.Integer({ description: "Events that were not taken." }),
};

export const SourceListItem = Type.Object({
  ...SourceView.properties,
  lastDay: Type.Object(Counts, { description: "What came within the last 24 hours." }),
});

export const Hours = Type.Array(Type.Object({ hour: Moment, ...Counts }), { description: "The last 24 hours, the oldest first." });

export const SourceDetail = Type.Object({
  ...SourceView.properties,
  hours: Hours,
  lastEvents: Type.Array(
    Type.Object({
      id: PublicId,
      kind: Type.String(),
      name: Nullable(Type.String()),
      customerId: PublicId,
      occurredAt: Moment,
      receivedAt: Moment,
    }),
    { description: "The newest events, the newest first." },
  ),
});

export const RefusalView = Type.Object({
  id: PublicId,
  at: Moment,
  reason: Type.String(),
  event: Type.String({ description: "The beginning of what came: the event, or a webhook's body; text that is no JSON as it is." }),
});

const Driver = Type.Union([Type.Literal("people"), Type.Literal("process"), Type.Literal("product")]);
const Control = Type.Union([Type.Literal("direct"), Type.Literal("influenced"), Type.Literal("external")]);

const EventName = Words(200, { description: "The event's name; case does not matter." });

export const PlacingBody = Type.Object({
  event: EventName,
  sourceId: Type.Optional(PublicId),
  touchpoint: Type.Optional(Type.String({ maxLength: 100, description: "Key of a touchpoint." })),
  stage: Type.Optional(Type.String({ maxLength: 60 })),
  driver: Type.Optional(Driver),
  control: Type.Optional(Control),
  initiative: Type.Optional(Initiative),
});

export const MappingView = Type.Object({
  event: Type.String(),
  sourceId: Nullable(PublicId),
  isDefault: Type.Boolean({ description: "Comes with Throughline; a mapping of yours goes before it." }),
  touchpoint: Nullable(Type.String()),
  stage: Nullable(Type.String()),
  driver: Nullable(Driver),
  control: Nullable(Control),
  initiative: Nullable(Initiative),
});

export const MappingQuery = Type.Object({ event: Type.String({ minLength: 1, maxLength: 200 }), sourceId: Type.Optional(PublicId) });

const Mapping = Type.String({ minLength: 1, maxLength: 20_000, description: "JSONata: from the body to one interaction or many." });

export const HookBody = Type.Object({ name: Name, mapping: Mapping });
export const HookChange = Type.Partial(HookBody);
export const HookView = Type.Object({ id: PublicId, name: Type.String(), url: Type.String(), mapping: Type.String(), createdAt: Moment });
export const HookDetail = Type.Object({ ...HookView.properties, hours: Hours });

export const KeptBodyView = Type.Object({
  id: PublicId,
  at: Moment,
  body: Type.Unknown({ description: "As it came; a form as an object." }),
});

export const TrialBody = Type.Object({ mapping: Mapping, body: Type.Unknown({ description: "A sample of what the webhook sends." }) });
export const TrialView = Type.Object({
  interactions: Type.Array(
    Type.Object({
      customer: Type.Array(Type.Object({ kind: Type.String(), value: Type.String() }), { description: "What they would be known by." }),
      kind: Type.String(),
      occurredAt: Moment,
      touchpoint: Nullable(Type.String()),
      stage: Nullable(Type.String()),
      channel: Nullable(Type.String()),
      initiative: Initiative,
      properties: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  refusals: Type.Array(Type.Object({ reason: Type.String(), event: Type.Unknown() })),
  error: Nullable(Type.String({ description: "Why the mapping failed." })),
});

export function sourceView(source: Source): Static<typeof SourceView> {
  return {
    id: publicId("src", source.id),
    name: source.name,
    kind: source.kind,
    hint: source.hint,
    createdAt: source.createdAt.toISOString(),
    rotatedAt: source.rotatedAt?.toISOString() ?? null,
    revokedAt: source.revokedAt?.toISOString() ?? null,
  };
}

export function hookView(hook: Hook, publicUrl: string): Static<typeof HookView> {
  return {
    id: publicId("hok", hook.id),
    name: hook.name,
    url: `${publicUrl}/hooks/${hook.token}`,
    mapping: hook.mapping,
    createdAt: hook.createdAt.toISOString(),
  };
}
