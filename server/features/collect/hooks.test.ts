import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;

const REVIEWS = `reviews.{
  "customer": { "email": author.mail, "name": author.name },
  "name": "Product Reviewed",
  "occurredAt": written,
  "properties": { "stars": stars, "text": text },
  "key": $string(id)
}`;
const BODY = {
  reviews: [
    { id: 1, author: { mail: "maria@fjord.example", name: "Maria" }, written: "2026-11-01T10:00:00Z", stars: 5, text: "Round." },
    { id: 2, author: { mail: "olaf@fjord.example" }, written: "2026-11-02T10:00:00Z", stars: 2, text: "A hole in it." },
    { id: 3, author: {}, stars: 4 },
  ],
};

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

async function hookWith(mapping: string): Promise<{ id: string; path: string }> {
  const made = await doors.ask("POST", "/hooks", { name: "Reviews", mapping });
  assert.equal(made.statusCode, 201, made.body);
  return { id: made.json().id, path: new URL(made.json().url).pathname };
}

function knock(path: string, payload: object | string, contentType = "application/json") {
  return doors.app.inject({ method: "POST", url: path, headers: { "content-type": contentType }, payload });
}

async function stored(source: string) {
  const { rows } = await sql<{ kind: string; occurred_at: Date; stage: string | null; properties: object }>`
    select kind, occurred_at, stage, properties from interactions
    where workspace_id = ${house.workspaceId} and source = ${source} order by position`.execute(anywhere().db);
  return rows;
}

test("a webhook's body becomes interactions by its mapping; the same webhook again changes nothing; what names nobody is listed", async () => {
  const { id, path } = await hookWith(REVIEWS);
  assert.deepEqual((await knock(path, BODY)).json(), { taken: 2 });
  assert.deepEqual((await knock(path, BODY)).json(), { taken: 0 });
  const [first, second, third] = await stored(id);
  assert.deepEqual(
    [first?.kind, first?.stage, first?.occurred_at.toISOString()],
    ["event.tracked", "advocacy", "2026-11-01T10:00:00.000Z"],
  );
  assert.deepEqual(second?.properties, { name: "Product Reviewed", stars: 2, text: "A hole in it." });
  assert.equal(third, undefined);
  const refusals = (await doors.ask("GET", `/hooks/${id}/refusals`)).json().items;
  assert.equal(refusals.length, 2);
  assert.match(refusals[0].reason, /whose it is/);
  assert.equal((await doors.ask("GET", `/hooks/${id}`)).json().hours[23].taken, 2);
});

test("Maria is the same by her handle, in a server's event and in a webhook from the network", async () => {
  const { writeKey } = (await doors.ask("POST", "/sources", { name: "Shop" })).json();
  const externalIds = [{ id: "@Maria", type: "instagram" }];
  const event = { writeKey, userId: "u-maria", messageId: "1", traits: {}, context: { externalIds } };
  assert.equal((await doors.app.inject({ method: "POST", url: "/v1/identify", payload: event })).statusCode, 200);
  const { path } = await hookWith(`{ "kind": "event.tracked", "name": "Mentioned", "customer": { "social": "instagram:" & who } }`);
  assert.deepEqual((await knock(path, { who: "maria" })).json(), { taken: 1 });
  const { rows } = await sql<{ id: number }>`
    select distinct customer_id as id from interactions where properties->>'name' = 'Mentioned'`.execute(anywhere().db);
  const { items } = (await doors.ask("GET", "/customers?userId=u-maria")).json<{ items: { id: string }[] }>();
  assert.deepEqual(
    rows.map(({ id }) => publicId("cus", id)),
    items.map(({ id }) => id),
  );
});

test("a form is read like JSON, and a single object is one interaction of its own kind", async () => {
  const { id, path } = await hookWith(
    `{ "customer": { "phone": from }, "kind": "call.ended", "channel": "phone", "properties": { "seconds": $number(duration) } }`,
  );
  assert.equal((await knock(path, "from=%2B441632960001&duration=42", "application/x-www-form-urlencoded")).statusCode, 200);
  assert.deepEqual(
    (await stored(id)).map(({ kind, properties }) => [kind, properties]),
    [["call.ended", { seconds: 42, name: null }]],
  );
});

