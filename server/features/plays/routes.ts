import { Type, type Static } from "typebox";
import { requireActor } from "../access/index.ts";
import { CustomerSummary, findCustomers, summaryOf } from "../customers/index.ts";
import { findOrders, OrderView, orderView } from "../orders/index.ts";
import { reading, type Scope } from "../../platform/db/index.ts";
import {
  decodeMomentCursor,
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
import { dropProposal, editProposal, sendProposal } from "./decide-proposal.ts";
import { listProposals, settingsOf, type Proposal } from "./queries.ts";
import { changePlaySettings } from "./settings.ts";

const State = Type.Union([Type.Literal("proposed"), Type.Literal("sent"), Type.Literal("dropped"), Type.Literal("withheld")]);
const ProposalView = Type.Object({
  id: PublicId,
  kind: Type.Literal("late-delivery"),
  state: State,
  customer: CustomerSummary,
  order: Nullable(OrderView),
  subject: Type.String(),
  text: Type.String(),
  reason: Type.String(),
  coupon: Nullable(Type.Object({ heldOut: Type.Boolean(), code: Nullable(Type.String()) })),
  withheld: Nullable(Type.Object({ reason: Type.String() })),
  conversationId: Nullable(PublicId),
  createdAt: Moment,
  decidedAt: Nullable(Moment),
});
const WordingBody = Type.Partial(Type.Object({ subject: Words(400), text: Words(50_000) }));
const NullableText = (maxLength: number) => Nullable(Words(maxLength));
const Settings = Type.Object({
  lateDelivery: Type.Boolean({ description: "Whether an apology is proposed for a late delivery." }),
  lateSubject: NullableText(400),
  lateText: NullableText(20_000),
  couponCode: NullableText(100),
  couponText: NullableText(1000),
});

export function routes(app: RoomApp): void {
  proposals(app);
  settings(app);
}

function proposals(app: RoomApp): void {
  const answer = { 200: ProposalView };

  app.get(
    "/proposals",
    {
      config: { permission: "proposals:read" },
      schema: {
        operationId: "listProposals",
        summary: "Messages that wait for a person's yes, and those withheld with the reason",
        tags: ["plays"],
        querystring: Type.Object({ state: Type.Optional(State), ...PageQuery }),
        response: { 200: ListOf(ProposalView) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const { state = null, cursor, limit = 50 } = request.query;
      const { rows, nextCursor } = page(
        await listProposals(scope, { state, before: decodeMomentCursor(cursor), limit: limit + 1 }),
        limit,
        (row) => [row.createdAt, row.id],
      );
      return { items: await viewsOf(scope, rows), nextCursor };
    },
  );

  app.patch(
    "/proposals/:id",
    {
      config: { permission: "proposals:write" },
      schema: {
        operationId: "editProposal",
        summary: "Put a proposed message into other words",
        tags: ["plays"],
        params: IdParams,
        body: WordingBody,
        response: answer,
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return viewOf(reading(actor), await editProposal(actor, parseId("prp", request.params.id), request.body));
    },
  );

  app.post(
    "/proposals/:id/sending",
    {
      config: { permission: "proposals:write" },
      schema: {
        operationId: "sendProposal",
        summary: "Approve a proposed message and send it",
        tags: ["plays"],
        params: IdParams,
        body: Type.Optional(Nullable(WordingBody)),
        response: answer,
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return viewOf(reading(actor), await sendProposal(actor, parseId("prp", request.params.id), request.body ?? {}));
    },
  );

  app.delete(
    "/proposals/:id/sending",
    {
      config: { permission: "proposals:write" },
      schema: {
        operationId: "dropProposal",
        summary: "Decide against a proposed message",
        tags: ["plays"],
        params: IdParams,
        response: answer,
      },
    },
    async (request) => {
      const actor = requireActor(request);
      return viewOf(reading(actor), await dropProposal(actor, parseId("prp", request.params.id)));
    },
  );
}

function settings(app: RoomApp): void {
  app.get(
    "/play-settings",
    {
      config: { permission: "workspace:read" },
      schema: {
        operationId: "getPlaySettings",
        summary: "What is proposed, and in which words",
        tags: ["plays"],
        response: { 200: Settings },
      },
    },
    async (request) => settingsOf(reading(requireActor(request))),
  );

  app.patch(
    "/play-settings",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "changePlaySettings",
        summary: "Change what is proposed from now on",
        tags: ["plays"],
        body: Type.Partial(Settings),
        response: { 200: Settings },
      },
    },
    async (request) => changePlaySettings(requireActor(request), request.body),
  );
}

async function viewOf(scope: Scope, proposal: Proposal): Promise<Static<typeof ProposalView>> {
  const [view] = await viewsOf(scope, [proposal]);
  if (!view) throw new Error("a proposal cannot be shown");
  return view;
}

async function viewsOf(scope: Scope, rows: readonly Proposal[]): Promise<Static<typeof ProposalView>[]> {
  const [customers, orders] = await Promise.all([
    findCustomers(
      scope,
      rows.map((row) => row.customerId),
    ),
    findOrders(
      scope,
      rows.map((row) => row.orderId),
    ),
  ]);
  return rows.map((row) => {
    const order = orders.get(row.orderId);
    return {
      id: publicId("prp", row.id),
      kind: row.play,
      state: row.state,
      customer: summaryOf(customers.get(row.customerId) ?? { id: row.customerId, name: null, email: null }),
      order: order ? orderView(order) : null,
      subject: row.subject,
      text: row.text,
      reason: row.reason,
      coupon: row.heldOut === null ? null : { heldOut: row.heldOut, code: row.couponCode },
      withheld: row.withheldBecause === null ? null : { reason: row.withheldBecause },
      conversationId: publicIdOrNull("con", row.conversationId),
      createdAt: row.createdAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
    };
  });
}
