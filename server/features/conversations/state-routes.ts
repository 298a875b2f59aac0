import type { FastifyRequest } from "fastify";
import { Type, type TSchema } from "typebox";
import { requireActor, type Actor } from "../access/index.ts";
import { IdParams, type RoomApp } from "../../platform/http/index.ts";
import { parseId } from "../../platform/ids.ts";
import { assignConversation } from "./assign-conversation.ts";
import { addTag, removeTag, setPriority } from "./change-conversation.ts";
import { closeConversation } from "./close-conversation.ts";
import { detailOf } from "./detail.ts";
import type { Conversation } from "./queries.ts";
import { reopenConversation } from "./reopen-conversation.ts";
import { ConversationDetail, PrioritySchema } from "./schemas.ts";

const TagParams = Type.Object({ id: Type.String({ maxLength: 32 }), tag: Type.String({ maxLength: 100 }) });
const AssigneeBody = Type.Object({ memberId: Type.Union([Type.String({ maxLength: 32 }), Type.Null()]) });
const PriorityBody = Type.Object({ priority: PrioritySchema });

/** A change of state is a resource: assignee, closure, priority, tags. Each answers the conversation as it then stands. */
export function stateRoutes(app: RoomApp): void {
  const byId = { params: IdParams };
  const byTag = { params: TagParams };

  app.put(
    "/conversations/:id/assignee",
    change("assignConversation", "Give a conversation to a member, or to nobody", { ...byId, body: AssigneeBody }),
    (request) => {
      const { memberId } = request.body;
      return after(request, request.params, (actor, id) =>
        assignConversation(actor, id, memberId === null ? null : parseId("mem", memberId)),
      );
    },
  );
  app.post("/conversations/:id/closure", change("closeConversation", "Close a conversation", byId), (request) =>
    after(request, request.params, closeConversation),
  );
  app.delete("/conversations/:id/closure", change("reopenConversation", "Open a closed conversation again", byId), (request) =>
    after(request, request.params, reopenConversation),
  );
  app.put(
    "/conversations/:id/priority",
    change("setPriority", "Say how important a conversation is", { ...byId, body: PriorityBody }),
    (request) => after(request, request.params, (actor, id) => setPriority(actor, id, request.body.priority)),
  );
  app.post("/conversations/:id/tags/:tag", change("addTag", "Tag a conversation", byTag), (request) =>
    after(request, request.params, (actor, id) => addTag(actor, id, request.params.tag)),
  );
  app.delete("/conversations/:id/tags/:tag", change("removeTag", "Take a tag off", byTag), (request) =>
    after(request, request.params, (actor, id) => removeTag(actor, id, request.params.tag)),
  );
}

/** What all these routes have in common, and what one of them takes. */
function change<Takes extends { params: TSchema; body?: TSchema }>(operationId: string, summary: string, takes: Takes) {
  const answer = { 200: ConversationDetail };
  return {
    config: { permission: "conversations:write" as const },
    schema: { operationId, summary, tags: ["conversations"], response: answer, ...takes },
  };
}

type Verb = (actor: Actor, conversationId: number) => Promise<Conversation>;

async function after(request: FastifyRequest, params: { id: string }, verb: Verb) {
  const actor = requireActor(request);
  return detailOf(actor, await verb(actor, parseId("con", params.id)));
}
