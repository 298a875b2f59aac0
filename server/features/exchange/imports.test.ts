import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDoors, keyOf, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

const CUSTOMERS = [
  "Customer ID,E-mail,Name,Colour,Created",
  "c1,maria@fjord.example,Maria Lindqvist,blue,2025-03-01",
  'c2,anders@holm.example,"Holm, Anders",red,2025-03-02 10:00',
  "c1,maria@fjord.example,Maria Lindqvist,blue,2025-03-01",
  "c3,not an address,Nobody,,",
  "0,,Nobody,,",
  "c4,greta@holm.example,Greta,,soon",
  '"c5,open@holm.example',
].join("\n");

test("a file of customers: looked at, mapped, tried, taken in, and the same file again changes nothing", async () => {
  const added = await upload("customers", CUSTOMERS, "people.csv");
  assert.deepEqual(added.columns, ["Customer ID", "E-mail", "Name", "Colour", "Created"]);
  assert.deepEqual(added.mapping.columns, { "Customer ID": "userId", "E-mail": "email", Name: "name", Created: "firstSeenAt" });
  assert.equal(added.sample[1].Name, "Holm, Anders");

  const columns = { ...added.mapping.columns, Colour: "fields.colour" };
  assert.equal((await doors.ask("PUT", `/imports/${added.id}/mapping`, { columns })).statusCode, 200);
  const tried = await finish(added.id, "trial");
  assert.equal(tried.state, "tried");
  assert.deepEqual(tried.trial, { new: 3, changed: 0, unchanged: 1, refused: 3 });
  assert.equal((await doors.ask("GET", "/customers?query=maria")).json().items.length, 0);

  const done = await finish(added.id, "run");
  assert.deepEqual([done.state, done.progress, done.sample], ["done", 1, []]);
  assert.deepEqual(done.counts, tried.trial);
  const { items } = (await doors.ask("GET", `/imports/${added.id}/refused`)).json();
  assert.deepEqual(
    items.map((each: { line: number; reason: string }) => [each.line, each.reason]),
    [
      [6, "0: This value is blocked: many share it, or it stands for nobody."],
      [7, "firstSeenAt is not a moment: soon. Write it as 2026-11-20T09:30:00Z, or say how this file writes days."],
      [8, "A quote in this line is never closed."],
    ],
  );
  const csv = await doors.ask("GET", `/imports/${added.id}/refused.csv`);
  assert.match(csv.body, /^line,reason,text\r\n6,/);

  const [maria] = (await doors.ask("GET", "/customers?userId=c1")).json().items;
  const detail = (await doors.ask("GET", `/customers/${maria.id}`)).json();
  assert.deepEqual([detail.name, detail.fields, detail.firstSeenAt], ["Maria Lindqvist", { colour: "blue" }, "2025-03-01T00:00:00.000Z"]);

  const again = await upload("customers", CUSTOMERS, "people.csv");
  await doors.ask("PUT", `/imports/${again.id}/mapping`, { columns });
  assert.deepEqual((await finish(again.id, "trial")).trial, { new: 0, changed: 0, unchanged: 4, refused: 3 });
  assert.deepEqual((await finish(again.id, "run")).counts, { new: 0, changed: 0, unchanged: 4, refused: 3 });
});

test("a file in UTF-16 from a spreadsheet, parted by semicolons, reads the same", async () => {
  const text = "User ID;Name;Phone\r\nu1;Åse Bjørk;'+4722334455\r\nu2;'=2+5;\r\n";
  const added = await upload("customers", Buffer.from(`\ufeff${text}`, "utf16le"), "åse.csv");
  assert.deepEqual([added.encoding, added.delimiter], ["utf-16le", ";"]);
  assert.equal((await finish(added.id, "run")).counts.new, 2);
  const [ase] = (await doors.ask("GET", "/customers?phone=%2B4722334455")).json().items;
  assert.equal(ase.name, "Åse Bjørk");
});

const VISITS = [
  '{"event":"Store visit","at":"2026-11-01T10:00:00Z","userId":"c1","shop":"Oslo","staff":2}',
  '{"event":"Store visit","at":"2026-11-01T10:00:00Z","userId":"c1","shop":"Oslo","staff":2}',
  '{"event":"Store visit","at":"2026-11-02T10:00:00Z","userId":"c9","shop":"Bergen"}',
  '{"event":"order.late","at":"2026-11-02T10:00:00Z","userId":"c1"}',
  '{"event":"Store visit","at":"2126-11-02T10:00:00Z","userId":"c1"}',
  '{"event":"Store visit","at":"2026-11-02T11:00:00Z"}',
].join("\n");

