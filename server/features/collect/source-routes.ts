import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { findInteractions } from "../interactions/index.ts";
import { reading } from "../../platform/db/index.ts";
import { decodeIdCursor, IdParams, ListOf, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import { textOf } from "./json.ts";
import { listRefusals } from "./queries.ts";
import { RefusalView, SourceBody, SourceDetail, SourceListItem, sourceView, SourceWithKey } from "./schemas.ts";
import { requireSource, sourcesWithVolume, volumeOf } from "./source-screen.ts";
import { createSource, revokeSource, rotateSource } from "./sources.ts";

const tags = ["collect"];

export function sourceRoutes(app: RoomApp): void {
  app.post(
    "/sources",
    {
      config: { permission: "keys:write", answersSecret: true },
      schema: {
        operationId: "createSource",
        summary: "Make a source of events; its write key is shown once",
        tags,
        body: SourceBody,
        response: { 201: SourceWithKey },
      },
    },
    async (request, reply) => {
      const source = await createSource(requireActor(request), request.body);
      return reply.code(201).send({ ...sourceView(source), writeKey: source.writeKey });
    },
  );

  app.get(
    "/sources",
    {
      config: { permission: "keys:read" },
      schema: {
        operationId: "listSources",
        summary: "Sources of events, the newest first",
        tags,
        response: { 200: ListOf(SourceListItem) },
      },
    },
    async (request) => ({
      items: (await sourcesWithVolume(requireActor(request))).map(({ source, lastDay }) => ({ ...sourceView(source), lastDay })),
      nextCursor: null,
    }),
  );

  app.get(
    "/sources/:id",
    {
      config: { permission: "keys:read" },
      schema: {
        operationId: "getSource",
        summary: "One source, with what came from it within a day",
        tags,
        params: IdParams,
        response: { 200: SourceDetail },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const source = await requireSource(actor, parseId("src", request.params.id));
      const { hours, newest } = await volumeOf(actor, publicId("src", source.id));
      const last = await findInteractions(reading(actor), newest);
      return {
        ...sourceView(source),
        hours: hours.map((each) => ({ ...each, hour: each.hour.toISOString() })),
        lastEvents: last.map((each) => ({
          id: publicId("int", each.position),
          kind: each.kind,
          name: textOf(each.properties["name"]),
          customerId: publicId("cus", each.customerId),
          occurredAt: each.occurredAt.toISOString(),
          receivedAt: each.receivedAt.toISOString(),
        })),
      };
    },
  );

  app.post(
    "/sources/:id/rotation",
    {
      config: { permission: "keys:write", answersSecret: true },
      schema: {
        operationId: "rotateSource",
        summary: "Give a source a new write key; the one before works for a day",
        tags,
        params: IdParams,
        response: { 200: SourceWithKey },
      },
    },
    async (request) => {
      const source = await rotateSource(requireActor(request), parseId("src", request.params.id));
      return { ...sourceView(source), writeKey: source.writeKey };
    },
  );

  app.delete(
    "/sources/:id",
    {
      config: { permission: "keys:write" },
      schema: {
        operationId: "revokeSource",
        summary: "End a source at once; what it sent stays",
        tags,
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await revokeSource(requireActor(request), parseId("src", request.params.id));
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/sources/:id/refusals",
    {
      config: { permission: "keys:read" },
      schema: {
        operationId: "listSourceRefusals",
        summary: "Events that were not taken, with the reason, the newest first",
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(RefusalView) },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const source = await requireSource(actor, parseId("src", request.params.id));
      const { cursor, limit = 50 } = request.query;
      const before = decodeIdCursor(cursor);
      const found = await listRefusals(reading(actor), publicId("src", source.id), { before, limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.id]);
      return { items: rows.map((row) => ({ ...row, id: publicId("rfs", row.id), at: row.at.toISOString() })), nextCursor };
    },
  );
}
