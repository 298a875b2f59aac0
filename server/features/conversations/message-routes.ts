import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { decodeIdCursor, IdParams, ListOf, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId } from "../../platform/ids.ts";
import { closeConversation } from "./close-conversation.ts";
import { messagesOf } from "./message-queries.ts";
import { postMessage } from "./post-message.ts";
import { requireConversation } from "./require-conversation.ts";
import { MessageBody, MessageView } from "./schemas.ts";
import { messageViews } from "./views.ts";

export function messageRoutes(app: RoomApp): void {
  app.get(
    "/conversations/:id/messages",
    {
      config: { permission: "conversations:read" },
      schema: {
        operationId: "listMessages",
        summary: "Messages and notes, oldest first; the cursor leads to earlier ones",
        tags: ["conversations"],
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(MessageView) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const conversation = await requireConversation(scope, parseId("con", request.params.id));
      const { cursor, limit = 50 } = request.query;
      const before = decodeIdCursor(cursor);
      const { rows, nextCursor } = page(await messagesOf(scope, conversation.id, { before, limit: limit + 1 }), limit, (row) => [row.id]);
      return { items: await messageViews(scope, rows.toReversed()), nextCursor };
    },
  );

  app.post(
    "/conversations/:id/messages",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "postMessage",
        summary: "Answer, or leave a note",
        tags: ["conversations"],
        params: IdParams,
        body: MessageBody,
        response: { 201: MessageView },
      },
    },
    async (request, reply) => {
      const actor = requireActor(request);
      const conversationId = parseId("con", request.params.id);
      const { kind, text, attachments = [], close = false } = request.body;
      const message = await postMessage(actor, { conversationId, kind, text, attachmentIds: attachments.map((id) => parseId("att", id)) });
      if (close) await closeConversation(actor, conversationId);
      const [view] = await messageViews(reading(actor), [message]);
      if (!view) throw new Error("a message was posted and cannot be shown");
      return reply.code(201).send(view);
    },
  );
}
