import type { ConversationFact, OrderFact } from "./facts.ts";
import { durationFigure, meanFigure, shareFigure, type Figure } from "./figures.ts";
import type { FirstBuyer } from "./queries.ts";
import type { Duration, Share } from "./statistics.ts";

/** What a metric means, said once; screens, API and help text read it from here. */
export interface Definition {
  name: string;
  question: string;
  numerator: string;
  denominator: string;
  clock: string;
  exclusions: string;
  interval: string;
  version: number;
}

/** The rows of a period that metrics count. */
export interface Facts {
  from: Date;
  to: Date;
  /** Up to when anything is known: the period's end, or now. */
  until: Date;
  conversations: readonly ConversationFact[];
  orders: readonly OrderFact[];
  buyers: readonly FirstBuyer[];
  /** Every customer's score at the period's end, where it is known. */
  scores: readonly number[];
}

export type Sample =
  | { kind: "duration"; durations: Duration[] }
  | { kind: "share"; share: Share }
  | { kind: "mean"; values: readonly number[] };

export interface Metric {
  half: "service" | "experience";
  definition: Definition;
  unit: "minutes" | "percent" | "score";
  /** Whether more is better. */
  moreIsBetter: boolean;
  /** Rows in, sample out; the figure follows from it. */
  sample(facts: Facts): Sample;
}

const WITHIN = "95 %, Wilson";
const COMMON = "Spam, tests and internal conversations.";
const REPEAT_DAYS = 30;

export const METRICS: Record<string, Metric> = {
  "first-response": {
    half: "service",
    unit: "minutes",
    moreIsBetter: false,
    definition: {
      name: "First answer, median",
      question: "How long do customers wait for the first answer by a person?",
      numerator: "Time from arrival to the first public reply by a member",
      denominator: "Conversations that arrived in the period",
      clock: "Calendar time; for a conversation that we began, from the customer's first reply. A transfer never resets it.",
      exclusions: `${COMMON} Automatic replies are no answer. Those still waiting are censored, not dropped.`,
      interval: "95 %, Brookmeyer and Crowley",
      version: 1,
    },
    sample: (facts) => ({
      kind: "duration",
      durations: arrivedIn(facts).map((each) => durationTo(each.arrivedAt, each.firstResponseAt, facts.until)),
    }),
  },
  "first-response-kept": {
    half: "service",
    unit: "percent",
    moreIsBetter: true,
    definition: {
      name: "Within the service level",
      question: "How often does the first answer come within the promised time?",
      numerator: "First answers within the promised time",
      denominator: "First answers given in the period to which a time was promised",
      clock: "Business hours",
      exclusions: COMMON,
      interval: WITHIN,
      version: 1,
    },
    sample: (facts) =>
      shareOf(
        facts.conversations.filter((each) => isIn(each.firstResponseAt, facts) && each.firstResponseKept !== null),
        (each) => each.firstResponseKept === true,
      ),
  },
  resolution: {
    half: "service",
    unit: "minutes",
    moreIsBetter: false,
    definition: {
      name: "Resolved, median",
      question: "How long until it is settled the first time?",
      numerator: "Time from arrival to the first closing",
      denominator: "Conversations that arrived in the period",
      clock: "Calendar time, waiting on the customer included",
      exclusions: `${COMMON} Those still open are censored, not dropped.`,
      interval: "95 %, Brookmeyer and Crowley",
      version: 1,
    },
    sample: (facts) => ({
      kind: "duration",
      durations: arrivedIn(facts).map((each) => durationTo(each.arrivedAt, each.firstClosedAt, facts.until)),
    }),
  },
  "reopen-rate": {
    half: "service",
    unit: "percent",
    moreIsBetter: false,
    definition: {
      name: "Had to write again",
      question: "How often was a closing too early?",
      numerator: "Conversations reopened by the customer within 7 days of a closing",
      denominator: "Conversations first closed in the period",
      clock: "Calendar time",
      exclusions: COMMON,
      interval: WITHIN,
      version: 1,
    },
    sample: (facts) =>
      shareOf(
        facts.conversations.filter((each) => isIn(each.firstClosedAt, facts)),
        (each) => each.reopenings > 0,
      ),
  },
  csat: {
    half: "service",
    unit: "percent",
    moreIsBetter: true,
    definition: {
      name: "CSAT",
      question: "How many of those who answer rate us 4 or 5 of 5?",
      numerator: "Ratings of 4 and 5",
      denominator: "Ratings in the period, the latest for each conversation",
      clock: "When it was rated; it can be changed for a week",
      exclusions: `${COMMON} Void ratings of machines.`,
      interval: WITHIN,
      version: 1,
    },
    sample: (facts) =>
      shareOf(
        facts.conversations.filter((each) => isIn(each.ratedAt, facts) && each.rating !== null),
        (each) => (each.rating ?? 0) >= 4,
      ),
  },
  "experience-score": {
    half: "experience",
    unit: "score",
    moreIsBetter: true,
    definition: {
      name: "Experience score",
      question: "How do customers feel, by all that they have lived through with us?",
      numerator: "The sum of customers' scores at the period's end",
      denominator: "Customers with at least three pieces of evidence",
      clock: "Evidence halves in 90 days",
      exclusions: "Customers of whom too little is known; they are not 50.",
      interval: "95 %, of the mean",
      version: 1,
    },
    sample: (facts) => ({ kind: "mean", values: facts.scores }),
  },
  "late-delivery": {
    half: "experience",
    unit: "percent",
    moreIsBetter: false,
    definition: {
      name: "Late deliveries",
      question: "How often is a promised delivery late?",
      numerator: "Orders whose promise passed before they came",
      denominator: "Orders promised for the period",
      clock: "The promised moment, to the minute",
      exclusions: "Cancelled orders; orders without a promise.",
      interval: WITHIN,
      version: 1,
    },
    sample: (facts) =>
      shareOf(
        facts.orders.filter((each) => isIn(each.promisedAt, facts) && each.cancelledAt === null),
        (each) => each.lateAt !== null,
      ),
  },
  "repeat-purchase": {
    half: "experience",
    unit: "percent",
    moreIsBetter: true,
    definition: {
      name: `Buy again within ${REPEAT_DAYS} days`,
      question: "How many first buyers come back?",
      numerator: `First buyers with a second order within ${REPEAT_DAYS} days`,
      denominator: `Customers whose first order's ${REPEAT_DAYS} days ended in the period`,
      clock: "Calendar time",
      exclusions: "Cancelled orders.",
      interval: WITHIN,
      version: 1,
    },
    sample: (facts) =>
      shareOf(
        facts.buyers,
        (each) => each.secondAt !== null && each.secondAt.getTime() - each.firstAt.getTime() <= REPEAT_DAYS * 86_400_000,
      ),
  },
};

