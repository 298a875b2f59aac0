import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { parseId } from "../../platform/ids.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { joinRecords, lotsOf, type JoinedRecord } from "./join-lines.ts";
import { readRecords } from "./read-records.ts";
import { workOnImport } from "./work-on-import.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

const HEADING = "Name,Email,Total,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Id";
const SHOPIFY = [
  HEADING,
  "#1001,maria@fjord.example,46.00,GBP,2026-10-01 09:00:00 +0100,1,Box of 24,40.00,Maria Lindqvist,5001",
  "#1001,maria@fjord.example,,,,2,Ribbon,3.00,,",
  "#1002,anders@holm.example,9.00,GBP,2026-10-02 09:00:00 +0100,many,Box of 6,9.00,Anders Holm,5002",
  "#1002,,,,,1,Card,0.00,,",
  "#1002,,,,,-1,Bag,1.00,,",
  "#1003,greta@holm.example,9.00,GBP,soon,1,Box of 6,9.00,Greta,5003",
  "#1003,,,,,1,Card,0.00,,",
  "#1001,maria@fjord.example,,,,2,Late line,3.00,,",
].join("\n");

test("an order over several lines is one order with several items; the same file again changes nothing", async () => {
  const expected = { new: 2, changed: 0, unchanged: 0, refused: 5 };
  const first = await upload(SHOPIFY);
  assert.deepEqual((await finish(first.id, "trial")).trial, expected);
  assert.deepEqual((await finish(first.id, "run")).counts, expected);
  assert.deepEqual(
    (await doors.ask("GET", `/imports/${first.id}/refused`))
      .json<{ items: { line: number; reason: string }[] }>()
      .items.map(({ line, reason }) => `${line}: ${reason}`),
    [
      "4: This item was left out of its order: item.quantity is not a number: many. Write it as 1234.50, or say how this file writes numbers.",
      "6: This item was left out of its order: item.quantity is -1: less than nothing. What came back is a return or a refund.",
      "7: placedAt is not a moment: soon. Write it as 2026-11-20T09:30:00Z, or say how this file writes days.",
      "8: Its order, which begins in line 7, was refused.",
      "9: externalId is missing: it names its order #1001 by the number alone, and does not follow its other lines.",
    ],
  );
  assert.deepEqual(await itemsOf("5001"), ["1 Box of 24", "2 Ribbon"]);
  assert.deepEqual(await itemsOf("5002"), ["1 Card"]);

  const again = await upload(SHOPIFY);
  assert.deepEqual((await finish(again.id, "run")).counts, { new: 0, changed: 0, unchanged: 2, refused: 5 });
  const mended = await upload(SHOPIFY.replace("many", "3"));
  assert.deepEqual((await finish(mended.id, "run")).counts, { new: 0, changed: 1, unchanged: 1, refused: 4 });
  assert.deepEqual(await itemsOf("5002"), ["3 Box of 6", "1 Card"]);
});

test("a shop that repeats the order on each line is understood as well, and a line that cannot be read does not part it", async () => {
  const lines = ["order_id,email,order_date,total,item_name,qty", "7,jo@fjord.example,2026-10-01,30,Ring,1"];
  lines.push("7,jo@fjord.example,2026-10-01,30,Box,2", "8,jo@fjord.example,2026-10-01,5,Bag,1", "too,few,fields");
  lines.push("8,jo@fjord.example,2026-10-01,5,Card,4");
  const { id } = await upload(lines.join("\n"));
  assert.deepEqual((await finish(id, "run")).counts, { new: 2, changed: 0, unchanged: 0, refused: 1 });
  assert.deepEqual(
    [await itemsOf("7"), await itemsOf("8")],
    [
      ["1 Ring", "2 Box"],
      ["1 Bag", "4 Card"],
    ],
  );
});

test("an order of more lines than an order has is taken as far as it may go, and said so", async () => {
  const lines = linesOf("long", 5_300);
  const { id } = await upload([HEADING_OF_LINES, ...lines, ...linesOf("next", 1)].join("\n"));
  assert.deepEqual((await finish(id, "run")).counts, { new: 2, changed: 0, unchanged: 0, refused: 300 });
  assert.equal((await itemsOf("long")).length, 5_000);
});

