import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import {
  decodeIdCursor,
  IdParams,
  ListOf,
  Moment,
  Nullable,
  page,
  PageQuery,
  PublicId,
  type RoomApp,
  Words,
} from "../../platform/http/index.ts";
import { parseId, publicId, publicIdOrNull } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { decideOnSuggestion } from "./decide-on-suggestion.ts";
import { mergeCustomers } from "./merge-customers.ts";
import { mergeHistory, openSuggestions, type MergeOfTwo } from "./merge-queries.ts";
import { findCustomers } from "./queries.ts";
import { requireCustomer } from "./require-customer.ts";
import { CustomerSummary, summaryOf } from "./schemas.ts";
import { unmergeCustomers } from "./unmerge-customers.ts";

const MergeView = Type.Object({
  id: PublicId,
  from: PublicId,
  into: PublicId,
  fromName: Nullable(Type.String({ description: "As whom the one was known by itself: name, email address or phone number." })),
  intoName: Nullable(Type.String()),
  reason: Type.String(),
  source: Type.String({ description: "A member, a key, or what arrived." }),
  memberId: Nullable(PublicId),
  mergedAt: Moment,
  undoneAt: Nullable(Moment),
  undoneBy: Nullable(PublicId),
});

const SuggestionView = Type.Object({
  id: PublicId,
  one: CustomerSummary,
  other: CustomerSummary,
  kind: Type.Union([Type.Literal("stopped"), Type.Literal("alike")], { description: "A rule stopped the merge, or they look alike." }),
  score: Nullable(Type.Number({ description: "0 to 1: how alike they are." })),
  reasons: Type.Array(Type.String()),
  times: Type.Integer({ description: "How often it was asked for." }),
  suggestedAt: Moment,
});

export function mergeRoutes(app: RoomApp): void {
  app.post(
    "/merges",
    {
      config: { permission: "customers:write" },
      schema: {
        operationId: "mergeCustomers",
        summary: "Say that two customers are one person",
        tags: ["customers"],
        body: Type.Object({ from: PublicId, into: PublicId, reason: Type.Optional(Words(500)) }),
        response: { 201: Type.Object({ id: PublicId }) },
      },
    },
    async (request, reply) => {
      const { from, into, reason } = request.body;
      const merge = await mergeCustomers(requireActor(request), { from: parseId("cus", from), into: parseId("cus", into), reason });
      return reply.code(201).send({ id: publicId("mrg", merge.id) });
    },
  );

  app.delete(
    "/merges/:id",
    {
      config: { permission: "customers:write" },
      schema: {
        operationId: "unmergeCustomers",
        summary: "Take a merge back, as if it had never been",
        tags: ["customers"],
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await unmergeCustomers(requireActor(request), parseId("mrg", request.params.id));
      return reply.code(204).send(null);
    },
  );

  app.get(
    "/customers/:id/merges",
    {
      config: { permission: "customers:read" },
      schema: {
        operationId: "listMerges",
        summary: "What was merged into this person, and taken back, the newest first",
        tags: ["customers"],
        params: IdParams,
        response: { 200: ListOf(MergeView) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const customer = await requireCustomer(scope, parseId("cus", request.params.id));
      return { items: (await mergeHistory(scope, customer.members)).flatMap(mergeView), nextCursor: null };
    },
  );

  app.get(
    "/merge-suggestions",
    {
      config: { permission: "customers:read" },
      schema: {
        operationId: "listMergeSuggestions",
        summary: "Merges that a rule stopped and customers who look alike, for a person to decide",
        tags: ["customers"],
        querystring: Type.Object(PageQuery),
        response: { 200: ListOf(SuggestionView) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const { cursor, limit = 50 } = request.query;
      const found = await openSuggestions(scope, { after: decodeIdCursor(cursor), limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.id]);
      const customers = await findCustomers(
        scope,
        rows.flatMap((row) => [row.oneId, row.otherId]),
      );
      const summary = (id: number) => summaryOf(customers.get(id) ?? { id, name: null, email: null });
      const items = rows.map(({ id, oneId, otherId, suggestedAt, ...rest }) => ({
        ...rest,
        id: publicId("sug", id),
        one: summary(oneId),
        other: summary(otherId),
        suggestedAt: suggestedAt.toISOString(),
      }));
      return { items, nextCursor };
    },
  );

  app.post(
    "/merge-suggestions",
    {
      config: { permission: "customers:write" },
      schema: {
        operationId: "lookForDuplicates",
        summary: "Look for customers who look alike, now; the list grows in a moment",
        tags: ["customers"],
        response: { 202: Type.Object({ queued: Type.Boolean() }) },
      },
    },
    async (request, reply) => {
      const { workspaceId } = requireActor(request);
      await transaction({ workspaceId }, (tx) =>
        enqueue(tx, "customers.suggest-duplicates", { workspaceId }, { key: `customers.suggest-duplicates:${workspaceId}` }),
      );
      return reply.code(202).send({ queued: true });
    },
  );

  app.put(
    "/merge-suggestions/:id/decision",
    {
      config: { permission: "customers:write" },
      schema: {
        operationId: "decideMergeSuggestion",
        summary: "Merge two customers who are suggested to be one, or leave them apart",
        tags: ["customers"],
        params: IdParams,
        body: Type.Object({ decision: Type.Union([Type.Literal("merged"), Type.Literal("dismissed")]) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await decideOnSuggestion(requireActor(request), parseId("sug", request.params.id), request.body.decision);
      return reply.code(204).send(null);
    },
  );
}

function mergeView({ mergedAt, ...merge }: MergeOfTwo) {
  if (mergedAt === null) return [];
  return [
    {
      id: publicId("mrg", merge.id),
      from: publicId("cus", merge.fromId),
      into: publicId("cus", merge.intoId),
      fromName: merge.fromName,
      intoName: merge.intoName,
      reason: merge.reason,
      source: merge.source,
      memberId: publicIdOrNull("mem", merge.memberId),
      mergedAt: mergedAt.toISOString(),
      undoneAt: merge.undoneAt?.toISOString() ?? null,
      undoneBy: publicIdOrNull("mem", merge.undoneBy),
    },
  ];
}
