import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { IdParams, type RoomApp } from "../../platform/http/index.ts";
import { parseId } from "../../platform/ids.ts";
import { assignConversation } from "./assign-conversation.ts";
import { addTag, removeTag, setPriority } from "./change-conversation.ts";
import { closeConversation } from "./close-conversation.ts";
import { detailOf } from "./detail.ts";
import { reopenConversation } from "./reopen-conversation.ts";
import { ConversationDetail, PrioritySchema } from "./schemas.ts";

const TagParams = Type.Object({ id: Type.String({ maxLength: 32 }), tag: Type.String({ maxLength: 100 }) });

/** A change of state is a resource: closure, assignee, priority, tags. */
export function stateRoutes(app: RoomApp): void {
  const answer = { 200: ConversationDetail };

  app.put(
    "/conversations/:id/assignee",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "assignConversation",
        summary: "Give a conversation to a member, or to nobody",
        tags: ["conversations"],
        params: IdParams,
        body: Type.Object({ memberId: Type.Union([Type.String({ maxLength: 32 }), Type.Null()]) }),
        response: answer,
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const { memberId } = request.body;
      return detailOf(
        actor,
        await assignConversation(actor, parseId("con", request.params.id), memberId === null ? null : parseId("mem", memberId)),
      );
    },
  );

  app.post(
    "/conversations/:id/closure",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "closeConversation",
        summary: "Close a conversation",
        tags: ["conversations"],
        params: IdParams,
        response: answer,
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return detailOf(actor, await closeConversation(actor, parseId("con", request.params.id)));
    },
  );

  app.delete(
    "/conversations/:id/closure",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "reopenConversation",
        summary: "Open a closed conversation again",
        tags: ["conversations"],
        params: IdParams,
        response: answer,
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return detailOf(actor, await reopenConversation(actor, parseId("con", request.params.id)));
    },
  );

  app.put(
    "/conversations/:id/priority",
    {
      config: { permission: "conversations:write" },
      schema: {
        operationId: "setPriority",
        summary: "Say how important a conversation is",
        tags: ["conversations"],
        params: IdParams,
        body: Type.Object({ priority: PrioritySchema }),
        response: answer,
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return detailOf(actor, await setPriority(actor, parseId("con", request.params.id), request.body.priority));
    },
  );

  app.post(
    "/conversations/:id/tags/:tag",
    {
      config: { permission: "conversations:write" },
      schema: { operationId: "addTag", summary: "Tag a conversation", tags: ["conversations"], params: TagParams, response: answer },
    },
    async (request) => {
      const actor = requireActor(request);
      return detailOf(actor, await addTag(actor, parseId("con", request.params.id), request.params.tag));
    },
  );

  app.delete(
    "/conversations/:id/tags/:tag",
    {
      config: { permission: "conversations:write" },
      schema: { operationId: "removeTag", summary: "Take a tag off", tags: ["conversations"], params: TagParams, response: answer },
    },
    async (request) => {
      const actor = requireActor(request);
      return detailOf(actor, await removeTag(actor, parseId("con", request.params.id), request.params.tag));
    },
  );
}
