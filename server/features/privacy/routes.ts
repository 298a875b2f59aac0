import { Type } from "typebox";
import { findWorkspace, requireActor } from "../access/index.ts";
import { requireCustomer } from "../customers/index.ts";
import { reading } from "../../platform/db/index.ts";
import { IdParams, ListOf, Moment, Nullable, PublicId, type RoomApp } from "../../platform/http/index.ts";
import { parseId } from "../../platform/ids.ts";
import { erasePerson } from "./erase-person.ts";
import { exportPage } from "./export-page.ts";
import { exportPerson } from "./export-person.ts";
import { retentionOf } from "./queries.ts";
import { changeRetention, retentionKinds } from "./retention.ts";

const ExportView = Type.Object({
  customer: PublicId,
  exportedAt: Moment,
  data: Type.Record(Type.String(), Type.Array(Type.Unknown()), { description: "By kind: profile, identities, consents, interactions, …" }),
});

export function routes(app: RoomApp): void {
  app.get(
    "/customers/:id/export",
    {
      config: { permission: "privacy:read" },
      schema: {
        operationId: "exportCustomer",
        summary: "All that is known of a person, as data or as a page that they can read",
        tags: ["privacy"],
        params: IdParams,
        querystring: Type.Object({ format: Type.Optional(Type.Union([Type.Literal("json"), Type.Literal("html")])) }),
        response: { 200: ExportView },
      },
    },
    async (request, reply) => {
      const actor = requireActor(request);
      const id = parseId("cus", request.params.id);
      const all = await exportPerson(actor, id);
      if (request.query.format !== "html") return all;
      const [workspace, { name, email, phone }] = await Promise.all([findWorkspace(reading(actor)), requireCustomer(reading(actor), id)]);
      const reader = { company: workspace?.name ?? "", person: name ?? email ?? phone ?? "you", timeZone: workspace?.timeZone ?? "UTC" };
      return reply
        .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
        .type("text/html")
        .serializer(String)
        .send(exportPage(all, reader) as never);
    },
  );

  app.delete(
    "/customers/:id/personal-data",
    {
      config: { permission: "privacy:write" },
      schema: {
        operationId: "erasePersonalData",
        summary: "Erase all that is known of a person, for good",
        tags: ["privacy"],
        params: IdParams,
        response: {
          200: Type.Object({
            erasedAt: Moment,
            counts: Type.Record(Type.String(), Type.Integer(), { description: "How much was blanked or deleted, by room." }),
            keptInvoices: Type.Integer({ description: "Invoices that the law makes us keep, apart from everything else." }),
          }),
        },
      },
    },
    async (request) => {
      const erased = await erasePerson(requireActor(request), parseId("cus", request.params.id));
      return { ...erased, erasedAt: erased.erasedAt.toISOString() };
    },
  );

  app.get(
    "/retention",
    {
      config: { permission: "workspace:read" },
      schema: {
        operationId: "listRetention",
        summary: "How long each kind of data is kept",
        tags: ["privacy"],
        response: { 200: ListOf(Type.Object({ kind: Type.String(), about: Type.String(), days: Nullable(Type.Integer()) })) },
      },
    },
    async (request) => {
      const own = await retentionOf(reading(requireActor(request)));
      const items = Object.entries(retentionKinds()).map(([kind, { about }]) => ({ kind, about, days: own.get(kind) ?? null }));
      return { items, nextCursor: null };
    },
  );

  app.put(
    "/retention/:kind",
    {
      config: { permission: "privacy:write" },
      schema: {
        operationId: "changeRetention",
        summary: "Say how long a kind of data is kept",
        tags: ["privacy"],
        params: Type.Object({ kind: Type.String({ maxLength: 50 }) }),
        body: Type.Object({ days: Nullable(Type.Integer({ minimum: 1, maximum: 36_500, description: "null: for ever" })) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await changeRetention(requireActor(request), request.params.kind, request.body.days);
      return reply.code(204).send(null);
    },
  );
}