test("lines that would make an order larger than an order may be are refused, and those before them stay", async () => {
  const parts = [linesOf("large", 4_990), linesOf("other", 1), linesOf("large", 8), linesOf("other", 1), linesOf("large", 5)];
  const text = [HEADING_OF_LINES, ...parts.flat(), ...linesOf("large", 1).map((line) => `x${line}`)].join("\n");
  for (const counts of [
    { new: 3, changed: 2, unchanged: 0, refused: 5 },
    { new: 0, changed: 0, unchanged: 5, refused: 5 },
  ]) {
    const { id } = await upload(text);
    assert.deepEqual((await finish(id, "run")).counts, counts);
    assert.equal((await itemsOf("large")).length, 4_998);
    const [first] = (await doors.ask("GET", `/imports/${id}/refused`)).json<{ items: { reason: string }[] }>().items;
    assert.equal(first?.reason, "This order has more than 5,000 items with those of the lines before.");
  }
});

const item = fc.record({
  order: fc.constantFrom("a", "b", "c"),
  item: fc.constantFrom("", "Ring", "Box", "Bag"),
  total: fc.constantFrom("", "1", "2"),
});
const most = fc.constantFrom(1, 2, 3, 1000);

test("lines of an order that others part are its items all the same, in whichever steps the file is read, and the same file again changes nothing", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 9 }), most, most, async (lines, most, mostLater) => {
      run += 1;
      const rows = lines.map((each) => `${each.order}${run},jo@fjord.example,2026-10-01,${each.item},1,${each.total}`);
      const text = ["order_id,email,order_date,item_name,qty,total", ...rows].join("\n");
      const ids = [...new Set(lines.map(({ order }) => order))];
      const tried = await finish((await upload(text)).id, "trial", most);
      const done = await finish((await upload(text)).id, "run", most);
      assert.deepEqual([done.counts.new, done.counts.refused], [tried.trial.new, tried.trial.refused], text);
      const orders = await ordersBy(ids.map((id) => `${id}${run}`));
      const items = ids.map((id) => lines.filter((each) => each.order === id && each.item !== "").map((each) => `1 ${each.item}`));
      assert.deepEqual(
        orders.map((order) => (order?.items ?? []).map(({ name, quantity }) => `${quantity} ${name}`)),
        items,
        `${text}\nby ${most}`,
      );
      const before = await written();
      for (const by of [mostLater, most]) {
        const { counts } = await finish((await upload(text)).id, "run", by);
        assert.deepEqual([counts.new, counts.changed, counts.refused], [0, 0, 0], `${text}\nfirst by ${most}, then by ${by}`);
        assert.deepEqual(await written(), before);
      }
    }),
    { numRuns: Number(process.env["IMPORT_RUNS"] ?? 25) },
  );
});

test("a later line adds to an order whoever's it is and whenever it was placed; what the shop says meanwhile stands until the file comes again", async () => {
  const text =
    "order_id,email,order_date,item_name,qty\nz1,jo@fjord.example,2026-10-01,Ring,1\nz2,jo@fjord.example,2026-10-01,Bag,1\nz1,,,Box,2\nz3,,,Card,1\n";
  for (const [what, so] of [
    ["trial", 1],
    ["trial", 9],
    ["run", 1],
  ] as const) {
    const one = await finish((await upload(text)).id, what, so);
    assert.deepEqual(what === "trial" ? one.trial : one.counts, { new: 2, changed: 1, unchanged: 0, refused: 1 });
  }
  assert.deepEqual(await itemsOf("z1"), ["1 Ring", "2 Box"]);
  const other = await upload("order_id,email,order_date,item_name,qty\nz1,jo@fjord.example,2026-10-01,Ring,7\n");
  await finish(other.id, "run");
  assert.deepEqual(await itemsOf("z1"), ["7 Ring"]);
  const again = await finish((await upload(text)).id, "run", 1);
  assert.deepEqual(again.counts, { new: 0, changed: 2, unchanged: 1, refused: 1 });
  assert.deepEqual(await itemsOf("z1"), ["1 Ring", "2 Box"]);
});