test("a file of interactions: each is in the log once, and none pretends to be ours", async () => {
  const added = await upload("interactions", VISITS, "visits.ndjson", "application/x-ndjson");
  const columns = { event: "kind", at: "occurredAt", userId: "customer.userId", shop: "properties.shop", staff: "properties.staff" };
  const mapping = { columns, fixed: { channel: "in-person", touchpoint: "shop" } };
  assert.equal((await doors.ask("PUT", `/imports/${added.id}/mapping`, mapping)).statusCode, 200);
  assert.deepEqual((await finish(added.id, "trial")).trial, { new: 2, changed: 0, unchanged: 1, refused: 3 });
  assert.deepEqual((await finish(added.id, "run")).counts, { new: 2, changed: 0, unchanged: 1, refused: 3 });
  const [maria] = (await doors.ask("GET", "/customers?userId=c1")).json().items;
  const timeline = (await doors.ask("GET", `/customers/${maria.id}/timeline`)).json().items;
  const visit = timeline.find((each: { properties: { name?: string } }) => each.properties.name === "Store visit");
  assert.deepEqual([visit.kind, visit.touchpoint, visit.channel], ["event.tracked", "Shop counter", "in-person"]);
  assert.deepEqual(visit.properties, { name: "Store visit", properties: { shop: "Oslo", staff: 2 } });

  const again = await upload("interactions", VISITS, "visits.ndjson", "application/x-ndjson");
  await doors.ask("PUT", `/imports/${again.id}/mapping`, mapping);
  assert.deepEqual((await finish(again.id, "run")).counts, { new: 0, changed: 0, unchanged: 3, refused: 3 });
});

test("an event in a file is the same thing as that event sent by the shop: same kind, name and place, so one segment knows both", async () => {
  const text =
    'event,timestamp,userId,properties\nSigned Up,2026-10-01T09:00:00Z,c77,"{""plan"": ""pro""}"\ncall.ended,2026-10-01T09:00:00Z,c77,\n';
  const added = await upload("interactions", text, "events.csv");
  assert.deepEqual((await finish(added.id, "run")).counts, { new: 2, changed: 0, unchanged: 0, refused: 0 });
  const { writeKey } = (await doors.ask("POST", "/sources", { name: "Shop" })).json();
  const event = { type: "track", userId: "c77", event: "Signed Up", properties: { plan: "pro" }, messageId: "m1" };
  assert.equal((await doors.app.inject({ method: "POST", url: "/v1/batch", payload: { writeKey, batch: [event] } })).statusCode, 200);
  const [person] = (await doors.ask("GET", "/customers?userId=c77")).json().items;
  const { items } = (await doors.ask("GET", `/customers/${person.id}/timeline`)).json();
  const seen = items.map((each: Item) => [
    each.kind,
    each.properties.name ?? null,
    each.properties.properties?.plan ?? null,
    each.touchpoint,
    each.stage,
  ]);
  const signedUp = ["event.tracked", "Signed Up", "pro", "Account", "onboarding"];
  assert.deepEqual(seen, [signedUp, ["call.ended", null, null, null, null], signedUp]);
});

interface Item {
  kind: string;
  touchpoint: string | null;
  stage: string | null;
  properties: { name?: string; properties?: { plan?: string } };
}

const ORDERS = [
  "order_id,email,total,currency,order_date,delivered_at,item_name,qty",
  "1001,maria@fjord.example,46.00,GBP,2026-10-01T09:00:00Z,2026-10-02T09:00:00Z,Box of 24,1",
  '1002,new@fjord.example,"12,50",GBP,2026-10-01,,Box of 6,2',
  "1003,,12.50,GBP,2026-10-01,,Box of 6,2",
  "1004,new@fjord.example,1e300,GBP,2026-10-01,,Box of 6,2",
  "1005,new@fjord.example,5,pounds,2026-10-01,,Box of 6,2",
].join("\n");

test("a file of orders: placed and delivered in the log, once; a later file that knows more changes only that", async () => {
  const added = await upload("orders", ORDERS, "orders.csv");
  assert.deepEqual(added.missing, []);
  assert.deepEqual((await finish(added.id, "trial")).trial, { new: 2, changed: 0, unchanged: 0, refused: 3 });
  assert.deepEqual((await finish(added.id, "run")).counts, { new: 2, changed: 0, unchanged: 0, refused: 3 });
  const order = (await doors.ask("GET", "/orders?limit=200")).json().items.find((each: { number: string }) => each.number === "1002");
  assert.deepEqual([order.total, order.items, order.source], [12.5, [{ name: "Box of 6", quantity: 2 }], "file"]);

  const later = ORDERS.replace("2026-10-01,,Box of 6,2", "2026-10-01,2026-10-04T09:00:00Z,Box of 6,2");
  const again = await upload("orders", later, "orders.csv");
  assert.deepEqual((await finish(again.id, "run")).counts, { new: 0, changed: 1, unchanged: 1, refused: 3 });
  const timeline = (await doors.ask("GET", `/customers/${order.customerId}/timeline`)).json().items;
  assert.deepEqual(
    timeline.map((each: { kind: string }) => each.kind),
    ["order.delivered", "order.placed"],
  );
});

test("a file tells how far returns have come, in words that are known", async () => {
  const line = (id: string, status: string): string => `${id},r@fjord.example,2026-10-01,"[{""id"":""1"",""status"":""${status}""}]"`;
  const added = await upload(
    "orders",
    ["order_id,email,order_date,returns", line("r1", "declined"), line("r2", "lost")].join("\n"),
    "returns.csv",
  );
  assert.deepEqual((await finish(added.id, "run")).counts, { new: 1, changed: 0, unchanged: 0, refused: 1 });
  const order = (await doors.ask("GET", "/orders?limit=200")).json().items.find((each: { externalId: string }) => each.externalId === "r1");
  assert.equal(order.returns[0].status, "declined");
});

