import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading, type Scope } from "../../platform/db/index.ts";
import { decodeMomentCursor, IdParams, ListOf, page, PageQuery, type RoomApp } from "../../platform/http/index.ts";
import { parseId } from "../../platform/ids.ts";
import { changeProfile } from "./change-profile.ts";
import { consentsOf, stateConsent } from "./consents.ts";
import { normaliseEmail } from "./email-address.ts";
import { identitiesOf, searchCustomers, type Customer } from "./queries.ts";
import { requireCustomer } from "./require-customer.ts";
import { ConsentBody, ConsentItem, CustomerDetail, CustomerListItem, listItemOf, ProfileChangeBody } from "./schemas.ts";
import { standingsOf } from "./standing.ts";

export function routes(app: RoomApp): void {
  app.route({
    method: "GET",
    url: "/customers",
    config: { permission: "customers:read" },
    schema: {
      operationId: "listCustomers",
      summary: "Customers by name and email, the last seen first",
      tags: ["customers"],
      querystring: Type.Object({
        query: Type.Optional(Type.String({ maxLength: 200 })),
        email: Type.Optional(Type.String({ maxLength: 320 })),
        ...PageQuery,
      }),
      response: { 200: ListOf(CustomerListItem) },
    },
    handler: async (request) => {
      const scope = reading(requireActor(request));
      const { query, email, cursor, limit = 50 } = request.query;
      const wanted = email === undefined ? undefined : (normaliseEmail(email) ?? email);
      const found = await searchCustomers(scope, { query, email: wanted, before: decodeMomentCursor(cursor), limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.lastSeenAt, row.id]);
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
