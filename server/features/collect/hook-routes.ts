import { Type } from "typebox";
import { requireActor, type Actor } from "../access/index.ts";
import { touchpointsOf } from "../interactions/index.ts";
import { reading } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { decodeIdCursor, IdParams, ListOf, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId, publicId } from "../../platform/ids.ts";
import { bodiesOf } from "./body-queries.ts";
import { changeHook, createHook, removeHook } from "./hooks.ts";
import { findHook, listHooks, type Hook } from "./hook-queries.ts";
import { listRefusals } from "./queries.ts";
import { HookBody, HookChange, HookDetail, hookView, HookView, KeptBodyView, RefusalView, TrialBody, TrialView } from "./schemas.ts";
import { volumeOf } from "./source-screen.ts";
import { propertiesOf, tryMapping } from "./try-mapping.ts";

const tags = ["collect"];
const config = { permission: "workspace:write" } as const;

export function hookRoutes(app: RoomApp, publicUrl: string): void {
  app.post(
    "/hooks",
    {
      config,
      schema: { operationId: "createHook", summary: "Make a hook for webhooks", tags, body: HookBody, response: { 201: HookView } },
    },
    async (request, reply) => reply.code(201).send(hookView(await createHook(requireActor(request), request.body), publicUrl)),
  );

  app.get(
    "/hooks",
    { config, schema: { operationId: "listHooks", summary: "Hooks, the newest first", tags, response: { 200: ListOf(HookView) } } },
    async (request) => ({
      items: (await listHooks(reading(requireActor(request)))).map((hook) => hookView(hook, publicUrl)),
      nextCursor: null,
    }),
  );

  app.get(
    "/hooks/:id",
    {
      config,
      schema: {
        operationId: "getHook",
        summary: "One hook, with what came to it within a day",
        tags,
        params: IdParams,
        response: { 200: HookDetail },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const hook = await requireHook(actor, request.params.id);
      const { hours } = await volumeOf(actor, publicId("hok", hook.id));
      return { ...hookView(hook, publicUrl), hours: hours.map((each) => ({ ...each, hour: each.hour.toISOString() })) };
    },
  );

  app.patch(
    "/hooks/:id",
    {
      config,
      schema: {
        operationId: "changeHook",
        summary: "Change a hook's name or mapping; its address stays",
        tags,
        params: IdParams,
        body: HookChange,
        response: { 200: HookView },
      },
    },
    async (request) => hookView(await changeHook(requireActor(request), parseId("hok", request.params.id), request.body), publicUrl),
  );

  app.delete(
    "/hooks/:id",
    {
      config,
      schema: {
        operationId: "removeHook",
        summary: "End a hook at once; what it brought stays",
        tags,
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await removeHook(requireActor(request), parseId("hok", request.params.id));
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/hooks/:id/refusals",
    {
      config,
      schema: {
        operationId: "listHookRefusals",
        summary: "What was not taken from a hook, with the reason, the newest first",
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(RefusalView) },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const hook = await requireHook(actor, request.params.id);
      const { cursor, limit = 50 } = request.query;
      const found = await listRefusals(reading(actor), publicId("hok", hook.id), { before: decodeIdCursor(cursor), limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.id]);
      return { items: rows.map((row) => ({ ...row, id: publicId("rfs", row.id), at: row.at.toISOString() })), nextCursor };
    },
  );

  app.get(
    "/hooks/:id/bodies",
    {
      config,
      schema: {
        operationId: "listHookBodies",
        summary: "The last bodies that came to a hook, the newest first: to try its mapping on",
        description: "At most 10, none larger than 64 KB, for a week.",
        tags,
        params: IdParams,
        response: { 200: ListOf(KeptBodyView) },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const hook = await requireHook(actor, request.params.id);
      const bodies = await bodiesOf(reading(actor), hook.id);
      return {
        items: bodies.map(({ id, at, body }) => ({ id: publicId("hbd", id), at: at.toISOString(), body: JSON.parse(body) })),
        nextCursor: null,
      };
    },
  );

  app.post(
    "/hooks/trial",
    {
      config,
      schema: {
        operationId: "tryMapping",
        summary: "What a mapping would make of a sample; nothing is recorded",
        tags,
        body: TrialBody,
        response: { 200: TrialView },
      },
    },
    async (request) => {
      const actor = requireActor(request);
      const { interactions, refusals, error } = await tryMapping(actor, request.body);
      const touchpoints = await touchpointsOf(reading(actor));
      return {
        interactions: interactions.map((each) => {
          const own = each.interactions.at(-1);
          const touchpoint = own?.touchpoint === undefined ? undefined : touchpoints.get(own.touchpoint);
          return {
            customer: each.names,
            kind: own?.kind ?? "",
            occurredAt: each.sighting.at.toISOString(),
            touchpoint: touchpoint?.name ?? null,
            stage: own?.stage ?? touchpoint?.stage ?? null,
            channel: own?.channel ?? touchpoint?.channel ?? null,
            initiative: own?.initiative ?? "reactive",
            properties: propertiesOf(each),
          };
        }),
        refusals,
        error,
      };
    },
  );
}

async function requireHook(actor: Actor, id: string): Promise<Hook> {
  const hook = await findHook(reading(actor), parseId("hok", id));
  if (!hook) throw notFound("hook");
  return hook;
}
