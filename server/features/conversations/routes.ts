import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { decodeCursor, decodeMomentCursor, IdParams, ListOf, page, PageQuery, type RoomApp, Words } from "../../platform/http/index.ts";
import { invalid } from "../../platform/errors.ts";
import { parseId } from "../../platform/ids.ts";
import { attachmentRoutes } from "./attachment-routes.ts";
import { detailOf } from "./detail.ts";
import { readConversation, saveDraft } from "./drafts.ts";
import { messageRoutes } from "./message-routes.ts";
import { countConversations, listNewest, listUrgent, type Listed } from "./queries.ts";
import { stateRoutes } from "./state-routes.ts";
import { requireConversation } from "./require-conversation.ts";
import { ConversationDetail, ConversationItem, StatusSchema } from "./schemas.ts";
import { itemsOf } from "./views.ts";
import { writeFirst } from "./write-first.ts";
import type { Actor } from "../access/index.ts";

const Done = { 204: Type.Null() };

export function routes(app: RoomApp): void {
  lists(app);
  single(app);
  stateRoutes(app);
  messageRoutes(app);
  attachmentRoutes(app);
}

function lists(app: RoomApp): void {
  app.get(
    "/conversations",
    {
      config: { permission: "conversations:read" },
      schema: {
        operationId: "listConversations",
        summary: "Conversations, the newest first or the most urgent first",
        tags: ["conversations"],
        querystring: Type.Object({
          status: Type.Optional(StatusSchema),
          assignee: Type.Optional(Type.String({ maxLength: 32, description: "A member's id, me, or none." })),
          customer: Type.Optional(Type.String({ maxLength: 32 })),
          tag: Type.Optional(Type.String({ maxLength: 50 })),
          query: Type.Optional(Type.String({ maxLength: 200, description: "Words in the subject, the messages, or the customer's name." })),
          atRisk: Type.Optional(Type.Boolean()),
          order: Type.Optional(Type.Union([Type.Literal("newest"), Type.Literal("urgent")], { default: "newest" })),
          ...PageQuery,
        }),
        response: { 200: ListOf(ConversationItem) },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const scope = reading(actor);
      const { status, assignee, customer, tag, query, atRisk, order, cursor, limit = 50 } = request.query;
      const filter = {
        status,
        tag,
        query,
        atRisk,
        readerId: actor.memberId,
        limit: limit + 1,
        assigneeId: assigneeOf(actor, assignee),
        customerId: customer === undefined ? undefined : parseId("cus", customer),
      };
      const found =
        order === "urgent"
          ? page(await listUrgent(scope, filter, urgencyOf(cursor)), limit, (row) => [hourOf(row), row.atRisk, row.id])
          : page(await listNewest(scope, filter, decodeMomentCursor(cursor)), limit, (row) => [row.lastMessageAt, row.id]);
      return { items: await itemsOf(scope, found.rows), nextCursor: found.nextCursor };
    },
  );

  app.get(
    "/conversations/counts",
    {
      config: { permission: "conversations:read" },
      schema: {
        operationId: "countConversations",
        summary: "How many conversations are open, mine, nobody's, at risk",
        tags: ["conversations"],
        response: {
          200: Type.Object({
            open: Type.Integer(),
            mine: Type.Integer(),
            unassigned: Type.Integer(),
            atRisk: Type.Integer(),
            waitingOnCustomer: Type.Integer(),
          }),
        },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return countConversations(reading(actor), actor.memberId);
    },
  );
}

function single(app: RoomApp): void {
  app.post(
    "/conversations",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "writeFirst",
        summary: "Write to a customer first",
        tags: ["conversations"],
        body: Type.Object({
          customerId: Type.String({ maxLength: 32 }),
          subject: Words(400),
          text: Type.String({ minLength: 1, maxLength: 100_000 }),
        }),
        response: { 201: ConversationDetail },
      },
    },
    async (request, reply) => {
      const actor = requireActor(request);
      const made = await writeFirst(actor, { ...request.body, customerId: parseId("cus", request.body.customerId) });
      return reply.code(201).send(await detailOf(actor, await requireConversation(reading(actor), made.id)));
    },
  );

  app.get(
    "/conversations/:id",
    {
      config: { permission: "conversations:read" },
      schema: {
        operationId: "getConversation",
        summary: "One conversation",
        tags: ["conversations"],
        params: IdParams,
        response: { 200: ConversationDetail },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return detailOf(actor, await requireConversation(reading(actor), parseId("con", request.params.id)));
    },
  );

  app.put(
    "/conversations/:id/reading",
    {
      config: { permission: "conversations:read" },
      schema: {
        operationId: "readConversation",
        summary: "Note that I have seen all that came in",
        tags: ["conversations"],
        params: IdParams,
        response: Done,
      },
    },
    async (request, reply) => {
      await readConversation(requireActor(request), parseId("con", request.params.id));
      return reply.code(204).send(null);
    },
  );

  app.put(
    "/conversations/:id/draft",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "saveDraft",
        summary: "Keep what I have written so far",
        tags: ["conversations"],
        params: IdParams,
        body: Type.Object({ text: Type.String({ maxLength: 100_000 }) }),
        response: Done,
      },
    },
    async (request, reply) => {
      await saveDraft(requireActor(request), parseId("con", request.params.id), request.body.text);
      return reply.code(204).send(null);
    },
  );
}

function assigneeOf(actor: Actor, assignee: string | undefined): number | null | undefined {
  if (assignee === undefined) return undefined;
  if (assignee === "none") return null;
  return assignee === "me" ? (actor.memberId ?? -1) : parseId("mem", assignee);
}

function hourOf(row: Listed): string {
  return row.dueHour instanceof Date ? row.dueHour.toISOString() : "infinity";
}

function urgencyOf(cursor: string | undefined): { dueHour: string; atRisk: boolean; id: number } | null {
  if (cursor === undefined) return null;
  const [dueHour, atRisk, id] = decodeCursor(cursor, 3);
  const isHour = dueHour === "infinity" || !Number.isNaN(Date.parse(String(dueHour)));
  if (!isHour || typeof atRisk !== "boolean" || !Number.isSafeInteger(id))
    throw invalid("The cursor is not one of ours; leave it out to start from the beginning.");
  return { dueHour: String(dueHour), atRisk, id: Number(id) };
}
