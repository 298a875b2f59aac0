import { countAtRisk, exactScore, massesAt, PARAMETERS } from "../experience/index.ts";
import { countAsks } from "../surveys/index.ts";
import type { Scope } from "../../platform/db/index.ts";
import { change, type Change } from "./change.ts";
import type { Figure } from "./figures.ts";
import { findGap, type Gap } from "./gap.ts";
import { COUNTS, figureOf, GAP, METRICS, REPEAT_WINDOW_MS, type Definition, type Facts, type Metric } from "./metrics.ts";
import { countOpen, readContacts, readConversationFacts, readFirstBuyers, readOrderFacts } from "./queries.ts";
import { meanInterval, meanOf } from "./statistics.ts";

const WEEK_MS = 7 * 86_400_000;

export interface Period {
  from: Date;
  to: Date;
  /** Now, or the period's end where that has passed. */
  until: Date;
}

export interface BoardRow extends Figure {
  metric: string;
  name: string;
  unit: "minutes" | "percent" | "count" | "score";
  series: { week: Date; value: number | null }[];
  change: Change | null;
}

export interface Week {
  week: Date;
  score: number | null;
  low: number | null;
  high: number | null;
  n: number;
  weWrote: number;
  theyWrote: number;
}

export interface Board {
  period: Period & { previousFrom: Date; previousTo: Date };
  trend: Week[];
  service: BoardRow[];
  experience: BoardRow[];
  distribution: { from: number; to: number; count: number }[];
  gap: Gap;
  definitions: Record<string, Definition>;
}

/** Both halves side by side for a period, compared with the one of the same length before it. */
export async function readBoard(scope: Scope, period: Period): Promise<Board> {
  const length = period.to.getTime() - period.from.getTime();
  const previous = { from: new Date(period.from.getTime() - length), to: period.from, until: period.from };
  const [facts, before, open, atRisk, asks, contacts] = await Promise.all([
    readFacts(scope, period),
    readFacts(scope, previous),
    countOpen(scope),
    countAtRisk(scope),
    countAsks(scope, period.from, period.to),
    readContacts(scope, period.from, period.to),
  ]);
  const weeks = weeksOf(period);
  const [weekly, gap] = await Promise.all([
    Promise.all(weeks.map((week) => scoresAt(scope, week.until))),
    findGap(scope, period, facts.conversations),
  ]);
  const rows = Object.entries(METRICS).map(([key, metric]) => ({
    half: metric.half,
    row: rowOf(key, metric, facts, before, weeks, weekly),
  }));
  const service = rows.filter(({ half }) => half === "service").map(({ row }) => withAsks(row, asks));
  return {
    period: { ...period, previousFrom: previous.from, previousTo: previous.to },
    trend: weeks.map((week, index) => trendOf(week, weekly[index] ?? [], contacts)),
    service: [...service, countRow("open", open)],
    experience: [...rows.filter(({ half }) => half === "experience").map(({ row }) => row), countRow("at-risk", atRisk)],
    distribution: distributionOf(facts.scores),
    gap,
    definitions: { ...Object.fromEntries(Object.entries(METRICS).map(([key, metric]) => [key, metric.definition])), ...COUNTS, gap: GAP },
  };
}

export async function readFacts(scope: Scope, period: Period): Promise<Facts> {
  const back = (moment: Date): Date => new Date(moment.getTime() - REPEAT_WINDOW_MS);
  const [conversations, orders, buyers, scores] = await Promise.all([
    readConversationFacts(scope, period.from, period.to),
    readOrderFacts(scope, period.from, period.to),
    readFirstBuyers(scope, back(period.from), back(period.until)),
    scoresAt(scope, period.until),
  ]);
  return {
    ...period,
    conversations,
    orders: orders.filter((each) => each.promisedAt === null || each.promisedAt < period.until),
    buyers,
    scores,
  };
}

async function scoresAt(scope: Scope, at: Date): Promise<number[]> {
  return (await massesAt(scope, at)).filter((row) => row.pieces >= PARAMETERS.fewestPieces).map((row) => exactScore(row, at));
}

function rowOf(key: string, metric: Metric, facts: Facts, before: Facts, weeks: readonly Period[], weekly: readonly number[][]): BoardRow {
  const series = weeks.map((week, index) => ({
    week: week.from,
    value: figureOf(metric, { ...facts, ...week, buyers: buyersOf(facts, week), scores: weekly[index] ?? [] }).value,
  }));
  return {
    metric: key,
    name: metric.definition.name,
    unit: metric.unit,
    ...figureOf(metric, facts),
    series,
    change: change(metric, metric.sample(facts), metric.sample(before)),
  };
}

function buyersOf(facts: Facts, week: Period): Facts["buyers"] {
  return facts.buyers.filter((each) => {
    const ends = each.firstAt.getTime() + REPEAT_WINDOW_MS;
    return ends >= week.from.getTime() && ends < week.to.getTime();
  });
}

/** Every figure about ratings says how many were asked and how many asks were withheld. */
function withAsks(row: BoardRow, asks: Record<string, number>): BoardRow {
  if (row.metric !== "csat") return row;
  const held = (asks["withheld"] ?? 0) + (asks["deferred"] ?? 0);
  return { ...row, note: `${row.n} answers${held > 0 ? `, ${held} asks withheld` : ""}` };
}

function countRow(key: keyof typeof COUNTS, count: number): BoardRow {
  return {
    metric: key,
    name: COUNTS[key].name,
    unit: "count",
    value: count,
    low: null,
    high: null,
    n: count,
    note: null,
    series: [],
    change: null,
  };
}

function trendOf(week: Period, scores: readonly number[], contacts: readonly { at: Date; weWroteFirst: boolean }[]): Week {
  const mean = meanOf(scores);
  const its = contacts.filter((each) => each.at >= week.from && each.at < week.to);
  const weWrote = its.filter((each) => each.weWroteFirst).length;
  return {
    week: week.from,
    score: mean?.mean ?? null,
    ...(mean ? meanInterval(mean) : { low: null, high: null }),
    n: scores.length,
    weWrote,
    theyWrote: its.length - weWrote,
  };
}

/** Whole weeks counted back from the period's end; a first part of a week is left out of the trend. */
export function weeksOf(period: Period): Period[] {
  const weeks: Period[] = [];
  for (let end = period.to.getTime(); end - WEEK_MS >= period.from.getTime(); end -= WEEK_MS) {
    const to = new Date(end);
    weeks.unshift({ from: new Date(end - WEEK_MS), to, until: to < period.until ? to : period.until });
  }
  return weeks;
}

function distributionOf(scores: readonly number[]): Board["distribution"] {
  return Array.from({ length: 10 }, (_, index) => {
    const from = index * 10;
    const to = from + 10;
    return { from, to, count: scores.filter((score) => score >= from && (score < to || (to === 100 && score === 100))).length };
  });
}
