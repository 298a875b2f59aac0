import { Type } from "typebox";
import { listMembers, requireActor } from "../access/index.ts";
import { requireCustomer } from "../customers/index.ts";
import { Initiative, readTimeline, stagesOf, TimelineItem } from "../interactions/index.ts";
import { reading } from "../../platform/db/index.ts";
import {
  decodeMomentCursor,
  IdParams,
  ListOf,
  Moment,
  Nullable,
  page,
  PageQuery,
  PublicId,
  type RoomApp,
} from "../../platform/http/index.ts";
import { parseId, publicId, publicIdOrNull } from "../../platform/ids.ts";
import { pointsAt, readExperience } from "./read-experience.ts";

const ExperienceView = Type.Object({
  score: Nullable(Type.Number({ description: "0 to 100; null while it is too early to say (under three pieces of evidence)." })),
  low: Type.Number(),
  high: Type.Number(),
  atRisk: Type.Boolean(),
  poorExperiences: Type.Integer({ description: "Within 90 days." }),
  contributions: Type.Array(Type.Object({ interactionId: Nullable(PublicId), reason: Type.String(), points: Type.Number(), at: Moment }), {
    description: "The greatest first. 50 and all points add up to the score.",
  }),
  line: Type.Array(
    Type.Object({
      at: Moment,
      score: Type.Number(),
      before: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      points: Type.Number(),
      reason: Type.String(),
      initiative: Initiative,
      interactionId: PublicId,
      stage: Nullable(Type.String()),
    }),
    { description: "Every moment that moved the score, oldest first: the score before and after it, and its points now." },
  ),
});

export function routes(app: RoomApp): void {
  app.get(
    "/customers/:id/experience",
    {
      config: { permission: "customers:read" },
      schema: {
        operationId: "getExperience",
        summary: "A customer's score and what made it",
        tags: ["experience"],
        params: IdParams,
        response: { 200: ExperienceView },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const customer = await requireCustomer(scope, parseId("cus", request.params.id));
      const { points, line, contributions, ...rest } = await readExperience(scope, customer.id);
      const stages = await stagesOf(
        scope,
        customer.members,
        line.map((each) => each.position),
      );
      return {
        ...rest,
        contributions: contributions.map((each) => ({
          interactionId: publicIdOrNull("int", each.position),
          reason: each.reason,
          points: each.points,
          at: each.at.toISOString(),
        })),
        line: line.map((each) => ({
          at: each.at.toISOString(),
          score: each.after,
          before: each.before,
          low: each.low,
          high: each.high,
          points: points.get(each.position) ?? 0,
          reason: each.reason,
          initiative: each.initiative,
          interactionId: publicId("int", each.position),
          stage: stages.get(each.position) ?? null,
        })),
      };
    },
  );

  app.get(
    "/customers/:id/timeline",
    {
      config: { permission: "customers:read" },
      schema: {
        operationId: "getTimeline",
        summary: "What happened with a customer, the newest first",
        tags: ["experience"],
        params: IdParams,
        querystring: Type.Object({
          kind: Type.Optional(Type.String({ maxLength: 100 })),
          stage: Type.Optional(Type.String({ maxLength: 100 })),
          channel: Type.Optional(Type.String({ maxLength: 50 })),
          initiative: Type.Optional(Initiative),
          ...PageQuery,
        }),
        response: { 200: ListOf(TimelineItem) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const customer = await requireCustomer(scope, parseId("cus", request.params.id));
      const { cursor, limit = 50, ...filter } = request.query;
      const [found, members] = await Promise.all([
        readTimeline(scope, customer.members, { ...filter, before: decodeMomentCursor(cursor), limit: limit + 1 }),
        listMembers(scope),
      ]);
      const names = new Map(members.map((member) => [member.id, member.name]));
      const { rows, nextCursor } = page(found, limit, (row) => [row.occurredAt, row.position]);
      const points = await pointsAt(
        scope,
        customer.id,
        rows.map((row) => row.position),
      );
      const items = rows.map((row) => ({
        id: publicId("int", row.position),
        kind: row.kind,
        occurredAt: row.occurredAt.toISOString(),
        receivedAt: row.receivedAt.toISOString(),
        channel: row.channel,
        touchpoint: row.touchpoint,
        stage: row.stage,
        initiative: row.initiative,
        member: row.memberId === null ? null : { id: publicId("mem", row.memberId), name: names.get(row.memberId) ?? "Former member" },
        conversationId: publicIdOrNull("con", row.conversationId),
        orderId: publicIdOrNull("ord", row.orderId),
        properties: row.properties,
        points: points.get(row.position) ?? null,
      }));
      return { items, nextCursor };
    },
  );
}
