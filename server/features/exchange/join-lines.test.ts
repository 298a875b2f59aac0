import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse } from "../../testing/house.ts";
import { joinRecords, lotsOf, type JoinedRecord } from "./join-lines.ts";
import { readRecords } from "./read-records.ts";

let doors: Doors;
before(async () => {
  doors = await openDoors(await testHouse());
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
      "9: placedAt is missing.",
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

test("a shop that repeats the order on each line is understood as well, and lines of another order between end it", async () => {
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
  const lines = Array.from({ length: 2_500 }, (_, n) => `long,lo@fjord.example,2026-10-01,Ring ${n},1`);
  const { id } = await upload(["order_id,email,order_date,item_name,qty", ...lines, "next,lo@fjord.example,2026-10-01,Ring,1"].join("\n"));
  assert.deepEqual((await finish(id, "run")).counts, { new: 2, changed: 0, unchanged: 0, refused: 1_500 });
  assert.equal((await itemsOf("long")).length, 1_000);
});

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

async function itemsOf(externalId: string): Promise<string[]> {
  type Order = { externalId: string; items: { name: string; quantity: number }[] };
  const { items } = (await doors.ask("GET", "/orders?limit=200")).json<{ items: Order[] }>();
  return (items.find((each) => each.externalId === externalId)?.items ?? []).map(({ name, quantity }) => `${quantity} ${name}`);
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

async function finish(id: string, what: "trial" | "run"): Promise<{ counts: object; trial: object }> {
  const started = await doors.ask("POST", `/imports/${id}/${what}`);
  assert.equal(started.statusCode, 202, started.body);
  await settle();
  return (await doors.ask("GET", `/imports/${id}`)).json();
}