test("a mapping that loops, eats memory or fails is stopped, and the next one is not hurt", async () => {
  const loops = await hookWith("($f := function($n) { $f($n + 1) }; $f(1))");
  const eats = await hookWith('($f := function($t) { $f($t & $t) }; $f("aaaaaaaaaaaaaaaa"))');
  const fails = await hookWith("$error('the shop sent nonsense')");
  for (const { path, id } of [loops, eats, fails]) {
    assert.equal((await knock(path, { a: 1 })).statusCode, 422);
    assert.match((await doors.ask("GET", `/hooks/${id}/refusals`)).json().items[0].reason, /The mapping failed/);
  }
  const { path } = await hookWith(REVIEWS.replace("$string(id)", '"other " & $string(id)'));
  assert.equal((await knock(path, BODY)).json().taken, 2);
});

test("a mapping that takes all its time holds up no other: they take turns", async () => {
  const loops = await hookWith("($f := function($n) { $f($n + 1) }; $f(7))");
  const quick = await hookWith(`{ "customer": { "userId": "quick" }, "name": "Quick" }`);
  const ended: string[] = [];
  const end = (name: string) => () => void ended.push(name);
  const all = Array.from({ length: 4 }, (_, n) => knock(loops.path, { n }).then(end("loop")));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await Promise.all([...all, knock(quick.path, { n: 1 }).then(end("quick"))]);
  assert.ok(ended.indexOf("quick") <= 1, ended.join());
});

test("a mapping cannot speak for Throughline, nor leave its thread", async () => {
  const { path, id } = await hookWith(`{ "customer": { "userId": "eve" }, "kind": "order.late" }`);
  assert.equal((await knock(path, {})).json().taken, 0);
  assert.match((await doors.ask("GET", `/hooks/${id}/refusals`)).json().items[0].reason, /order\.late/);
  const out = await hookWith(
    `{ "customer": { "userId": "eve" }, "name": "x", "properties": { "p": __proto__.constructor, "q": process.env } }`,
  );
  assert.equal((await knock(out.path, {})).json().taken, 1);
  assert.deepEqual((await stored(out.id))[0]?.properties, { name: "x" });
});

test("the test bench shows what would be recorded, and records nothing", async () => {
  const before = (await stored("trial")).length;
  const trial = (await doors.ask("POST", "/hooks/trial", { mapping: REVIEWS, body: BODY })).json();
  assert.equal(trial.error, null);
  assert.deepEqual(trial.interactions[0].customer, [{ kind: "email", value: "maria@fjord.example" }]);
  assert.deepEqual([trial.interactions[0].touchpoint, trial.interactions[0].stage], ["Reviews", "advocacy"]);
  assert.equal(trial.refusals.length, 1);
  assert.equal((await stored("trial")).length, before);
  const broken = (await doors.ask("POST", "/hooks/trial", { mapping: "{ no", body: {} })).json();
  assert.match(broken.error, /at character/);
  assert.equal((await doors.ask("POST", "/hooks", { name: "Broken", mapping: "{ no" })).statusCode, 400);
});

test("Ada changes a mapping, and it holds at once; a hook that was ended takes nothing more", async () => {
  const { path, id } = await hookWith(`{ "customer": { "userId": "ina" }, "name": "Old" }`);
  await knock(path, { n: 1 });
  const changed = await doors.ask("PATCH", `/hooks/${id}`, { mapping: `{ "customer": { "userId": "ina" }, "name": "New" }` });
  assert.equal(changed.statusCode, 200);
  await knock(path, { n: 2 });
  assert.deepEqual(
    (await stored(id)).map(({ properties }) => properties),
    [{ name: "Old" }, { name: "New" }],
  );
  assert.equal((await doors.ask("DELETE", `/hooks/${id}`)).statusCode, 204);
  assert.equal((await knock(path, { n: 3 })).statusCode, 404);
  assert.equal((await knock("/hooks/of-nobody", {})).statusCode, 404);
});
