import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { requireCustomer } from "../customers/index.ts";
import { reading } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { decodeMomentCursor, IdParams, ListOf, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import { placeOrder } from "./place-order.ts";
import { findOrder, listOrders, ordersOf, type Order } from "./queries.ts";
import { orderView, OrderView, PlaceOrderBody, SourceBody, SourceView } from "./schemas.ts";
import { listSources, SHOP_KINDS, type OrderSource } from "./source-queries.ts";
import { addSource, removeSource } from "./sources.ts";

export function routes(app: RoomApp, publicUrl: string): void {
  orders(app);
  sources(app, publicUrl);
}

function orders(app: RoomApp): void {
  app.post(
    "/orders",
    {
      config: { permission: "orders:write" },
      schema: {
        operationId: "placeOrder",
        summary: "Tell of an order; the same externalId updates it",
        tags: ["orders"],
        body: PlaceOrderBody,
        response: { 200: OrderView, 201: OrderView },
      },
    },
    async (request, reply) => {
      const { order, isNew } = await placeOrder(requireActor(request), request.body);
      return reply.code(isNew ? 201 : 200).send(orderView(order));
    },
  );

  app.get(
    "/orders",
    {
      config: { permission: "orders:read" },
      schema: {
        operationId: "listOrders",
        summary: "Orders, the newest first",
        tags: ["orders"],
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(OrderView) },
      },
    },
    async (request) => {
      const { cursor, limit = 50 } = request.query;
      return listOf(await listOrders(reading(requireActor(request)), { before: decodeMomentCursor(cursor), limit: limit + 1 }), limit);
    },
  );

  app.get(
    "/orders/:id",
    {
      config: { permission: "orders:read" },
      schema: { operationId: "getOrder", summary: "One order", tags: ["orders"], params: IdParams, response: { 200: OrderView } },
    },
    async (request) => {
      const order = await findOrder(reading(requireActor(request)), parseId("ord", request.params.id));
      if (!order) throw notFound("order");
      return orderView(order);
    },
  );

  app.get(
    "/customers/:id/orders",
    {
      config: { permission: "orders:read" },
      schema: {
        operationId: "listCustomerOrders",
        summary: "A customer's orders, the newest first",
        tags: ["orders"],
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(OrderView) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const customer = await requireCustomer(scope, parseId("cus", request.params.id));
      const { cursor, limit = 50 } = request.query;
      return listOf(await ordersOf(scope, customer.id, { before: decodeMomentCursor(cursor), limit: limit + 1 }), limit);
    },
  );
}

function sources(app: RoomApp, publicUrl: string): void {
  const view = (source: OrderSource) => ({
    id: publicId("src", source.id),
    kind: SHOP_KINDS.find((kind) => kind === source.kind) ?? "shopify",
    name: source.name,
    url: `${publicUrl}/hooks/${source.kind}/${source.token}`,
    promisedHours: source.promisedHours,
    createdAt: source.createdAt.toISOString(),
  });

  app.get(
    "/order-sources",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "listOrderSources",
        summary: "Shops that tell us of their orders",
        tags: ["orders"],
        response: { 200: ListOf(SourceView) },
      },
    },
    async (request) => ({ items: (await listSources(reading(requireActor(request)))).map(view), nextCursor: null }),
  );

  app.post(
    "/order-sources",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "addOrderSource",
        summary: "Connect a shop",
        tags: ["orders"],
        body: SourceBody,
        response: { 201: SourceView },
      },
    },
    async (request, reply) =>
      reply.code(201).send(view(await addSource(requireActor(request), { ...request.body, kind: request.body.kind ?? "shopify" }))),
  );

  app.delete(
    "/order-sources/:id",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "removeOrderSource",
        summary: "Disconnect a shop; its orders stay",
        tags: ["orders"],
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await removeSource(requireActor(request), parseId("src", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function listOf(found: Order[], limit: number) {
  const { rows, nextCursor } = page(found, limit, (row) => [row.placedAt, row.id]);
  return { items: rows.map(orderView), nextCursor };
}
