import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { travelBack, travelTo } from "../../platform/clock.ts";
import { keyOf, openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

async function make(name: string, kind?: string): Promise<{ id: string; writeKey: string }> {
  return (await doors.ask("POST", "/sources", { name, ...(kind ? { kind } : {}) })).json();
}

async function track(writeKey: string, event: string, more: object = {}): Promise<number> {
  const headers = { authorization: `Bearer ${writeKey}` };
  return (await doors.app.inject({ method: "POST", url: "/v1/track", headers, payload: { userId: "maria", event, ...more } })).statusCode;
}

async function placeOf(event: string) {
  const { rows } = await sql<{ touchpoint: string | null; stage: string | null; initiative: string; properties: Record<string, unknown> }>`
    select t.key as touchpoint, i.stage, i.initiative, i.properties from interactions i left join touchpoints t on t.id = i.touchpoint_id
    where i.workspace_id = ${house.workspaceId} and i.properties->>'name' = ${event} order by position desc limit 1`.execute(anywhere().db);
  return rows[0];
}

test("a write key is shown once and kept only as its digest; who may not write keys makes none", async () => {
  const { id, writeKey } = await make("Web shop");
  assert.match(writeKey, /^wk_[\w-]{32}$/);
  const one = (await doors.ask("GET", `/sources/${id}`)).json();
  assert.equal(one.hint, writeKey.slice(0, 8));
  assert.ok(!JSON.stringify(one).includes(writeKey));
  const { rows } = await sql<{ row: string }>`select s::text as row from sources s`.execute(anywhere().db);
  assert.ok(rows.every(({ row }) => !row.includes(writeKey)));
  const agent = await keyOf(house.workspaceId, ["conversations:write"]);
  assert.equal((await doors.ask("POST", "/sources", { name: "Mine" }, agent)).statusCode, 403);
  const { rows: audited } = await sql<{ action: string }>`select action from audit_entries where action like 'sources.%'`.execute(
    anywhere().db,
  );
  assert.deepEqual(audited, [{ action: "sources.create" }]);
});

test("after a rotation the new key works, and the old one for a day; after a revocation neither", async () => {
  const { id, writeKey } = await make("Shop");
  const next = (await doors.ask("POST", `/sources/${id}/rotation`)).json().writeKey;
  assert.deepEqual([await track(writeKey, "A"), await track(next, "A")], [200, 200]);
  try {
    travelTo(new Date(Date.now() + 24 * 3_600_000 + 10_000));
    assert.deepEqual([await track(writeKey, "A"), await track(next, "A")], [401, 200]);
  } finally {
    travelBack();
  }
  assert.equal((await doors.ask("DELETE", `/sources/${id}`)).statusCode, 204);
  assert.deepEqual([await track(writeKey, "A"), await track(next, "A")], [401, 401]);
  const listed = (await doors.ask("GET", "/sources")).json().items;
  assert.ok(!listed.some((each: { id: string }) => each.id === id));
});

test("a browser cannot make one of two known customers; a server can", async () => {
  const [browser, server] = [await make("Page", "browser"), await make("Server")];
  const headers = (key: string) => ({ authorization: `Bearer ${key}` });
  const identify = (key: string, payload: object) =>
    doors.app.inject({ method: "POST", url: "/v1/identify", headers: headers(key), payload });
  await identify(server.writeKey, { userId: "nora", traits: { email: "nora@fjord.example" } });
  await identify(server.writeKey, { userId: "eve", traits: { email: "eve@fjord.example" } });
  await identify(browser.writeKey, { userId: "eve", traits: { email: "nora@fjord.example" } });
  const { rows } = await sql<{ customer_id: number }>`
    select customer_id from identities where kind = 'email' and value in ('nora@fjord.example', 'eve@fjord.example')`.execute(
    anywhere().db,
  );
  assert.equal(new Set(rows.map((row) => row.customer_id)).size, 2);
  const merges = await sql<{ count: number }>`select count(*) as count from merges`.execute(anywhere().db);
  assert.equal(merges.rows[0]?.count, 0);
});

test("Ada says where an event belongs, for the workspace and for one source; taken back, the default holds", async () => {
  const [shop, till] = [await make("Shop"), await make("Till")];
  const put = (body: object) => doors.ask("PUT", "/event-mappings", body);
  assert.equal((await put({ event: "Box Opened", touchpoint: "delivery", driver: "people", control: "external" })).statusCode, 200);
  assert.equal((await put({ event: "box opened", sourceId: till.id, touchpoint: "shop", stage: "loyalty" })).statusCode, 200);
  assert.equal((await put({ event: "Box Opened", touchpoint: "nowhere" })).statusCode, 400);

  await track(shop.writeKey, "Box Opened");
  const atShop = await placeOf("Box Opened");
  assert.deepEqual([atShop?.touchpoint, atShop?.stage], ["delivery", "use"]);
  assert.deepEqual([atShop?.properties["driver"], atShop?.properties["control"]], ["people", "external"]);
  await track(till.writeKey, "BOX OPENED");
  const atTill = await placeOf("BOX OPENED");
  assert.deepEqual([atTill?.touchpoint, atTill?.stage, atTill?.properties["driver"]], ["shop", "loyalty", "people"]);

  const listed = (await doors.ask("GET", "/event-mappings")).json().items;
  assert.equal(listed.filter((each: { isDefault: boolean }) => !each.isDefault).length, 2);
  assert.ok(listed.some((each: { event: string; isDefault: boolean }) => each.event === "Order Completed" && each.isDefault));
  assert.equal((await doors.ask("DELETE", `/event-mappings?event=Box%20Opened`)).statusCode, 204);
  assert.equal((await doors.ask("DELETE", `/event-mappings?event=Box%20Opened`)).statusCode, 404);
  await track(shop.writeKey, "Box Opened", { properties: { n: 2 } });
  assert.equal((await placeOf("Box Opened"))?.touchpoint, null);
});

test("Rival Rings sees neither the sources of Glaze & Co. nor what came from them", async () => {
  const { id } = await make("Shop");
  for (const path of [`/sources/${id}`, `/sources/${id}/refusals`]) {
    assert.equal((await doors.ask("GET", path, undefined, doors.rivalKey)).statusCode, 404);
  }
  assert.deepEqual((await doors.ask("GET", "/sources", undefined, doors.rivalKey)).json().items, []);
});
