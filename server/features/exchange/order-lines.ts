import { meetCustomers, whyNobody, type Sighting } from "../customers/index.ts";
import { holdOrders, tellOrders, weighOrders, type GivenWords, type Told } from "../orders/index.ts";
import type { Scope, Tx } from "../../platform/db/index.ts";
import { jsonIn, momentIn, numberIn, Refusal, textIn, type Cells } from "./cells.ts";
import { itemIn, wordsOf } from "./order-items.ts";
import { forRead, readEach, type Context, type Given, type Outcome, type Thing, type Verdict, type Weight } from "./thing.ts";
import { whoseIn } from "./whose.ts";

/** One line of orders. */
interface Line {
  told: Omit<Told, "customerId">;
  sighting: Sighting;
  /** What it does not say and a new order needs. */
  lacks: string | null;
}

export const orders: Thing = { name: "orders", weigh, write };

async function weigh(scope: Scope, lines: readonly Given[], context: Context): Promise<Weight[]> {
  return forRead<Line, Weight>(
    readEach(lines, (given) => readLine(given, context)),
    async (reads) => {
      const weighed = await weighAll(scope, reads, context);
      return reads.map((line, index): Weight => {
        const { verdict, isOrphan } = weighed[index] ?? PASSED;
        return { ...verdict, keys: [keyOf(line)], content: contentOf(line), ...(isOrphan ? { addsTo: keyOf(line) } : {}) };
      });
    },
    (reason) => ({ refused: reason, keys: [], content: "" }),
  );
}

async function write(tx: Tx, lines: readonly Given[], context: Context): Promise<Verdict[]> {
  return forRead<Line, Verdict>(
    readEach(lines, (given) => readLine(given, context)),
    (reads) => writeAll(tx, reads, context),
    (refused) => ({ refused }),
  );
}

async function writeAll(tx: Tx, reads: readonly Line[], context: Context): Promise<Verdict[]> {
  // Orders before customers, as everybody takes them: the other way round two would wait for each other.
  await holdOrders(
    tx,
    reads.map(({ told: { key } }) => key),
  );
  const verdicts = (await weighAll(tx, reads, context)).map(({ verdict }) => verdict);
  const taken = reads.flatMap((line, index) => {
    const outcome = outcomeOf(verdicts[index]);
    return outcome === null ? [] : [{ line, outcome }];
  });
  const fresh = taken.filter(({ outcome }) => outcome === "new");
  const met = await meetCustomers(
    tx,
    fresh.map(({ line }) => line.sighting),
  );
  const customers = new Map(fresh.map(({ line }, index) => [line, met[index]?.customerId ?? null]));
  const told = taken.flatMap(({ line, outcome }): Told[] => {
    const customerId = customers.get(line) ?? null;
    return outcome === "new" && customerId === null ? [] : [{ ...line.told, customerId: customerId ?? 0 }];
  });
  await tellOrders(tx, told, { passOver: "unchanged" });
  return verdicts;
}

interface Weighed {
  verdict: Verdict;
  /** It is refused since its order is not known. */
  isOrphan: boolean;
}

const PASSED: Weighed = { verdict: { refused: "It was passed over." }, isOrphan: false };

/** Whose an order is, and since when, must be said when it is new; later it stays theirs, and lines only add to it. */
async function weighAll(scope: Scope, reads: readonly Line[], context: Context): Promise<Weighed[]> {
  const nobody = await whyNobody(
    scope,
    reads.map(({ sighting }) => sighting),
  );
  const toldBy = (lines: readonly Line[]): Told[] => lines.map(({ told }) => ({ ...told, customerId: 0 }));
  const first = await weighOrders(scope, toldBy(reads), context.at);
  const known = new Set(reads.flatMap((line, index) => (first[index]?.before ? [keyOf(line)] : [])));
  const orphans = new Map<Line, string>();
  for (const [index, line] of reads.entries()) {
    const why = line.lacks ?? nobody[index] ?? null;
    if (known.has(keyOf(line))) continue;
    if (why === null) known.add(keyOf(line));
    else orphans.set(line, why);
  }
  const taken = reads.filter((line) => !orphans.has(line));
  const weighed = orphans.size === 0 ? first : await weighOrders(scope, toldBy(taken), context.at);
  const verdicts = new Map(
    taken.map((line, index): [Line, Verdict] => {
      const { outcome = "new", refused = null } = weighed[index] ?? {};
      return [line, refused === null ? { outcome } : { refused }];
    }),
  );
  return reads.map((line) => {
    const why = orphans.get(line);
    return why === undefined
      ? { verdict: verdicts.get(line) ?? PASSED.verdict, isOrphan: false }
      : { verdict: { refused: why }, isOrphan: true };
  });
}

function outcomeOf(verdict: Verdict | undefined): Outcome | null {
  return verdict && "outcome" in verdict ? verdict.outcome : null;
}

const MOMENTS = ["placedAt", "paidAt", "promisedAt", "shippedAt", "deliveredAt", "cancelledAt"] as const;
const TEXTS = ["number", "currency", "tracking"] as const;
const LISTS = ["payments", "shipments", "returns", "refunds", "disputes"] as const;

function readLine({ cells, line, itemLines }: Given, { at, file }: Context): Line {
  const externalId = externalIdIn(cells);
  const placedAt = momentIn(cells, "placedAt");
  const given: GivenWords = { total: numberIn(cells, "total"), items: itemsIn(cells) };
  for (const name of MOMENTS) given[name] = momentIn(cells, name)?.toISOString();
  for (const name of TEXTS) given[name] = textIn(cells, name, 300) ?? undefined;
  for (const name of LISTS) given[name] = jsonIn(cells, name);
  const saidAt = momentIn(cells, "saidAt");
  const from = { file, line, itemLines, isDated: saidAt !== null };
  return {
    told: {
      key: { source: textIn(cells, "source", 100) ?? "file", externalId },
      said: [{ words: wordsOf(given), at: saidAt ?? at, from }],
    },
    sighting: whoseIn(cells, placedAt ?? at),
    lacks: placedAt === null ? "placedAt is missing." : null,
  };
}

/** @throws Refusal */
function externalIdIn(cells: Cells): string {
  const id = textIn(cells, "externalId", 200);
  if (id !== null) return id;
  const number = textIn(cells, "number", 300);
  if (number === null) throw new Refusal("externalId is missing.");
  throw new Refusal(`externalId is missing: it names its order ${number} by the number alone, and does not follow its other lines.`);
}

/** A list as JSON, or the one item of a line. */
function itemsIn(cells: Cells): unknown {
  const own = itemIn(cells);
  return own.length === 0 ? jsonIn(cells, "items") : own;
}

function keyOf({ told: { key } }: Line): string {
  return `${key.source}\n${key.externalId}`;
}

function contentOf({ told: { said } }: Line): string {
  return JSON.stringify(said.map(({ words, from }) => [words, from?.itemLines]));
}
