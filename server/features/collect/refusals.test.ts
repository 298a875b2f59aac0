import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;
let source = { id: "", writeKey: "" };

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  source = (await doors.ask("POST", "/sources", { name: "Web shop" })).json();
});
after(() => doors.app.close());

test("an event that is not taken is shown as it came, a blank user id and a nest without end too", async () => {
  const odd = { type: "track", userId: " ", event: "Odd user", extra: [1] };
  await send("batch", { batch: [odd] });
  assert.deepEqual(JSON.parse((await refusedEvents())[0]?.event ?? ""), odd);
  assert.match((await refusedEvents())[0]?.reason ?? "", /userId and anonymousId are missing, empty or no text/);

  await send("track", `{"event":"Deep one","userId":"dag","deep":${nested(2_000)},"messageId":"deep-1"}`);
  const [deep] = await refusedEvents();
  assert.equal(deep?.reason, "It is nested more than 40 levels deep.");
  assert.match(deep?.event ?? "", /^\{"event":"Deep one","userId":"dag","deep":\[+"…"\]+,"messageId":"deep-1"\}$/);

  const long = "x".repeat(3_000);
  await send("track", { event: "Long", userId: "null", long });
  const [cut] = await refusedEvents();
  assert.equal(cut?.event.length, 2_000);
  assert.ok(cut?.event.startsWith('{"event":"Long","userId":"null","long":"xxx') && cut.event.endsWith("…"));
});

test("events whose type is a word of the language are kept under their own name", async () => {
  const types = ["constructor", "__proto__", "toString", "hasOwnProperty"];
  await send("batch", { batch: types.map((type) => ({ type, userId: "nell", event: `By ${type}`, messageId: type })) });
  const { rows } = await sql<{ kind: string; name: string }>`
    select kind, properties->>'name' as name from interactions where properties->>'userId' = 'nell' order by position`.execute(
    anywhere().db,
  );
  assert.deepEqual(
    rows,
    types.map((type) => ({ kind: "event.tracked", name: `By ${type}` })),
  );
});

test("an email that is no address, a phone that is no phone and a name that is no text do not become Otto's", async () => {
  await send("identify", { userId: "otto", traits: { email: 5, phone: {}, name: [1], firstName: 7 } });
  await send("identify", { userId: "otto", traits: { email: "not an address", phone: "call me", name: 12 }, context: { locale: 3 } });
  const otto = await customer("userId=otto");
  assert.deepEqual([otto.name, otto.email, otto.phone, otto.locale], [null, null, null, null]);
  await send("identify", { userId: "otto", traits: { email: "Otto@fjord.example", phone: "22 33 44 55", name: "Otto" } });
  const known = await customer("userId=otto");
  assert.deepEqual([known.name, known.email, known.phone], ["Otto", "Otto@fjord.example", "22 33 44 55"]);
});

test("whoever a webhook names by an address alone is shown and found by it", async () => {
  const { path } = await hookWith(`{ "customer": { "email": email }, "name": "Ticket Bought" }`);
  assert.deepEqual((await knock(path, { email: "Wilma@Hook.example" })).json(), { taken: 1 });
  const wilma = await customer("email=wilma@hook.example");
  assert.deepEqual([wilma.name, wilma.email], [null, "wilma@hook.example"]);
  const { items } = (await doors.ask("GET", "/customers?query=wilma")).json<{ items: { email: string }[] }>();
  assert.deepEqual(
    items.map(({ email }) => email),
    ["wilma@hook.example"],
  );
});

test("a webhook nested too deep is refused before its mapping is tried, and listed", async () => {
  const { id, path } = await hookWith(`{ "customer": { "email": email }, "name": "x", "properties": $ }`);
  for (const levels of [41, 3_000, 5_000, 100_000]) {
    const answer = await knock(path, `{"email":"deep@fjord.example","number":${levels},"a":${nested(levels)}}`);
    assert.equal(answer.statusCode, 400, `${levels} levels`);
    assert.match(answer.json().detail, /nested more than 40 levels deep/);
    const [listed] = await refusedBodies(id);
    assert.match(listed?.reason ?? "", /nested more than 40 levels deep/);
    assert.ok(listed?.event.startsWith(`{"email":"deep@fjord.example","number":${levels},"a":[[`));
  }
});