export const REPEAT_WINDOW_MS = REPEAT_DAYS * 86_400_000;

/** Figures that are counts of now, not of a period; they have no interval and no trend. */
export const COUNTS: Record<"open" | "at-risk", Definition> = {
  open: {
    name: "Open now",
    question: "How many conversations are open at this moment?",
    numerator: "Open conversations",
    denominator: "None: a count",
    clock: "Now, whatever the period",
    exclusions: COMMON,
    interval: "None: a count",
    version: 1,
  },
  "at-risk": {
    name: "At risk now",
    question: "How many customers had two poor experiences within 90 days?",
    numerator: "Customers at risk",
    denominator: "None: a count",
    clock: "Now, whatever the period",
    exclusions: "None",
    interval: "None: a count",
    version: 1,
  },
};

export const GAP: Definition = {
  name: "The gap",
  question: "Who was served well and feels worse all the same?",
  numerator: "Customers who rated service 4 or 5 in the period and whose score fell by 5 points or more in it",
  denominator: "Customers who rated service 4 or 5 in the period",
  clock: "Score at the period's start, or just after they rated where that was higher, against its end",
  exclusions: "Customers of whom too little is known.",
  interval: "None: every customer is listed",
  version: 1,
};

export function figureOf(metric: Metric, facts: Facts): Figure {
  const sample = metric.sample(facts);
  if (sample.kind === "duration") return durationFigure(sample.durations);
  return sample.kind === "share" ? shareFigure(sample.share) : meanFigure(sample.values);
}

function arrivedIn(facts: Facts): ConversationFact[] {
  return facts.conversations.filter((each) => isIn(each.arrivedAt, facts));
}

/** What ended after the period's end was still running then. */
function durationTo(start: Date, end: Date | null, until: Date): Duration {
  const observed = end !== null && end <= until;
  return { value: ((observed ? end : until).getTime() - start.getTime()) / 60_000, observed };
}

function shareOf<Row>(rows: readonly Row[], counts: (row: Row) => boolean): Sample {
  return { kind: "share", share: { successes: rows.filter(counts).length, n: rows.length } };
}

function isIn(moment: Date | null, { from, to }: Facts): boolean {
  return moment !== null && moment >= from && moment < to;
}
