import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;
let writeKey = "";
let sourceId = "";

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  const made = await doors.ask("POST", "/sources", { name: "Web shop" });
  assert.equal(made.statusCode, 201, made.body);
  ({ writeKey, id: sourceId } = made.json());
});
after(() => doors.app.close());

interface Row {
  kind: string;
  occurred_at: Date;
  received_at: Date;
  channel: string | null;
  stage: string | null;
  initiative: string;
  touchpoint: string | null;
  source: string | null;
  customer_id: number;
  properties: Record<string, unknown>;
}

async function log(messageId?: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.*, t.key as touchpoint from interactions i left join touchpoints t on t.id = i.touchpoint_id
    where i.workspace_id = ${house.workspaceId} and (${messageId ?? null}::text is null or i.properties->>'messageId' = ${messageId ?? null})
    order by position`.execute(anywhere().db);
  return rows;
}

function send(path: string, payload: object | string | Buffer, headers: Record<string, string> = {}) {
  return doors.app.inject({
    method: "POST",
    url: `/v1/${path}`,
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`, "content-type": "application/json", ...headers },
    payload,
  });
}

async function refusals(): Promise<{ reason: string; event: string }[]> {
  return (await doors.ask("GET", `/sources/${sourceId}/refusals`)).json().items;
}

test("Maria's purchase is taken, kept as it came, and stands at the checkout", async () => {
  const answer = await send("track", {
    userId: "maria",
    event: "Order Completed",
    messageId: "m-1",
    properties: { total: 46, odd: { "a.b": [1, null] } },
    context: { locale: "en-GB", campaign: {} },
    somethingElse: true,
  });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.deepEqual(answer.json(), { success: true });
  const [row] = await log("m-1");
  assert.equal(row?.kind, "event.tracked");
  assert.deepEqual([row?.touchpoint, row?.channel, row?.stage, row?.initiative], ["checkout", "web", "purchase", "reactive"]);
  assert.equal(row?.source, sourceId);
  assert.deepEqual(row?.properties, {
    userId: "maria",
    name: "Order Completed",
    messageId: "m-1",
    properties: { total: 46, odd: { "a.b": [1, null] } },
    context: { locale: "en-GB", campaign: {} },
    somethingElse: true,
  });
});

test("each kind of call has its kind in the log, by its long and its short path", async () => {
  const calls = { identify: "i", track: "t", page: "p", screen: "s", group: "g", alias: "a" };
  for (const [long, short] of Object.entries(calls)) {
    for (const path of [long, short]) {
      const body = { userId: "tom", event: "Drank coffee", name: "Home", groupId: "g1", previousId: "t0", messageId: `kind-${path}` };
      assert.equal((await send(path, body)).statusCode, 200);
    }
  }
  const kinds = Object.fromEntries((await log()).map((row) => [row.properties["messageId"], row.kind]));
  for (const path of ["track", "t"]) assert.equal(kinds[`kind-${path}`], "event.tracked");
  for (const path of ["page", "p"]) assert.equal(kinds[`kind-${path}`], "page.viewed");
  for (const path of ["screen", "s"]) assert.equal(kinds[`kind-${path}`], "screen.viewed");
  for (const path of ["identify", "i"]) assert.equal(kinds[`kind-${path}`], "customer.identified");
  for (const path of ["group", "g"]) assert.equal(kinds[`kind-${path}`], "customer.grouped");
  for (const path of ["alias", "a"]) assert.equal(kinds[`kind-${path}`], "customer.aliased");
});

test("the write key may come as Basic, Bearer, a header, in the body or in the address; without a known one nothing is taken", async () => {
  const event = { userId: "nils", event: "Knocked" };
  const none = { authorization: "" };
  const statuses = [
    await send("track", event, { authorization: `Bearer ${writeKey}` }),
    await send("track", event, { ...none, "x-write-key": writeKey }),
    await send("track", { ...event, writeKey }, none),
    await send("batch", { batch: [{ ...event, type: "track", writeKey }] }, none),
    await send(`track?writeKey=${writeKey}`, event, none),
    await send("track", event, none),
    await send("track", event, { authorization: "Bearer wk_of-nobody" }),
  ].map((answer) => answer.statusCode);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 401, 401]);
  assert.ok(
    (await log()).every((row) => !JSON.stringify(row.properties).includes(writeKey)),
    "the key itself is not kept",
  );
});

