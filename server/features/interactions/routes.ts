import { Type } from "typebox";
import { authorize, requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { ListOf, Moment, PublicId, type RoomApp } from "../../platform/http/index.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import { findInteraction, listSetAside } from "./queries.ts";
import { replaySetAside } from "./rebuild.ts";
import { touchpointsOf } from "./touchpoints.ts";

const TouchpointView = Type.Object({
  id: PublicId,
  key: Type.String(),
  name: Type.String(),
  channel: Type.String(),
  stage: Type.String(),
  department: Type.String(),
  driver: Type.String(),
  control: Type.String(),
});
const SetAsideView = Type.Object({
  listener: Type.String(),
  interactionId: PublicId,
  error: Type.String(),
  tries: Type.Integer(),
  setAsideAt: Moment,
});

export function routes(app: RoomApp): void {
  app.get(
    "/touchpoints",
    {
      config: { permission: "customers:read" },
      schema: {
        operationId: "listTouchpoints",
        summary: "Where interactions happen, and who owns each place",
        tags: ["interactions"],
        response: { 200: ListOf(TouchpointView) },
      },
    },
    async (request) => {
      const touchpoints = await touchpointsOf(reading(requireActor(request)));
      return { items: [...touchpoints.values()].map((each) => ({ ...each, id: publicId("tpt", each.id) })), nextCursor: null };
    },
  );

  app.get(
    "/set-aside",
    {
      config: { permission: "audit:read" },
      schema: {
        operationId: "listSetAside",
        summary: "Interactions that a listener could not take in, with the reason",
        tags: ["interactions"],
        response: { 200: ListOf(SetAsideView) },
      },
    },
    async (request) => {
      const rows = await listSetAside(reading(requireActor(request)));
      return {
        items: rows.map((row) => ({
          listener: row.listener,
          interactionId: publicId("int", row.position),
          error: row.error,
          tries: row.tries,
          setAsideAt: row.setAsideAt.toISOString(),
        })),
        nextCursor: null,
      };
    },
  );

  app.post(
    "/set-aside/:listener/:id/replay",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "replaySetAside",
        summary: "Give a listener once more what it could not take in",
        tags: ["interactions"],
        params: Type.Object({ listener: Type.String({ maxLength: 100 }), id: PublicId }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const actor = requireActor(request);
      authorize(actor, "workspace:write");
      const position = parseId("int", request.params.id);
      const found = (await listSetAside(reading(actor))).some(
        (row) => row.position === position && row.listener === request.params.listener,
      );
      if (!found || !(await findInteraction(reading(actor), position))) throw notFound("interaction");
      await replaySetAside(request.params.listener, position);
      return reply.code(204).send(null);
    },
  );
}
