import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { CustomerSummary, findCustomers, summaryOf } from "../customers/index.ts";
import { findSubjects } from "../conversations/index.ts";
import { now } from "../../platform/clock.ts";
import { reading } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { ListOf, Moment, Nullable, PublicId, type RoomApp } from "../../platform/http/index.ts";
import { publicId, publicIdOrNull } from "../../platform/ids.ts";
import { readBoard, type BoardRow, type Period } from "./board.ts";
import { rowsBehind } from "./rows.ts";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const LONGEST_DAYS = 800;

const PeriodQuery = {
  from: Type.Optional(Type.String({ maxLength: 40, description: "A date or moment; default 90 days before `to`." })),
  to: Type.Optional(Type.String({ maxLength: 40, description: "A date or moment, exclusive; default now." })),
};
const Number_ = Nullable(Type.Number());
const RowView = Type.Object({
  metric: Type.String(),
  name: Type.String(),
  value: Number_,
  unit: Type.String(),
  low: Number_,
  high: Number_,
  n: Type.Integer(),
  note: Nullable(Type.String()),
  series: Type.Array(Type.Object({ week: Moment, value: Number_ })),
  change: Nullable(Type.Object({ value: Type.Number(), significant: Type.Boolean(), better: Type.Boolean() })),
});
const DefinitionView = Type.Object({
  name: Type.String(),
  question: Type.String(),
  numerator: Type.String(),
  denominator: Type.String(),
  clock: Type.String(),
  exclusions: Type.String(),
  interval: Type.String(),
  version: Type.Integer(),
});
const BoardView = Type.Object({
  period: Type.Object({ from: Moment, to: Moment, previousFrom: Moment, previousTo: Moment }),
  trend: Type.Array(
    Type.Object({
      week: Moment,
      score: Number_,
      low: Number_,
      high: Number_,
      n: Type.Integer(),
      weWrote: Type.Integer(),
      theyWrote: Type.Integer(),
    }),
  ),
  service: Type.Array(RowView),
  experience: Type.Array(RowView),
  distribution: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer(), count: Type.Integer() })),
  gap: Type.Object({
    count: Type.Integer(),
    rated: Type.Integer(),
    items: Type.Array(
      Type.Object({
        customer: CustomerSummary,
        rating: Type.Integer(),
        ratedAt: Moment,
        before: Type.Number(),
        after: Type.Number(),
        fell: Type.Number(),
        causes: Type.Array(Type.Object({ reason: Type.String(), points: Type.Number(), interactionId: PublicId })),
      }),
    ),
    causes: Type.Array(Type.Object({ reason: Type.String(), customers: Type.Integer(), points: Type.Number() })),
  }),
  definitions: Type.Record(Type.String(), DefinitionView),
});
const MOST_GAP_ITEMS = 200;

export function routes(app: RoomApp): void {
  app.get(
    "/insights/board",
    {
      config: { permission: "insights:read" },
      schema: {
        operationId: "getBoard",
        summary: "Service and experience side by side, and the gap between them",
        tags: ["insights"],
        querystring: Type.Object(PeriodQuery),
        response: { 200: BoardView },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const board = await readBoard(scope, periodOf(request.query));
      const customers = await findCustomers(
        scope,
        board.gap.items.map((each) => each.customerId),
      );
      const { from, to, previousFrom, previousTo } = board.period;
      return {
        period: {
          from: from.toISOString(),
          to: to.toISOString(),
          previousFrom: previousFrom.toISOString(),
          previousTo: previousTo.toISOString(),
        },
        trend: board.trend.map((week) => ({ ...week, week: week.week.toISOString() })),
        service: board.service.map(rowView),
        experience: board.experience.map(rowView),
        distribution: board.distribution,
        gap: {
          count: board.gap.items.length,
          rated: board.gap.rated,
          causes: board.gap.causes,
          items: board.gap.items.slice(0, MOST_GAP_ITEMS).map(({ customerId, causes, ...item }) => ({
            ...item,
            ratedAt: item.ratedAt.toISOString(),
            customer: summaryOf(customers.get(customerId) ?? { id: customerId, name: null, email: null }),
            causes: causes.map(({ position, ...cause }) => ({ ...cause, interactionId: publicId("int", position) })),
          })),
        },
        definitions: board.definitions,
      };
    },
  );

  app.get(
    "/insights/metrics/:key/rows",
    {
      config: { permission: "insights:read" },
      schema: {
        operationId: "listMetricRows",
        summary: "The conversations, orders or customers behind a figure",
        tags: ["insights"],
        params: Type.Object({ key: Type.String({ maxLength: 60 }) }),
        querystring: Type.Object(PeriodQuery),
        response: {
          200: ListOf(
            Type.Object({
              conversationId: Nullable(PublicId),
              orderId: Nullable(PublicId),
              customer: CustomerSummary,
              subject: Nullable(Type.String()),
              at: Moment,
              value: Number_,
            }),
          ),
        },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const rows = await rowsBehind(scope, request.params.key, periodOf(request.query));
      const [customers, subjects] = await Promise.all([
        findCustomers(
          scope,
          rows.map((row) => row.customerId),
        ),
        findSubjects(
          scope,
          rows.flatMap((row) => row.conversationId ?? []),
        ),
      ]);
      const items = rows.map((row) => ({
        conversationId: publicIdOrNull("con", row.conversationId),
        orderId: publicIdOrNull("ord", row.orderId),
        customer: summaryOf(customers.get(row.customerId) ?? { id: row.customerId, name: null, email: null }),
        subject: row.conversationId === null ? null : (subjects.get(row.conversationId) ?? null),
        at: row.at.toISOString(),
        value: row.value,
      }));
      return { items, nextCursor: null };
    },
  );
}

/** @throws Problem 400 */
function periodOf(query: { from?: string; to?: string }): Period {
  const at = now();
  const to = query.to === undefined ? at : momentOf(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - USUAL_DAYS * DAY_MS) : momentOf(query.from);
  if (from >= to) throw invalid("`from` must lie before `to`.");
  if (to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS) throw invalid(`A period has at most ${LONGEST_DAYS} days.`);
  return { from, to, until: to < at ? to : at };
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw invalid(`"${text}" is not a date like 2026-11-20.`);
  return moment;
}

function rowView(row: BoardRow) {
  return { ...row, series: row.series.map((each) => ({ week: each.week.toISOString(), value: each.value })) };
}
