import { Type, type Static } from "typebox";
import { MemberSummary } from "../access/index.ts";
import { CustomerSummary, StandingSchema } from "../customers/index.ts";
import { Moment, Nullable, PublicId } from "../../platform/http/index.ts";

export const StatusSchema = Type.Union([Type.Literal("open"), Type.Literal("closed")]);
export const PrioritySchema = Type.Union([Type.Literal("low"), Type.Literal("normal"), Type.Literal("high"), Type.Literal("urgent")]);

export const DeadlineSchema = Type.Object({
  kind: Type.Union([Type.Literal("first response"), Type.Literal("next response"), Type.Literal("resolution")]),
  at: Moment,
  startedAt: Moment,
  state: Type.Union([Type.Literal("running"), Type.Literal("missed"), Type.Literal("paused")]),
  explanation: Type.String(),
});

export const ConversationItem = Type.Object({
  id: PublicId,
  subject: Type.String(),
  status: StatusSchema,
  customer: CustomerSummary,
  assignee: Nullable(MemberSummary),
  channel: Type.String(),
  priority: PrioritySchema,
  tags: Type.Array(Type.String()),
  openedAt: Moment,
  lastMessageAt: Moment,
  closedAt: Nullable(Moment),
  preview: Type.String(),
  unread: Type.Boolean(),
  deadline: Nullable(DeadlineSchema),
  ...StandingSchema,
  reason: Nullable(Type.String({ description: "Why the customer may be upset: at risk, or what hurt them most in the last 30 days." })),
});

export const ConversationDetail = Type.Object({
  ...ConversationItem.properties,
  began: Type.Union([Type.Literal("customer"), Type.Literal("member")]),
  draft: Nullable(Type.Object({ text: Type.String(), savedAt: Moment })),
  reopened: Type.Integer(),
});

export const AttachmentView = Type.Object({
  id: PublicId,
  name: Type.String(),
  type: Type.String(),
  size: Type.Integer(),
  url: Type.String(),
  contentId: Nullable(Type.String()),
});

export const MessageView = Type.Object({
  id: PublicId,
  kind: Type.Union([Type.Literal("message"), Type.Literal("reply"), Type.Literal("note"), Type.Literal("automatic")]),
  direction: Nullable(Type.Union([Type.Literal("in"), Type.Literal("out")])),
  author: Type.Object({
    kind: Type.Union([Type.Literal("customer"), Type.Literal("member"), Type.Literal("system")]),
    id: Nullable(PublicId),
    name: Type.String(),
  }),
  text: Type.String({ description: "What was newly said, without quotes and signature." }),
  wholeText: Nullable(Type.String()),
  html: Nullable(Type.String({ description: "Sanitised; show it in a sandboxed frame. Remote images wait in data-remote-src." })),
  htmlHasRemoteImages: Type.Boolean(),
  attachments: Type.Array(AttachmentView),
  delivery: Nullable(Type.Object({ state: Type.String(), detail: Nullable(Type.String()) })),
  authentication: Nullable(Type.Unknown({ description: "SPF, DKIM and DMARC verdicts." })),
  createdAt: Moment,
});

export const MessageBody = Type.Object({
  kind: Type.Union([Type.Literal("reply"), Type.Literal("note")]),
  text: Type.String({ minLength: 1, maxLength: 100_000 }),
  attachments: Type.Optional(Type.Array(PublicId, { maxItems: 20 })),
  close: Type.Optional(Type.Boolean({ description: "Close the conversation with it." })),
});

export type ConversationItem = Static<typeof ConversationItem>;
export type MessageView = Static<typeof MessageView>;
