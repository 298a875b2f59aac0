import { Type, type Static } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { ListOf, type RoomApp } from "../../platform/http/index.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import { mapEvent, unmapEvent } from "./map-events.ts";
import { DEFAULT_PLACINGS, type Placing } from "./placing.ts";
import { mappingsOf } from "./mapping-queries.ts";
import { MappingQuery, MappingView, PlacingBody } from "./schemas.ts";

const tags = ["collect"];

export function mappingRoutes(app: RoomApp): void {
  app.get(
    "/event-mappings",
    {
      config: { permission: "workspace:read" },
      schema: {
        operationId: "listEventMappings",
        summary: "Where events belong, by their names: your own mappings, then those that come with Throughline",
        tags,
        response: { 200: ListOf(MappingView) },
      },
    },
    async (request) => {
      const own = (await mappingsOf(reading(requireActor(request)))).map((row) => view(row.event, row.sourceId, row, false));
      const usual = [...DEFAULT_PLACINGS].map(([event, placing]) => view(event, 0, placing, true));
      return { items: [...own, ...usual], nextCursor: null };
    },
  );

  app.put(
    "/event-mappings",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "mapEvent",
        summary: "Say where events of a name belong from now on, for one source or the whole workspace",
        tags,
        body: PlacingBody,
        response: { 200: MappingView },
      },
    },
    async (request) => {
      const { event, sourceId, ...placing } = request.body;
      const name = { event, sourceId: sourceNumber(sourceId) };
      await mapEvent(requireActor(request), name, placing);
      return view(event, name.sourceId, placing, false);
    },
  );

  app.delete(
    "/event-mappings",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "unmapEvent",
        summary: "Take back where events of a name belong",
        tags,
        querystring: MappingQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { event, sourceId } = request.query;
      await unmapEvent(requireActor(request), { event, sourceId: sourceNumber(sourceId) });
      return reply.code(204).send(null);
    },
  );
}

function sourceNumber(id: string | undefined): number {
  return id === undefined ? 0 : parseId("src", id);
}

function view(event: string, sourceId: number, placing: Placing, isDefault: boolean): Static<typeof MappingView> {
  return {
    event,
    sourceId: sourceId === 0 ? null : publicId("src", sourceId),
    isDefault,
    touchpoint: placing.touchpoint ?? null,
    stage: placing.stage ?? null,
    driver: placing.driver ?? null,
    control: placing.control ?? null,
    initiative: placing.initiative ?? null,
  };
}
