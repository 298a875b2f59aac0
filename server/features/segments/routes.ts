import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { findCustomers, requireCustomer, summaryOf } from "../customers/index.ts";
import { reading, type Scope } from "../../platform/db/index.ts";
import { decodeMomentCursor, IdParams, ListOf, Nothing, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import { namedIn } from "./named.ts";
import { preview } from "./preview.ts";
import { countMembers, listMembers, listSegments, segmentsOf, type Segment } from "./queries.ts";
import { changeSegment, createSegment, removeSegment, requireSegment } from "./save-segment.ts";
import { PreviewBody, PreviewView, SegmentBody, SegmentMember, SegmentOfCustomer, segmentView, SegmentView } from "./schemas.ts";

const tags = ["segments"];

export function routes(app: RoomApp): void {
  definitions(app);
  members(app);
}

function definitions(app: RoomApp): void {
  app.get(
    "/segments",
    {
      config: { permission: "segments:read" },
      schema: { operationId: "listSegments", summary: "All segments, by name", tags, response: { 200: ListOf(SegmentView) } },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      return { items: await viewsOf(scope, await listSegments(scope)), nextCursor: null };
    },
  );

  app.post(
    "/segments",
    {
      config: { permission: "segments:write" },
      schema: {
        operationId: "createSegment",
        summary: "Make a segment; its members are computed in the background and kept true from then on",
        tags,
        body: SegmentBody,
        response: { 201: SegmentView },
      },
    },
    async (request, reply) => {
      const actor = requireActor(request);
      const segment = await createSegment(actor, request.body);
      return reply.code(201).send(await viewOf(reading(actor), segment));
    },
  );

  app.post(
    "/segments/preview",
    {
      config: { permission: "segments:read" },
      schema: {
        operationId: "previewSegment",
        summary: "Who would be in a segment now, and what its conditions amount to in words",
        tags,
        body: PreviewBody,
        response: { 200: PreviewView },
      },
    },
    async (request) => {
      const { examples, ...rest } = await preview(requireActor(request), request.body.where);
      return { ...rest, examples: examples.map(summaryOf) };
    },
  );

  app.get(
    "/segments/:id",
    {
      config: { permission: "segments:read" },
      schema: { operationId: "getSegment", summary: "One segment", tags, params: IdParams, response: { 200: SegmentView } },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      return viewOf(scope, await requireSegment(scope, parseId("seg", request.params.id)));
    },
  );

  app.put(
    "/segments/:id",
    {
      config: { permission: "segments:write" },
      schema: {
        operationId: "changeSegment",
        summary: "Change a segment; until the new conditions have been computed, members are kept by the old ones",
        tags,
        params: IdParams,
        body: SegmentBody,
        response: { 200: SegmentView },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return viewOf(reading(actor), await changeSegment(actor, parseId("seg", request.params.id), request.body));
    },
  );

  app.delete(
    "/segments/:id",
    {
      config: { permission: "segments:write" },
      schema: { operationId: "removeSegment", summary: "Remove a segment", tags, params: IdParams, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await removeSegment(requireActor(request), parseId("seg", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function members(app: RoomApp): void {
  app.get(
    "/segments/:id/members",
    {
      config: { permission: "segments:read" },
      schema: {
        operationId: "listSegmentMembers",
        summary: "Who is in a segment, the last to enter first",
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(SegmentMember) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const segment = await requireSegment(scope, parseId("seg", request.params.id));
      const { cursor, limit = 50 } = request.query;
      const found = await listMembers(scope, segment.id, { before: decodeMomentCursor(cursor), limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.since, row.customerId]);
      const customers = await findCustomers(
        scope,
        rows.map((row) => row.customerId),
      );
      const items = rows.flatMap(({ customerId, since }) => {
        const customer = customers.get(customerId);
        return customer ? [{ customer: summaryOf(customer), since: since.toISOString() }] : [];
      });
      return { items, nextCursor };
    },
  );

  app.get(
    "/customers/:id/segments",
    {
      config: { permission: "segments:read" },
      schema: {
        operationId: "listSegmentsOfCustomer",
        summary: "The segments a customer is in",
        tags,
        params: IdParams,
        response: { 200: ListOf(SegmentOfCustomer) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const customer = await requireCustomer(scope, parseId("cus", request.params.id));
      const segments = await segmentsOf(scope, customer.id);
      const items = segments.map(({ id, name, since }) => ({ id: publicId("seg", id), name, since: since.toISOString() }));
      return { items, nextCursor: null };
    },
  );
}

async function viewOf(scope: Scope, segment: Segment) {
  const [view] = await viewsOf(scope, [segment]);
  if (!view) throw new Error("a segment has no view");
  return view;
}

async function viewsOf(scope: Scope, segments: readonly Segment[]) {
  const [named, counts] = [
    await namedIn(scope),
    await countMembers(
      scope,
      segments.map((each) => each.id),
    ),
  ];
  return segments.map((segment) => segmentView(segment, counts.get(segment.id) ?? 0, named));
}
