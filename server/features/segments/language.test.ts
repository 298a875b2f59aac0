import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse } from "../../testing/house.ts";
import { sentenceOf } from "./sentence-of.ts";
import type { Where } from "./where.ts";

let doors: Doors;
before(async () => {
  doors = await openDoors(await testHouse());
});
after(() => doors.app.close());

const names = { segmentName: () => "Loyal", touchpoint: (key: string) => (key === "web-shop" ? "the web shop" : key) };

test("conditions are said in words", () => {
  const said: [Where, string][] = [
    [{ all: [] }, "All customers."],
    [{ did: { kind: "order.late" } }, "Customers who had a late order."],
    [
      { did: { kind: "event.tracked", name: "Product Added" }, thenNot: { kind: "order.placed" }, within: "3d" },
      "Customers who did “Product Added”, and within 3 days of the last time never placed an order.",
    ],
    [
      { did: { kind: "page.viewed", touchpoint: "web-shop" }, count: { atLeast: 3 }, within: "1h" },
      "Customers who viewed a page at the web shop at least 3 times in the last hour.",
    ],
    [{ did: { kind: "message.received" }, ever: false }, "Customers who never wrote to us."],
    [
      { all: [{ segment: "seg_1" }, { any: [{ score: { below: 40 } }, { atRisk: true }] }] },
      "Customers who are in “Loyal” and (who have a score below 40 or who are at risk).",
    ],
    [
      { orders: { sum: { atLeast: 100, currency: "EUR" }, within: "90d", last: { notWithinLast: "30d" } } },
      "Customers who ordered for at least 100 EUR in the last 90 days and last ordered more than 30 days ago.",
    ],
    [{ profile: "fields.plan", is: "pro" }, "Customers whose plan is “pro”."],
    [{ identity: "user_id", exists: false }, "Customers who have no user id."],
    [{ not: { profile: "timeZone", exists: true } }, "Customers who are not among those whose time zone is known."],
    [{ first: { kind: "order.placed" }, after: "2026-03-01T00:00:00Z" }, "Customers who first placed an order after 1 March 2026."],
  ];
  for (const [where, sentence] of said) assert.equal(sentenceOf(where, names), sentence);
});

test("what is no condition is refused with a reason, and nothing is made of it", async () => {
  let deep: object = { atRisk: true };
  for (let depth = 0; depth < 12; depth += 1) deep = { not: deep };
  const wide = { any: Array.from({ length: 5 }, () => ({ any: Array.from({ length: 50 }, () => ({ atRisk: true })) })) };
  const refused: unknown[] = [
    null,
    {},
    "everybody",
    { did: {} },
    { did: { kind: "x" }, within: "3 days" },
    { did: { kind: "x" }, within: "0d" },
    { did: { kind: "x" }, surprise: true },
    { did: { kind: "x" }, count: {} },
    { did: { kind: "x" }, count: { atLeast: 5000 }, within: "1d" },
    { did: { kind: "x", touchpoint: "nowhere" } },
    { last: { kind: "x" } },
    { last: { kind: "x" }, before: "one day" },
    { profile: "password", is: "x" },
    { profile: "name" },
    { profile: "name", atLeast: 3 },
    { orders: {} },
    { orders: { sum: {} } },
    { score: {} },
    { segment: "seg_zzz" },
    { segment: "cus_1" },
    { did: { kind: "segment.entered" } },
    deep,
    wide,
  ];
  for (const where of refused) {
    const answer = await doors.ask("POST", "/segments", { name: "Odd", where });
    assert.ok([400, 404].includes(answer.statusCode), `${JSON.stringify(where).slice(0, 80)}: ${answer.statusCode} ${answer.body}`);
    assert.ok(answer.json<{ detail: string }>().detail.length > 5);
  }
  assert.deepEqual((await doors.ask("GET", "/segments")).json<{ items: unknown[] }>().items, []);
});

test("conditions come back as they were sent, whatever their values are", async () => {
  const where = {
    any: [
      { profile: "fields.plan", is: "5" },
      { profile: "fields.plan", is: 5 },
      { profile: "fields.vip", is: true },
      { profile: "fields.constructor.x", exists: true },
      { did: { kind: "a'b\"c\\d", properties: { "__proto__x.y": "z'--", "a.0": { atLeast: 1.5 } } }, within: "2m" },
    ],
  };
  const made = await doors.ask("POST", "/segments", { name: "Odd values", where });
  assert.equal(made.statusCode, 201, made.body);
  const { id } = made.json<{ id: string }>();
  assert.deepEqual((await doors.ask("GET", `/segments/${id}`)).json<{ where: unknown }>().where, where);
  assert.equal((await doors.ask("POST", "/segments/preview", { where })).statusCode, 200);
  assert.equal((await doors.ask("POST", "/segments", { name: "ODD VALUES", where })).statusCode, 409);
});

test("every sort of condition can be asked of the database", async () => {
  const wheres: Where[] = [
    {
      did: {
        kind: "x",
        channel: "web",
        stage: "use",
        touchpoint: "web-shop",
        properties: { a: { contains: "b", startsWith: "c", exists: true, atMost: 3 } },
      },
    },
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the language, never awaited
    { did: { kind: "x" }, then: { kind: "y" }, within: "1d" },
    { first: { kind: "x" }, withinLast: "1d", before: "2026-01-01T00:00:00Z" },
    { orders: { count: { exactly: 2 }, sum: { atMost: 10 }, first: { after: "2026-01-01T00:00:00Z" } } },
    { score: { above: 10, below: 90 } },
    { profile: "organization", isNot: "Fjord" },
  ];
  for (const where of wheres)
    assert.equal((await doors.ask("POST", "/segments/preview", { where })).statusCode, 200, JSON.stringify(where));
});
