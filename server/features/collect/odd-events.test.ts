import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { sql } from "kysely";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { anywhere } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse } from "../../testing/house.ts";
import { readMoment } from "./moment-of.ts";
import { receive } from "./receive.ts";

let doors: Doors;
let source = { id: "", writeKey: "" };

before(async () => {
  doors = await openDoors(await testHouse());
  source = (await doors.ask("POST", "/sources", { name: "Web shop" })).json();
});
after(() => doors.app.close());

test("what an event says of itself besides its name and kind is kept: a type that nobody knows, a second name", async () => {
  const said = { userId: "odd", messageId: "odd" };
  for (const [event, kept] of [
    [
      { type: "Charge", event: "Card charged" },
      { type: "Charge", name: "Card charged" },
    ],
    [{ type: "charge" }, { type: "charge", name: "charge" }],
    [
      { type: "track", event: "Paid", name: "By card" },
      { name: "Paid", ownName: "By card" },
    ],
    [
      { type: "page", event: "Looked", name: "Home" },
      { event: "Looked", name: "Home" },
    ],
    [
      { type: "page", name: { en: "Home" } },
      { name: null, ownName: { en: "Home" } },
    ],
    [{ type: "identify" }, { name: null }],
  ]) {
    await send("batch", { batch: [{ ...said, ...event, timestamp: new Date(next++).toISOString() }] });
    const { timestamp: _timestamp, ...properties } = await last("odd");
    assert.deepEqual(properties, { ...said, ...kept });
  }
});

let next = Date.UTC(2026, 0, 1);

test("a click is known by its advertiser's own spelling, and all marks of a campaign are kept", async () => {
  const clickOf = async (search: string) => {
    const page = { url: `https://glaze.example/${search}` };
    await send("page", { anonymousId: `device ${search}`, messageId: search, context: { page } });
    return last(null, "advert.clicked");
  };
  assert.deepEqual((await clickOf("?ScCid=snap-1"))["clickId"], { kind: "sccid", value: "snap-1" });
  assert.deepEqual((await clickOf("?UTM_Source=mail&utm_source_platform=desk"))["campaign"], { source: "mail", source_platform: "desk" });
});

test("a moment without an offset is one in UTC, wherever our own clock hangs", () => {
  const own = process.env["TZ"];
  process.env["TZ"] = "Pacific/Auckland";
  try {
    for (const text of ["2026-11-13T09:00:00", "2026-11-13 09:00", "2026-11-13T09:00:00.000Z", "2026-11-13T11:00:00+02:00"])
      assert.equal(readMoment(text)?.toISOString(), "2026-11-13T09:00:00.000Z", text);
  } finally {
    if (own === undefined) delete process.env["TZ"];
    else process.env["TZ"] = own;
  }
});

test("whom events name is found by each of their names, also where a plus was written as it is", async () => {
  const traits = { email: "runa+shop@fjord.example", phone: "+47 22 33 44 66" };
  await send("identify", { userId: "runa", anonymousId: "runas-phone", traits });
  for (const by of [
    "userId=runa",
    "anonymousId=runas-phone",
    "email=runa%2Bshop@fjord.example",
    "email=Runa+shop@fjord.example",
    "phone=%2B4722334466",
    "phone=+4722334466",
  ]) {
    const { items } = (await doors.ask("GET", `/customers?${by}`)).json<{ items: { email: string }[] }>();
    assert.deepEqual(
      items.map(({ email }) => email),
      [traits.email],
      by,
    );
  }
});

test("what came through the app of a phone is of the app, wherever its touchpoint stands", async () => {
  for (const type of ["ios", "Android"]) {
    await send("track", { userId: "runa", event: "Order Completed", messageId: type, context: { device: { type } } });
    const { rows } = await sql<{ channel: string; stage: string }>`
      select channel, stage from interactions where properties->>'messageId' = ${type}`.execute(anywhere().db);
    assert.deepEqual(rows, [{ channel: "app", stage: "purchase" }]);
  }
});

test("an event that came alone is put right by its own sentAt, and is read when it is packed without a word", async () => {
  stopAt(new Date("2026-11-13T12:00:00Z"));
  const event = { event: "Alone", userId: "runa", messageId: "alone", timestamp: "2026-11-13T15:00:00Z", sentAt: "2026-11-13T15:00:30Z" };
  assert.equal((await send("track", gzipSync(JSON.stringify(event)))).statusCode, 200);
  travelBack();
  const { rows } = await sql<{ at: Date }>`
    select occurred_at as at from interactions where properties->>'messageId' = 'alone'`.execute(anywhere().db);
  assert.equal(rows[0]?.at.toISOString(), "2026-11-13T11:59:30.000Z");
});

test("a context that thousands of events share does not become gigabytes: the batch is refused and listed", async () => {
  const context = { text: "x".repeat(20_000) };
  const batchOf = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ type: "page", userId: "many", messageId: `${count}-${index}` }));
  const refused = await send("batch", { context, batch: batchOf(5_000) });
  assert.equal(refused.statusCode, 400);
  assert.match(refused.json().detail, /context.*8 MB/);
  const { items } = (await doors.ask("GET", `/sources/${source.id}/refusals`)).json<{ items: { reason: string }[] }>();
  assert.equal(items[0]?.reason, refused.json().detail);
  assert.equal((await send("batch", { context, batch: batchOf(100) })).statusCode, 200);
  assert.deepEqual((await last("100-99"))["context"], context);
});

test("JSON with a mark before it is JSON, from a client and from a webhook; a NUL in where it belongs is left out", async () => {
  const marked = (body: object) => `\uFEFF${JSON.stringify(body)}`;
  assert.equal((await send("track", marked({ userId: "mark", event: "Marked", messageId: "marked" }))).statusCode, 200);
  assert.equal((await last("marked"))["name"], "Marked");

  const mapping = `{ "customer": { "userId": user }, "name": "Called", "channel": by, "stage": in }`;
  const { url } = (await doors.ask("POST", "/hooks", { name: "Calls", mapping })).json<{ url: string }>();
  const payload = marked({ user: "mark", by: "phone\0", in: "\0support\ud800" });
  const answer = await doors.app.inject({ method: "POST", url: new URL(url).pathname, payload });
  assert.deepEqual(answer.json(), { taken: 1 });
  const { rows } = await sql<object>`
    select channel, stage from interactions where properties->>'name' = 'Called'`.execute(anywhere().db);
  assert.deepEqual(rows, [{ channel: "phone", stage: "support\ufffd" }]);
});

test("a request that breaks off is no failure of ours", async () => {
  for (const end of [(stream: PassThrough) => stream.destroy(new Error("aborted")), (stream: PassThrough) => stream.destroy()]) {
    const stream = new PassThrough();
    const received = receive(stream, 1_000);
    stream.write("half of");
    end(stream);
    await assert.rejects(received, { status: 400 });
  }
});

function send(path: string, payload: object | string | Buffer) {
  return doors.app.inject({ method: "POST", url: `/v1/${path}`, headers: { authorization: `Bearer ${source.writeKey}` }, payload });
}

/** What the log has of the newest event, under its own id or of a kind. */
async function last(messageId: string | null, kind: string | null = null): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ properties: Record<string, unknown> }>`
    select properties from interactions where (${messageId}::text is null or properties->>'messageId' = ${messageId})
      and (${kind}::text is null or kind = ${kind}) order by position desc limit 1`.execute(anywhere().db);
  return rows[0]?.properties ?? {};
}