test("in a batch of 100 with one broken, 99 are taken and one is listed; the same batch again changes nothing", async () => {
  const at = Date.parse("2026-11-01T10:00:00Z");
  const batch: unknown[] = Array.from({ length: 100 }, (_, index) => ({
    type: "track",
    event: "Counted",
    userId: `user ${index % 7}`,
    messageId: `hundred-${index}`,
    timestamp: new Date(at + index).toISOString(),
  }));
  batch[41] = { type: "track", userId: "user 1", messageId: "hundred-41" };
  const body = gzipSync(JSON.stringify({ batch, sentAt: new Date(at + 1000).toISOString() }));
  for (let time = 0; time < 2; time += 1) assert.equal((await send("batch", body, { "content-encoding": "gzip" })).statusCode, 200);

  const stored = (await log()).filter((row) => String(row.properties["messageId"]).startsWith("hundred-"));
  assert.equal(stored.length, 99);
  const listed = (await refusals()).filter((each) => each.event.includes("hundred-41"));
  assert.ok(listed.length > 0);
  assert.equal(listed[0]?.reason, "It has no name: `event` is missing.");
  const detail = (await doors.ask("GET", `/sources/${sourceId}`)).json();
  assert.equal(detail.hours.length, 24);
  assert.ok(detail.hours[23].repeated >= 99 && detail.hours[23].refused >= 1);
  assert.equal(detail.lastEvents[0].name, "Counted");
});

test("a clock that runs wrong is put right by when it sent; nothing happens after it was received", async () => {
  const received = new Date("2026-11-13T12:00:00Z");
  stopAt(received);
  try {
    await send("batch", {
      sentAt: "2026-11-13T09:00:10Z",
      batch: [
        { type: "track", event: "A", userId: "ida", messageId: "slow clock", timestamp: "2026-11-13T09:00:00Z" },
        { type: "track", event: "A", userId: "ida", messageId: "year 300000", timestamp: "+300000-01-01T00:00:00Z" },
        { type: "track", event: "A", userId: "ida", messageId: "nonsense", timestamp: { at: 1 } },
      ],
    });
    await send("import", {
      batch: [{ type: "track", event: "A", userId: "ida", messageId: "long ago", timestamp: "2019-05-01T00:00:00Z" }],
    });
    await send("track", { event: "A", userId: "ida", messageId: "tomorrow", timestamp: "2026-11-14T00:00:00Z" });
  } finally {
    travelBack();
  }
  const at = async (id: string) => (await log(id))[0];
  assert.equal((await at("slow clock"))?.occurred_at.toISOString(), "2026-11-13T11:59:50.000Z");
  assert.equal((await at("long ago"))?.occurred_at.toISOString(), "2019-05-01T00:00:00.000Z");
  for (const id of ["year 300000", "nonsense", "tomorrow"]) {
    assert.equal((await at(id))?.occurred_at.toISOString(), received.toISOString(), id);
    assert.match(String((await at(id))?.properties["timeNote"]), /could not be believed/);
  }
});

test("a retry with another sentAt is the same event; another timestamp is another event", async () => {
  const one = { event: "Once", userId: "eva", messageId: "retry", timestamp: "2026-11-13T09:00:00Z" };
  await send("track", { ...one, sentAt: "2026-11-13T09:00:01Z" });
  await send("track", { ...one, sentAt: "2026-11-13T09:05:01Z" });
  assert.equal((await log("retry")).length, 1);
  await send("track", { ...one, timestamp: "2026-11-13T09:00:00.001Z" });
  assert.equal((await log("retry")).length, 2);
});

test("an advert's click is an interaction of its own at the awareness stage, once, however many pages follow", async () => {
  const page = { url: "https://glaze.example/?utm_source=mail&utm_campaign=autumn&gclid=abc-1", referrer: "https://ads.example/" };
  const context = { page, campaign: { source: "mail", name: "autumn" } };
  for (const id of ["1", "2", "3"]) await send("page", { anonymousId: "device-of-olga", name: "Home", messageId: `olga-${id}`, context });
  await send("identify", { anonymousId: "device-of-olga", userId: "olga", messageId: "olga-4", context });
  const clicks = (await log()).filter((row) => row.kind === "advert.clicked");
  assert.equal(clicks.length, 1);
  const [click] = clicks;
  assert.deepEqual([click?.touchpoint, click?.stage, click?.initiative], ["advert", "awareness", "proactive"]);
  assert.deepEqual(click?.properties["campaign"], { source: "mail", name: "autumn" });
  assert.deepEqual(click?.properties["clickId"], { kind: "gclid", value: "abc-1" });
  const [first] = await log("olga-1");
  assert.equal(click?.customer_id, first?.customer_id);
});

