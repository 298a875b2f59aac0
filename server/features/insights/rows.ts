import { exactScore, listAtRisk, massesAt, PARAMETERS, standingsOf } from "../experience/index.ts";
import type { Scope } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { readFacts, type Period } from "./board.ts";
import type { ConversationFact, OrderFact } from "./facts.ts";
import { COUNTS, METRICS, type Facts } from "./metrics.ts";
import { listOpen } from "./queries.ts";

const MOST = 500;

/** One row behind a figure: a conversation, an order or a customer, with its own value. */
export interface Row {
  conversationId: number | null;
  orderId: number | null;
  customerId: number;
  at: Date;
  value: number | null;
}

/** The rows that a figure rests on, those that weigh most against us first. @throws Problem 404 for an unknown metric */
export async function rowsBehind(scope: Scope, key: string, period: Period): Promise<Row[]> {
  if (!Object.hasOwn(METRICS, key) && !Object.hasOwn(COUNTS, key)) throw notFound("metric");
  if (key === "open") return (await listOpen(scope, MOST)).map((fact) => conversationRow(fact, fact.arrivedAt, null));
  if (key === "at-risk") return customerRows(scope, await listAtRisk(scope, MOST));
  if (key === "experience-score") return lowestScores(scope, period.until);
  const facts = await readFacts(scope, period);
  return (ROWS[key]?.(facts) ?? []).slice(0, MOST);
}

const ROWS: Record<string, (facts: Facts) => Row[]> = {
  "first-response": (facts) =>
    slowestFirst(
      facts.conversations
        .filter((each) => isIn(each.arrivedAt, facts))
        .map((each) => conversationRow(each, each.arrivedAt, minutes(each.arrivedAt, each.firstResponseAt, facts.until))),
    ),
  "first-response-kept": (facts) =>
    slowestFirst(
      facts.conversations
        .filter((each) => isIn(each.firstResponseAt, facts) && each.firstResponseKept === false)
        .map((each) => conversationRow(each, each.arrivedAt, each.firstResponseMinutes)),
    ),
  resolution: (facts) =>
    slowestFirst(
      facts.conversations
        .filter((each) => isIn(each.arrivedAt, facts))
        .map((each) => conversationRow(each, each.arrivedAt, minutes(each.arrivedAt, each.firstClosedAt, facts.until))),
    ),
  "reopen-rate": (facts) =>
    slowestFirst(
      facts.conversations
        .filter((each) => isIn(each.firstClosedAt, facts) && each.reopenings > 0)
        .map((each) => conversationRow(each, each.firstClosedAt ?? each.arrivedAt, each.reopenings)),
    ),
  csat: (facts) =>
    facts.conversations
      .filter((each) => isIn(each.ratedAt, facts) && each.rating !== null)
      .map((each) => conversationRow(each, each.ratedAt ?? each.arrivedAt, each.rating))
      .sort((a, b) => (a.value ?? 0) - (b.value ?? 0)),
  "late-delivery": (facts) =>
    slowestFirst(
      facts.orders
        .filter((each) => isIn(each.promisedAt, facts) && each.lateAt !== null && each.cancelledAt === null)
        .map((each) => orderRow(each, minutes(each.promisedAt ?? facts.from, each.deliveredAt, facts.until))),
    ),
  "repeat-purchase": (facts) =>
    facts.buyers
      .map((each) => ({
        conversationId: null,
        orderId: null,
        customerId: each.customerId,
        at: each.firstAt,
        value: each.secondAt && daysBetween(each.firstAt, each.secondAt),
      }))
      .sort((a, b) => (b.value ?? Infinity) - (a.value ?? Infinity) || 0),
};

async function lowestScores(scope: Scope, at: Date): Promise<Row[]> {
  const known = (await massesAt(scope, at)).filter((row) => row.pieces >= PARAMETERS.fewestPieces);
  const rows = known.map((row) => ({ conversationId: null, orderId: null, customerId: row.customerId, at, value: exactScore(row, at) }));
  return rows.sort((a, b) => a.value - b.value).slice(0, MOST);
}

async function customerRows(scope: Scope, ids: readonly number[]): Promise<Row[]> {
  const standings = await standingsOf(scope, ids);
  return ids.map((customerId) => {
    const standing = standings.get(customerId);
    return {
      conversationId: null,
      orderId: null,
      customerId,
      at: standing?.line.at(-1)?.at ?? new Date(0),
      value: standing?.score ?? null,
    };
  });
}

function conversationRow(fact: ConversationFact, at: Date, value: number | null): Row {
  return { conversationId: fact.conversationId, orderId: null, customerId: fact.customerId, at, value };
}

function orderRow(fact: OrderFact, value: number): Row {
  return { conversationId: null, orderId: fact.orderId, customerId: fact.customerId, at: fact.promisedAt ?? new Date(0), value };
}

function slowestFirst(rows: Row[]): Row[] {
  return rows.sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
}

function daysBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 86_400_000);
}

function minutes(from: Date, to: Date | null, until: Date): number {
  return ((to ?? until).getTime() - from.getTime()) / 60_000;
}

function isIn(moment: Date | null, { from, to }: Facts): boolean {
  return moment !== null && moment >= from && moment < to;
}
