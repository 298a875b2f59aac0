import { meetCustomers, whyNobody, type Sighting } from "../customers/index.ts";
import { holdOrders, tellOrders, weighOrders, type GivenWords, type Told } from "../orders/index.ts";
import type { Scope, Tx } from "../../platform/db/index.ts";
import { jsonIn, momentIn, neededText, numberIn, Refusal, textIn, type Cells } from "./cells.ts";
import { itemIn, wordsOf } from "./order-items.ts";
import { forRead, readEach, type Context, type Outcome, type Thing, type Verdict, type Weight } from "./thing.ts";
import { whoseIn } from "./whose.ts";

/** One line of orders. */
interface Line {
  told: Omit<Told, "customerId">;
  sighting: Sighting;
}

export const orders: Thing = { name: "orders", weigh, write };

async function weigh(scope: Scope, lines: readonly Cells[], context: Context): Promise<Weight[]> {
  return forRead<Line, Weight>(
    readEach(lines, (cells) => readLine(cells, context)),
    async (reads) => {
      const verdicts = await weighAll(scope, reads, context);
      return reads.map((line, index) => ({ ...(verdicts[index] ?? PASSED), keys: [keyOf(line)], content: contentOf(line) }));
    },
    (reason) => ({ refused: reason, keys: [], content: "" }),
  );
}

async function write(tx: Tx, lines: readonly Cells[], context: Context): Promise<Verdict[]> {
  return forRead<Line, Verdict>(
    readEach(lines, (cells) => readLine(cells, context)),
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
  const verdicts = await weighAll(tx, reads, context);
  const fresh = reads.filter((_, index) => outcomeOf(verdicts[index]) === "new");
  const met = await meetCustomers(
    tx,
    fresh.map(({ sighting }) => sighting),
  );
  const customers = new Map(fresh.map((line, index) => [line, met[index]?.customerId ?? null]));
  const told = reads.flatMap(({ told: each }, index): Told[] => {
    const outcome = outcomeOf(verdicts[index]);
    const line = reads[index];
    const customerId = line === undefined ? null : (customers.get(line) ?? null);
    if (outcome === "changed") return [{ ...each, customerId: customerId ?? 0 }];
    return outcome === "new" && customerId !== null ? [{ ...each, customerId }] : [];
  });
  await tellOrders(tx, told, { passOver: "unchanged" });
  return verdicts;
}

const PASSED: Verdict = { refused: "It was passed over." };

/** Whose an order is must be said when it is new; later it stays theirs. */
async function weighAll(scope: Scope, reads: readonly Line[], context: Context): Promise<Verdict[]> {
  const nobody = await whyNobody(
    scope,
    reads.map(({ sighting }) => sighting),
  );
  const weighed = await weighOrders(
    scope,
    reads.map(({ told }) => ({ ...told, customerId: 0 })),
    context.at,
  );
  return reads.map((_, index): Verdict => {
    const { outcome = "new", before = null } = weighed[index] ?? {};
    const refused = nobody[index] ?? null;
    return before === null && refused !== null ? { refused } : { outcome };
  });
}

function outcomeOf(verdict: Verdict | undefined): Outcome | null {
  return verdict && "outcome" in verdict ? verdict.outcome : null;
}

const MOMENTS = ["placedAt", "paidAt", "promisedAt", "shippedAt", "deliveredAt", "cancelledAt"] as const;
const TEXTS = ["number", "currency", "tracking"] as const;
const LISTS = ["payments", "shipments", "returns", "refunds", "disputes"] as const;

function readLine(cells: Cells, context: Context): Line {
  const placedAt = momentIn(cells, "placedAt");
  if (placedAt === null) throw new Refusal("placedAt is missing.");
  const given: GivenWords = { total: numberIn(cells, "total"), items: itemsIn(cells) };
  for (const name of MOMENTS) given[name] = momentIn(cells, name)?.toISOString();
  for (const name of TEXTS) given[name] = textIn(cells, name, 300) ?? undefined;
  for (const name of LISTS) given[name] = jsonIn(cells, name);
  const key = { source: textIn(cells, "source", 100) ?? "file", externalId: neededText(cells, "externalId", 200) };
  const said = [{ words: wordsOf(given), at: momentIn(cells, "saidAt") ?? context.at }];
  return { told: { key, said }, sighting: whoseIn(cells, placedAt) };
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
  return JSON.stringify(said.map(({ words }) => words));
}
