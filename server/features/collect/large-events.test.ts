import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse } from "../../testing/house.ts";

let doors: Doors;
let source = { id: "", writeKey: "" };

before(async () => {
  doors = await openDoors(await testHouse());
  source = (await doors.ask("POST", "/sources", { name: "Web shop" })).json();
});
after(() => doors.app.close());

const keysOf = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [index.toString(36), 1]));

test("an event with 4,000 keys is kept whole, stands on the timeline, and can be exported", async () => {
  const properties = keysOf(4_000);
  assert.equal((await send("track", { userId: "max", event: "Many", messageId: "many", properties })).statusCode, 200);
  await settle();
  const [max] = (await doors.ask("GET", "/customers?limit=10")).json<{ items: { id: string }[] }>().items;
  const timeline = (await doors.ask("GET", `/customers/${max?.id}/timeline`)).json<{ items: { properties: { properties: object } }[] }>();
  assert.deepEqual(timeline.items[0]?.properties.properties, properties);
  for (const format of ["ndjson", "csv"]) {
    const file = await doors.ask("GET", `/exports/interactions?format=${format}`);
    assert.equal(file.statusCode, 200);
    for (const key of Object.keys(properties)) assert.ok(file.body.includes(format === "csv" ? `""${key}"":1` : `"${key}":1`), key);
  }
});

test("of a batch of 100 with an event of 10,000 keys 99 are taken, and that one is refused, listed with the reason", async () => {
  const many = { type: "track", userId: "mia", event: "Too many", messageId: "ten thousand", properties: keysOf(10_000) };
  assert.ok(JSON.stringify(many).length > 64 * 1024, "however short its keys");
  const others = Array.from({ length: 99 }, (_, index) => ({ type: "track", userId: "mia", event: "Small", messageId: `small-${index}` }));
  const batch = [...others.slice(0, 50), many, ...others.slice(50)];
  assert.equal((await send("batch", { batch })).statusCode, 200);
  const { items } = (await doors.ask("GET", `/sources/${source.id}/refusals`)).json<{ items: { reason: string; event: string }[] }>();
  assert.deepEqual(
    items.map(({ reason, event }) => [reason, event.includes("ten thousand")]),
    [["It is larger than 32 KB.", true]],
  );
  const { hours } = (await doors.ask("GET", `/sources/${source.id}`)).json<{ hours: { taken: number; refused: number }[] }>();
  const sum = (what: "taken" | "refused"): number => hours.reduce((all, hour) => all + hour[what], 0);
  assert.deepEqual([sum("taken"), sum("refused")], [100, 1], "with the one of before");

  const alone = await send("track", many);
  assert.equal(alone.statusCode, 400);
  assert.match(alone.json().detail, /32 KB/);
});

test("it is bytes that count: half as many letters of two bytes each are as large", async () => {
  const answer = await send("track", { userId: "max", event: "Large", messageId: "large", properties: { text: "ä".repeat(16_400) } });
  assert.equal(answer.statusCode, 400);
  assert.match(answer.json().detail, /32 KB/);
});

test("a browser that says ever more of somebody does not make their profile grow without end; the log has all of it", async () => {
  const { writeKey } = (await doors.ask("POST", "/sources", { name: "Page", kind: "browser" })).json<{ writeKey: string }>();
  const sizeOf = async (): Promise<number> => {
    const [nora] = (await doors.ask("GET", "/customers?userId=nora")).json<{ items: { id: string }[] }>().items;
    return JSON.stringify((await doors.ask("GET", `/customers/${nora?.id}`)).json().fields).length;
  };
  for (let round = 0; round < 12; round += 1) {
    const traits = Object.fromEntries(
      Array.from({ length: 500 }, () => [randomBytes(12).toString("hex"), randomBytes(12).toString("hex")]),
    );
    assert.equal(
      (await send("identify", { userId: "nora", messageId: `nora-${round}`, traits: { ...traits, name: `Nora ${round}` } }, writeKey))
        .statusCode,
      200,
    );
  }
  assert.ok((await sizeOf()) < 200_000, `${await sizeOf()} letters`);
  const [nora] = (await doors.ask("GET", "/customers?userId=nora")).json<{ items: { id: string; name: string }[] }>().items;
  assert.equal(nora?.name, "Nora 0");
  const { items } = (await doors.ask("GET", `/customers/${nora?.id}/timeline`)).json<{ items: object[] }>();
  assert.equal(items.length, 12);
});

function send(path: string, payload: object, writeKey = source.writeKey) {
  return doors.app.inject({ method: "POST", url: `/v1/${path}`, headers: { authorization: `Bearer ${writeKey}` }, payload });
}