test("the bench refuses what the hook refuses, in the same words, and shows each customer as they would be known", async () => {
  const mapping = `{ "customer": { "email": email, "userId": user }, "kind": "visit.made" }`;
  const { id, path } = await hookWith(mapping);
  for (const body of [
    { email: "not an address" },
    { email: "test@example.com" },
    { email: 5 },
    {},
    { user: "null" },
    { email: ["a", {}] },
  ]) {
    assert.deepEqual((await knock(path, body)).json(), { taken: 0 });
    const [listed] = await refusedBodies(id);
    const trial = (await doors.ask("POST", "/hooks/trial", { mapping, body })).json();
    assert.deepEqual(trial.interactions, []);
    assert.equal(trial.refusals[0].reason, listed?.reason);
    assert.deepEqual(JSON.parse(listed?.event ?? ""), body);
  }
  const both = (await doors.ask("POST", "/hooks/trial", { mapping, body: { email: "Wes@Fjord.example", user: "null" } })).json();
  assert.deepEqual(both.interactions[0].customer, [{ kind: "email", value: "wes@fjord.example" }]);
});

test("a refused webhook is listed with its body and the words of webhooks, and says which of several it was", async () => {
  const one = await hookWith(`{ "customer": { "email": email }, "name": "x" }`);
  await knock(one.path, [{ email: "a@fjord.example" }, { email: "b@fjord.example" }]);
  const [listed] = await refusedBodies(one.id);
  assert.deepEqual(JSON.parse(listed?.event ?? ""), [{ email: "a@fjord.example" }, { email: "b@fjord.example" }]);

  const many = await hookWith(`reviews.{ "customer": { "email": mail }, "name": "x" }`);
  const body = { reviews: [{ mail: "one@fjord.example" }, {}] };
  assert.deepEqual((await knock(many.path, body)).json(), { taken: 1 });
  const [second] = await refusedBodies(many.id);
  assert.equal(
    second?.reason,
    "Number 2 of 2 that the mapping makes. It does not say whose it is: `customer` needs an email, a userId or another id.",
  );
  assert.deepEqual(JSON.parse(second?.event ?? ""), body);
});

test("what never parses at a hook is listed there by its beginning: text, XML, half a JSON, nothing, too much", async () => {
  const { id, path } = await hookWith(`{ "customer": { "email": email }, "name": "x" }`);
  for (const [sent, type, status, shown] of [
    ["hello from the till", "text/plain", 400, "hello from the till"],
    ["<ticket>7</ticket>", "application/xml", 400, "<ticket>7</ticket>"],
    [`{"email":"J\\u00f6rg@fjord.example"`, "application/json", 400, `{"email":"Jörg@fjord.example"`],
    ["", "application/json", 400, ""],
    [
      `{"email":"long@fjord.example","text":"${"a".repeat(300_000)}"}`,
      "application/json",
      413,
      `{"email":"long@fjord.example","text":"aaa`,
    ],
    [`email=long%40fjord.example&text=${"a".repeat(300_000)}`, "application/x-www-form-urlencoded", 413, `{"email":"long@fjord.example"`],
  ] as const) {
    const answer = await knock(path, sent, type);
    assert.equal(answer.statusCode, status, answer.body);
    const [listed] = await refusedBodies(id);
    assert.equal(answer.json().detail, listed?.reason);
    const { event = "nothing is listed" } = listed ?? {};
    assert.ok(event.startsWith(shown), event);
    assert.ok(event.length <= 2_000);
  }
  assert.equal((await doors.ask("GET", `/hooks/${id}`)).json().hours[23].refused, 6);
  assert.equal((await knock("/hooks/of-nobody", "no json")).statusCode, 404);
});

test("a request that never parses is listed at its source with the reason, when its head says whose it is", async () => {
  const key = { authorization: `Basic ${Buffer.from(`${source.writeKey}:`).toString("base64")}` };
  const own = { "x-write-key": source.writeKey };
  const packed = gzipSync(`{"batch":[{"type":"track","userId":"gus","event":"Half","text":"${"half ".repeat(200)}"}]}`);
  const large = `{"userId":"gus","event":"Large","text":"${"a".repeat(600_000)}"}`;
  const [json, gzip, size] = [
    "The body is not JSON.",
    "The body is not whole gzip.",
    "A request has at most 500 KB, unpacked. Send it in parts.",
  ];
  for (const [path, payload, headers, reason, shown] of [
    ["track", `{"userId":"gus","event":"J\\u00f6rg`, key, json, `{"userId":"gus","event":"Jörg`],
    ["batch", "", own, json, ""],
    [
      "batch",
      packed.subarray(0, packed.length - 12),
      { ...key, "content-encoding": "gzip" },
      gzip,
      `{"batch":[{"type":"track","userId":"gus"`,
    ],
    ["batch", "no gzip at all", { ...own, "content-encoding": "gzip" }, gzip, "no gzip at all"],
    ["t", large, key, size, `{"userId":"gus","event":"Large","text":"aaa`],
    ["t", gzipSync(large), { ...own, "content-encoding": "gzip" }, size, `{"userId":"gus","event":"Large","text":"aaa`],
    ["batch", "[1]", key, "The body is a JSON object.", "[1]"],
    ["batch", `{"batch":{"a":1}}`, key, "A batch has its events in `batch`, a list.", `{"batch":{"a":1}}`],
    ["batch", `{"batch":1,"writeKey":"${source.writeKey}"}`, {}, "A batch has its events in `batch`, a list.", `{"batch":1,"writeKey":`],
  ] as const) {
    const answer = await doors.app.inject({ method: "POST", url: `/v1/${path}`, headers, payload });
    assert.deepEqual([answer.statusCode, answer.json().detail], [400, reason]);
    const [listed] = await refusedEvents();
    assert.equal(listed?.reason, reason);
    assert.ok(listed.event.startsWith(shown) && listed.event.length <= 2_000, `${listed.event.slice(0, 100)} begins like ${shown}`);
  }
});