test("an import without a needed field does not begin, one that ended does not begin again, and one can be cancelled", async () => {
  const added = await upload("orders", "a,b\n1,2\n", "odd.csv");
  assert.deepEqual(added.missing, ["externalId", "placedAt"]);
  const refused = await doors.ask("POST", `/imports/${added.id}/run`);
  assert.equal(refused.statusCode, 400);
  assert.match(refused.json().detail, /externalId and placedAt/);
  for (const [columns, reason] of [
    [{ a: "externalId", b: "externalId" }, /Two columns/],
    [{ a: "colour" }, /no field colour/],
    [{ c: "externalId" }, /no column c/],
  ] as const) {
    const answer = await doors.ask("PUT", `/imports/${added.id}/mapping`, { columns });
    assert.equal(answer.statusCode, 400);
    assert.match(answer.json().detail, reason);
  }
  assert.equal((await doors.ask("DELETE", `/imports/${added.id}`)).statusCode, 204);
  assert.equal((await doors.ask("DELETE", `/imports/${added.id}`)).statusCode, 204);
  assert.equal((await doors.ask("POST", `/imports/${added.id}/run`)).statusCode, 409);
  const viewer = await keyOf(house.workspaceId, ["customers:read"]);
  assert.equal((await doors.ask("GET", `/imports/${added.id}`, undefined, viewer)).statusCode, 403);
  assert.equal((await doors.ask("GET", `/imports/${added.id}`, undefined, doors.rivalKey)).statusCode, 404);
});

test("an import that is cancelled while it runs takes nothing more in", async () => {
  const added = await upload("customers", "email\nlate@fjord.example\n", "late.csv");
  assert.equal((await doors.ask("POST", `/imports/${added.id}/run`)).statusCode, 202);
  assert.equal((await doors.ask("DELETE", `/imports/${added.id}`)).statusCode, 204);
  await settle();
  const { state, counts } = (await doors.ask("GET", `/imports/${added.id}`)).json();
  assert.deepEqual([state, counts.new], ["cancelled", 0]);
  assert.equal((await doors.ask("GET", "/customers?email=late@fjord.example")).json().items.length, 0);
});

test("JSON without a bottom is refused as its line, and the next is taken", async () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const lines = [`{"userId":"d1","fields":{"a":${deep}}}`, '{"userId":"d2"}'].join("\n");
  const added = await upload("customers", lines, "deep.ndjson", "application/x-ndjson");
  assert.deepEqual((await finish(added.id, "run")).counts, { new: 1, changed: 0, unchanged: 0, refused: 1 });
  const inCsv = await upload("customers", `userId,fields\nd3,"${deep}"\nd4,{}\n`, "deep.csv");
  assert.equal(inCsv.sample[0].fields.length, 200);
  assert.deepEqual((await finish(inCsv.id, "run")).counts, { new: 1, changed: 0, unchanged: 0, refused: 1 });
});

test("nothing, an Excel file and an unfinished form are refused with a sentence, and leave nothing", async () => {
  const bad: [string, string, RegExp][] = [
    ["", "text/csv", /nothing in this file/],
    ["  \n", "text/csv", /nothing in this file/],
    ["PK\u0003\u0004", "text/csv", /Save the table as CSV/],
    ["--x\r\n", "multipart/form-data; boundary=x", /not whole|Send one file/],
  ];
  const before = (await doors.ask("GET", "/imports")).json().items.length;
  for (const [payload, type, detail] of bad) {
    const answer = await post("customers", Buffer.from(payload), "bad.csv", type);
    assert.equal(answer.statusCode, 400, answer.body);
    assert.match(answer.json().detail, detail);
  }
  assert.equal((await doors.ask("GET", "/imports")).json().items.length, before);
});

test("an upload that is sent again with its Idempotency-Key is one import", async () => {
  const send = () => post("customers", Buffer.from("email\na@fjord.example\n"), "one.csv", "text/csv", { "idempotency-key": "once" });
  const [first, second] = [await send(), await send()];
  assert.deepEqual([first.statusCode, second.statusCode, second.json().id], [201, 201, first.json().id]);
});

async function post(thing: string, payload: Buffer, name: string, type: string, headers: object = {}) {
  return doors.app.inject({
    method: "POST",
    url: `/api/v1/imports?thing=${thing}&name=${encodeURIComponent(name)}`,
    headers: { authorization: `Bearer ${doors.key}`, "content-type": type, ...headers },
    payload,
  });
}

async function upload(thing: string, content: string | Buffer, name: string, type = "text/csv") {
  const answer = await post(thing, Buffer.from(content), name, type);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

async function finish(id: string, what: "trial" | "run") {
  const started = await doors.ask("POST", `/imports/${id}/${what}`);
  assert.equal(started.statusCode, 202, started.body);
  await settle();
  return (await doors.ask("GET", `/imports/${id}`)).json();
}