test("odd input harms nothing: keys such as __proto__, halves of characters, numbers without end, deep nests", async () => {
  const nest = `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
  const bodies = [
    `{"userId":"odd","event":"E","messageId":"odd-1","__proto__":{"admin":true},"constructor":{"prototype":{"x":1}},"properties":{"__proto__":{"y":1}}}`,
    `{"userId":"odd","event":"E","messageId":"odd-2","properties":{"a\\u0000b":"c\\u0000\\ud83c","\\udc00":1}}`,
    `{"userId":"odd","event":"E","messageId":"odd-3","properties":{"n":1e999,"m":-0,"big":12345678901234567890}}`,
    `{"userId":"odd","event":17,"messageId":"odd-4","properties":"a text"}`,
    `{"userId":42,"event":"E","messageId":"odd-5","context":null,"properties":null,"timestamp":""}`,
  ];
  for (const body of bodies) assert.equal((await send("track", body)).statusCode, 200, body);
  for (const id of [1, 2, 3, 4, 5]) assert.equal((await log(`odd-${id}`)).length, 1, `odd-${id}`);
  assert.equal(Object.prototype.hasOwnProperty.call(Object.prototype, "admin"), false);
  assert.deepEqual((await log("odd-1"))[0]?.properties["constructor"], { prototype: { x: 1 } });
  assert.equal((await send("track", `{"userId":"odd","event":"E","properties":{"deep":${nest}}}`)).statusCode, 200);
  assert.match((await refusals())[0]?.reason ?? "", /nested/);
});

test("a batch beyond 500 KB, a gzip bomb and what is no JSON are refused with the reason", async () => {
  const text = JSON.stringify({ batch: [{ type: "track", userId: "x", event: "E", properties: { text: "a".repeat(512_000) } }] });
  for (const [body, headers] of [
    [text, {}],
    [gzipSync(text), { "content-encoding": "gzip" }],
    [gzipSync(Buffer.alloc(50_000_000, " ")), { "content-encoding": "gzip" }],
  ] as const) {
    const answer = await send("batch", body, headers);
    assert.equal(answer.statusCode, 400);
    assert.match(answer.json().detail, /500 KB/);
  }
  const sentences = [];
  for (const [path, body, headers] of [
    ["track", "{", {}],
    ["track", "", {}],
    ["track", "[1]", {}],
    ["batch", '{"batch":"many"}', {}],
    ["batch", gzipSync("{}").subarray(0, 12), { "content-encoding": "gzip" }],
  ] as const) {
    const answer = await send(path, body, headers);
    assert.equal(answer.statusCode, 400, String(body));
    sentences.push(answer.json().detail);
  }
  assert.equal(new Set(sentences).size, 4);
});

test("who cannot be known is listed with the reason", async () => {
  assert.equal((await send("track", { event: "Of nobody" })).statusCode, 200);
  assert.equal((await send("track", { event: "Of null", userId: "null" })).statusCode, 200);
  const [second, first] = await refusals();
  assert.match(first?.reason ?? "", /userId and anonymousId are missing/);
  assert.equal(second?.reason, "It names nobody. The user id “null” is blocked: many share it, or it stands for nobody.");
});

test("any page may ask: the preflight is answered, and the answer is readable from the page's origin", async () => {
  const preflight = await doors.app.inject({
    method: "OPTIONS",
    url: "/v1/b",
    headers: {
      origin: "https://shop.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,authorization",
    },
  });
  assert.equal(preflight.statusCode, 204);
  assert.equal(preflight.headers["access-control-allow-origin"], "https://shop.example");
  assert.equal(preflight.headers["access-control-allow-headers"], "content-type,authorization");
  const answer = await send("t", `{"event":"Beacon","userId":"bea","messageId":"beacon","writeKey":"${writeKey}"}`, {
    "content-type": "text/plain;charset=UTF-8",
    authorization: "",
    origin: "https://shop.example",
  });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal(answer.headers["access-control-allow-origin"], "https://shop.example");
  const refused = await send("t", "{}", { authorization: "", origin: "https://shop.example" });
  assert.equal(refused.headers["access-control-allow-origin"], "https://shop.example");
  assert.equal(
    (await doors.app.inject({ method: "GET", url: "/api/v1/sources", headers: { origin: "https://shop.example" } })).headers[
      "access-control-allow-origin"
    ],
    undefined,
  );
});

test("the browser client learns where to send from its settings", async () => {
  const answer = await doors.app.inject({ method: "GET", url: `/v1/projects/${writeKey}/settings`, headers: { host: "localhost:3000" } });
  assert.equal(answer.json().integrations["Segment.io"].apiHost, "localhost:3000/v1");
  assert.equal(answer.json().integrations["Segment.io"].protocol, "http");
  assert.equal((await doors.app.inject({ method: "GET", url: "/v1/projects/wk_nobody/settings" })).statusCode, 404);
});