test("a request that never parses is refused all the same when nobody knows whose it is, and the list stays bounded", async () => {
  const before = await countOf(source.id);
  for (const headers of [{}, { "x-write-key": "of-nobody" }])
    assert.equal((await doors.app.inject({ method: "POST", url: "/v1/track", headers, payload: "{" })).statusCode, 400);
  assert.equal(await countOf(source.id), before);
  for (let round = 0; round < 6; round += 1) await Promise.all(Array.from({ length: 100 }, () => send("track", "{")));
  assert.equal(await countOf(source.id), 500);
});

test("a flood of broken webhooks fills nothing: the newest 500 stay listed", async () => {
  const { id, path } = await hookWith(`{ "customer": { "email": email }, "name": "x" }`);
  for (let round = 0; round < 6; round += 1) {
    await Promise.all(Array.from({ length: 100 }, (_, index) => knock(path, `broken ${round}-${index}`)));
  }
  assert.equal(await countOf(id), 500);
  assert.match((await refusedBodies(id))[0]?.event ?? "", /^broken 5-/);
});

test("a mapping that makes a function, calls itself without end or has a broken pattern is told so in plain words", async () => {
  for (const [mapping, said] of [
    [
      `{ "customer": { "userId": "fay" }, "name": "x", "properties": { "total": function($x) { $x } } }`,
      /makes a function where a value belongs/,
    ],
    [`{ "customer": { "userId": "fay" }, "name": $uppercase }`, /makes a function where a value belongs/],
    [`{ "customer": { "userId": "fay" }, "name": $match("a", /(b/) }`, /regular expression/],
  ] as const) {
    const trial = (await doors.ask("POST", "/hooks/trial", { mapping, body: {} })).json();
    assert.match(trial.error, said);
    assert.doesNotMatch(trial.error, /circular|constructor|stack|undefined|JSON/);
  }
});

function nested(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}

function send(path: string, payload: object | string) {
  const headers = { authorization: `Bearer ${source.writeKey}`, "content-type": "application/json" };
  return doors.app.inject({ method: "POST", url: `/v1/${path}`, headers, payload });
}

async function hookWith(mapping: string): Promise<{ id: string; path: string }> {
  const made = await doors.ask("POST", "/hooks", { name: "Tickets", mapping });
  assert.equal(made.statusCode, 201, made.body);
  return { id: made.json().id, path: new URL(made.json().url).pathname };
}

function knock(path: string, payload: object | string, contentType = "application/json") {
  return doors.app.inject({ method: "POST", url: path, headers: { "content-type": contentType }, payload });
}

interface Listed {
  reason: string;
  event: string;
}

async function countOf(origin: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from refusals where origin = ${origin}`.execute(anywhere().db);
  return rows[0]?.count ?? 0;
}

async function refusedEvents(): Promise<Listed[]> {
  return (await doors.ask("GET", `/sources/${source.id}/refusals`)).json<{ items: Listed[] }>().items;
}

async function refusedBodies(hookId: string): Promise<Listed[]> {
  return (await doors.ask("GET", `/hooks/${hookId}/refusals`)).json<{ items: Listed[] }>().items;
}

async function customer(query: string) {
  const { items } = (await doors.ask("GET", `/customers?${query}`)).json<{ items: { id: string }[] }>();
  assert.equal(items.length, 1, query);
  return (await doors.ask("GET", `/customers/${items[0]?.id}`)).json();
}