test("an order whose first lines say what is known already gets those that follow far below", async () => {
  const line = (order: string, name: string): string => `${order},jo@fjord.example,2026-10-01,${name},1`;
  await finish((await upload([HEADING_OF_LINES, line("y1", "Ring")].join("\n"))).id, "run");
  const grown = [HEADING_OF_LINES, line("y1", "Ring"), line("y2", "Bag"), line("y1", "Box")].join("\n");
  assert.deepEqual((await finish((await upload(grown)).id, "run", 1)).counts, { new: 1, changed: 1, unchanged: 1, refused: 0 });
  assert.deepEqual(await itemsOf("y1"), ["1 Ring", "1 Box"]);
});

const HEADING_OF_LINES = "order_id,email,order_date,item_name,qty";

function linesOf(order: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${order},lo@fjord.example,2026-10-01,Ring ${n},1`);
}

test("wherever reading goes on between two orders, each is read with all its lines", async () => {
  const file = {
    thing: "orders" as const,
    columns: ["id", "item"],
    mapping: { columns: { id: "externalId", item: "item.name" }, fixed: {} },
  };
  const line = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom("1", "2", ""), fc.constantFrom("Ring", "Box")).map((cells) => cells.join(",")) },
    { weight: 1, arbitrary: fc.constant("a,b,c") },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(""));
      const readFrom = async (position: number, at: number): Promise<JoinedRecord[]> => {
        const shape = { format: "csv" as const, delimiter: ",", width: 2 };
        const records = readRecords(once(bytes.subarray(position)), { position, line: at }, shape);
        return Array.fromAsync(joinRecords(records, file));
      };
      const all = await readFrom(0, 1);
      const lotsFrom = (records: readonly JoinedRecord[]): unknown[] =>
        lotsOf(records, file).map((lot) => [lot.records.map((each) => each.line), lot.cells.get("items") ?? lot.cells.get("item.name")]);
      const runs = all.filter((each) => each.reason === null).map((each) => ({ line: each.line, id: String(Object(each.value)[0]) }));
      const expected: number[][] = [];
      for (const [index, each] of runs.entries()) {
        const isSame = each.id !== "" && runs[index - 1]?.id === each.id;
        if (isSame) expected.at(-1)?.push(each.line);
        else expected.push([each.line]);
      }
      assert.deepEqual(
        lotsOf(all, file).map((lot) => lot.records.map((each) => each.line)),
        expected,
      );
      for (const [index, record] of all.entries()) {
        const next = all[index + 1];
        if (next?.isWithin === true) continue;
        const rest = await readFrom(record.next.position, record.next.line);
        assert.deepEqual(lotsFrom([...all.slice(0, index + 1), ...rest]), lotsFrom(all));
      }
    }),
    { numRuns: 100 },
  );
});

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
}

interface Order {
  externalId: string;
  items: { name: string; quantity: number }[];
}

async function ordersBy(externalIds: readonly string[]): Promise<(Order | undefined)[]> {
  const { items } = (await doors.ask("GET", "/orders?limit=200")).json<{ items: Order[] }>();
  return externalIds.map((id) => items.find((each) => each.externalId === id));
}

async function itemsOf(externalId: string): Promise<string[]> {
  const [order] = await ordersBy([externalId]);
  return (order?.items ?? []).map(({ name, quantity }) => `${quantity} ${name}`);
}

/** All orders as they stand in the database, with when each was written last. */
async function written(): Promise<unknown[]> {
  return (await sql`select * from orders order by id`.execute(anywhere().db)).rows;
}

async function upload(content: string): Promise<{ id: string }> {
  const answer = await doors.app.inject({
    method: "POST",
    url: "/api/v1/imports?thing=orders&name=orders.csv",
    headers: { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" },
    payload: Buffer.from(content),
  });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

interface Counts {
  new: number;
  changed: number;
  unchanged: number;
  refused: number;
}

/** @param most lines in a step; else as it comes */
async function finish(id: string, what: "trial" | "run", most?: number): Promise<{ counts: Counts; trial: Counts }> {
  const started = await doors.ask("POST", `/imports/${id}/${what}`);
  assert.equal(started.statusCode, 202, started.body);
  if (most !== undefined) await workOnImport(house, parseId("imp", id), { most });
  await settle();
  return (await doors.ask("GET", `/imports/${id}`)).json();
}
