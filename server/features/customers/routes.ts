import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading, type Scope } from "../../platform/db/index.ts";
import { decodeCursor, IdParams, ListOf, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId } from "../../platform/ids.ts";
import { changeProfile } from "./change-profile.ts";
import { consentsOf, stateConsent } from "./consents.ts";
import { normaliseIdentity, type IdentityKind, type Named } from "./identity-kinds.ts";
import { preferenceToken } from "./preference-link.ts";
import { mergeRoutes } from "./merge-routes.ts";
import { now } from "../../platform/clock.ts";
import { invalid } from "../../platform/errors.ts";
import { listingPorts } from "./listing-ports.ts";
import { identitiesOf, searchCustomers, SORTS, type Customer, type Sort } from "./queries.ts";
import { requireCustomer } from "./require-customer.ts";
import { ruleRoutes } from "./rule-routes.ts";
import { ConsentBody, ConsentItem, CustomerDetail, CustomerListItem, listItemOf, ProfileChangeBody } from "./schemas.ts";
import { standingsOf } from "./standing.ts";

export function routes(app: RoomApp, publicUrl: string): void {
  mergeRoutes(app);
  ruleRoutes(app);
  app.route({
    method: "GET",
    url: "/customers",
    config: { permission: "customers:read" },
    schema: {
      operationId: "listCustomers",
      summary: "Customers by name, email or whatever they are known by",
      tags: ["customers"],
      querystring: Type.Object({
        query: Type.Optional(Type.String({ maxLength: 200 })),
        userId: Type.Optional(Type.String({ maxLength: 400 })),
        email: Type.Optional(Type.String({ maxLength: 320 })),
        phone: Type.Optional(Type.String({ maxLength: 50, description: "International: +47 …" })),
        anonymousId: Type.Optional(Type.String({ maxLength: 400 })),
        segment: Type.Optional(Type.String({ maxLength: 32, description: "Only who is in this segment now." })),
        sort: Type.Optional(
          Type.Union(
            SORTS.map((sort) => Type.Literal(sort)),
            { description: "score: the unhappiest first." },
          ),
        ),
        ...PageQuery,
      }),
      response: { 200: ListOf(CustomerListItem) },
    },
    handler: async (request) => {
      const scope = reading(requireActor(request));
      const { query, cursor, limit = 50, segment, sort, ...by } = request.query;
      const among = segment === undefined ? null : await listingPorts().inSegment(scope, segment);
      const after = cursorIn(cursor, sort);
      const at = after?.at ?? now();
      const found = await searchCustomers(scope, { query, identities: identitiesIn(by), among, sort, after, at, limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.sortKey, row.id, at.getTime()]);
      const standings = await standingsOf(
        scope,
        rows.map((row) => row.id),
      );
      return { items: rows.map((row) => listItemOf(row, standings.get(row.id))), nextCursor };
    },
  });

  app.route({
    method: "GET",
    url: "/customers/:id",
    config: { permission: "customers:read" },
    schema: {
      operationId: "getCustomer",
      summary: "One customer",
      tags: ["customers"],
      params: IdParams,
      response: { 200: CustomerDetail },
    },
    handler: async (request) => {
      const scope = reading(requireActor(request));
      return detailOf(scope, await requireCustomer(scope, parseId("cus", request.params.id)));
    },
  });

  app.route({
    method: "PATCH",
    url: "/customers/:id",
    config: { permission: "customers:write" },
    schema: {
      operationId: "changeCustomer",
      summary: "Write down what was learned about a customer",
      tags: ["customers"],
      params: IdParams,
      body: ProfileChangeBody,
      response: { 200: CustomerDetail },
    },
    handler: async (request) => {
      const actor = requireActor(request);
      const customer = await changeProfile(actor, parseId("cus", request.params.id), request.body);
      return detailOf(reading(actor), customer);
    },
  });

  app.route({
    method: "GET",
    url: "/customers/:id/preference-link",
    config: { permission: "customers:write" },
    schema: {
      operationId: "getPreferenceLink",
      summary: "A link to the customer's own page, on which they say what they may be sent",
      tags: ["customers"],
      params: IdParams,
      response: { 200: Type.Object({ url: Type.String() }) },
    },
    handler: async (request) => {
      const scope = reading(requireActor(request));
      const customer = await requireCustomer(scope, parseId("cus", request.params.id));
      return { url: `${publicUrl}/preferences/${await preferenceToken(scope, customer.id)}` };
    },
  });

  app.route({
    method: "GET",
    url: "/customers/:id/consents",
    config: { permission: "customers:read" },
    schema: {
      operationId: "listConsents",
      summary: "What a customer agrees to, with the wording",
      tags: ["customers"],
      params: IdParams,
      response: { 200: ListOf(ConsentItem) },
    },
    handler: async (request) => {
      const scope = reading(requireActor(request));
      const customer = await requireCustomer(scope, parseId("cus", request.params.id));
      const consents = await consentsOf(scope, customer.id);
      return { items: consents.map((each) => ({ ...each, givenAt: each.givenAt.toISOString() })), nextCursor: null };
    },
  });

  app.route({
    method: "PUT",
    url: "/customers/:id/consents",
    config: { permission: "customers:write" },
    schema: {
      operationId: "stateConsent",
      summary: "Write down what a customer said about being written to",
      tags: ["customers"],
      params: IdParams,
      body: ConsentBody,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      await stateConsent(requireActor(request), parseId("cus", request.params.id), request.body);
      return reply.code(204).send(null);
    },
  });
}

function cursorIn(cursor: string | undefined, sort: Sort | undefined): { key: string | number; id: number; at: Date } | null {
  if (cursor === undefined) return null;
  const [key, id, moment] = decodeCursor(cursor, 3);
  const at = new Date(Number(moment));
  const fits = sort === "name" ? typeof key === "string" : typeof key === "number";
  if (!fits || !Number.isSafeInteger(id) || Number.isNaN(at.getTime()))
    throw invalid("The cursor is not one of ours; leave it out to start from the beginning.");
  return { key: sort === "name" ? String(key) : Number(key), id: Number(id), at };
}

/** An identity that cannot be one is looked for as it is, and not found. A plus in an address bar arrives as a space. */
function identitiesIn(by: { userId?: string; email?: string; phone?: string; anonymousId?: string }): Named[] {
  const given: [IdentityKind, string | undefined][] = [
    ["user_id", by.userId],
    ["email", by.email?.trim().replaceAll(" ", "+")],
    ["phone", by.phone?.replace(/^ (?=\d)/, "+")],
    ["anonymous_id", by.anonymousId],
  ];
  return given.flatMap(([kind, value]) => (value === undefined ? [] : [{ kind, value: normaliseIdentity({ kind, value }) ?? value }]));
}

async function detailOf(scope: Scope, customer: Customer) {
  const [standings, identities] = await Promise.all([standingsOf(scope, [customer.id]), identitiesOf(scope, customer.id)]);
  return {
    ...listItemOf(customer, standings.get(customer.id)),
    phone: customer.phone,
    locale: customer.locale,
    timeZone: customer.timeZone,
    addressAs: customer.addressAs,
    accessNeeds: customer.accessNeeds,
    organization: customer.organization,
    fields: customer.fields,
    firstSeenAt: customer.firstSeenAt.toISOString(),
    identities: identities.map((each) => ({ ...each, firstSeenAt: each.firstSeenAt.toISOString() })),
  };
}
