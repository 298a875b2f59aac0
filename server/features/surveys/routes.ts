import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { decodeMomentCursor, ListOf, Moment, Nullable, page, PageQuery, PublicId, type RoomApp } from "../../platform/http/index.ts";
import { publicId } from "../../platform/ids.ts";
import { askingOf, listResponses } from "./queries.ts";
import { changeAsking } from "./settings.ts";

const Asking = Type.Union([Type.Literal("notice"), Type.Literal("opt-in"), Type.Literal("off")], {
  description: "notice: everybody we helped, told of it and with an opt-out; opt-in: only those who agreed; off: nobody.",
});
const ResponseView = Type.Object({
  id: PublicId,
  conversationId: PublicId,
  customerId: PublicId,
  rating: Type.Integer(),
  comment: Nullable(Type.String()),
  answeredAt: Moment,
  changedAt: Moment,
});

export function routes(app: RoomApp): void {
  app.get(
    "/survey-settings",
    {
      config: { permission: "workspace:read" },
      schema: {
        operationId: "getSurveySettings",
        summary: "Who is asked how it was",
        tags: ["surveys"],
        response: { 200: Type.Object({ asking: Asking }) },
      },
    },
    async (request) => ({ asking: await askingOf(reading(requireActor(request))) }),
  );

  app.patch(
    "/survey-settings",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "changeSurveySettings",
        summary: "Decide who is asked how it was",
        tags: ["surveys"],
        body: Type.Object({ asking: Asking }),
        response: { 200: Type.Object({ asking: Asking }) },
      },
    },
    async (request) => ({ asking: await changeAsking(requireActor(request), request.body.asking) }),
  );

  app.get(
    "/survey-responses",
    {
      config: { permission: "customers:read" },
      schema: {
        operationId: "listSurveyResponses",
        summary: "What customers answered, the newest first",
        tags: ["surveys"],
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(ResponseView) },
      },
    },
    async (request) => {
      const { cursor, limit = 50 } = request.query;
      const found = await listResponses(reading(requireActor(request)), decodeMomentCursor(cursor), limit + 1);
      const { rows, nextCursor } = page(found, limit, (row) => [row.answeredAt, row.id]);
      const items = rows.map((row) => ({
        id: publicId("rsp", row.id),
        conversationId: publicId("con", row.conversationId),
        customerId: publicId("cus", row.customerId),
        rating: row.rating ?? 0,
        comment: row.comment,
        answeredAt: row.answeredAt.toISOString(),
        changedAt: row.changedAt.toISOString(),
      }));
      return { items, nextCursor };
    },
  );
}
