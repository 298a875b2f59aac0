import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Rudder from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;
let address = "";
let writeKey = "";

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  address = await doors.app.listen({ port: 0, host: "127.0.0.1" });
  writeKey = (await doors.ask("POST", "/sources", { name: "Server" })).json().writeKey;
});
after(() => doors.app.close());

async function kindsOf(userId: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select i.kind from interactions i join identities d on d.customer_id = i.customer_id
    where i.workspace_id = ${house.workspaceId} and d.kind = 'user_id' and d.value = ${userId} order by i.position`.execute(anywhere().db);
  return rows.map((row) => row.kind);
}

const EVERYTHING = ["customer.identified", "event.tracked", "page.viewed", "screen.viewed", "customer.grouped"];

test("Segment's client for Node speaks to us without a change", async () => {
  const errors: unknown[] = [];
  const client = new Analytics({ writeKey, host: address, flushAt: 3, flushInterval: 50 });
  client.on("error", (error) => errors.push(error));
  client.identify({ userId: "maria", traits: { name: "Maria Fjord", email: "maria@fjord.example" } });
  client.track({ userId: "maria", event: "Order Completed", properties: { total: 46 } });
  client.page({ userId: "maria", name: "Home" });
  client.screen({ userId: "maria", name: "Basket" });
  client.group({ userId: "maria", groupId: "fjord", traits: { name: "Fjord AS" } });
  client.alias({ userId: "maria", previousId: "7b9e1c1c-7a51-4ad5-92cc-2b0d9d9c54c1" });
  await client.closeAndFlush();
  assert.deepEqual(errors, []);
  assert.deepEqual((await kindsOf("maria")).toSorted(), [...EVERYTHING, "customer.aliased"].toSorted());
  const found = (await doors.ask("GET", "/customers?email=maria@fjord.example")).json().items;
  assert.deepEqual(
    found.map((each: { name: string }) => each.name),
    ["Maria Fjord"],
  );
});

test("Segment's client is told when its write key is not known", async () => {
  const errors: unknown[] = [];
  const client = new Analytics({ writeKey: "wk_unknown", host: address, flushAt: 1, maxRetries: 0 });
  client.on("error", (error) => errors.push(error));
  client.track({ userId: "maria", event: "Knocked" });
  await client.closeAndFlush();
  assert.equal(errors.length, 1);
});

test("RudderStack's client for Node speaks to us without a change", async () => {
  const client = new Rudder(writeKey, { dataPlaneUrl: address, flushAt: 1 });
  const sent: Promise<void>[] = [];
  const each = (send: (done: () => void) => void): void => void sent.push(new Promise((resolve) => send(resolve)));
  each((done) => client.identify({ userId: "olaf", traits: { name: "Olaf", email: "olaf@fjord.example" } }, done));
  each((done) => client.track({ userId: "olaf", event: "Product Viewed", properties: { price: 4 } }, done));
  each((done) => client.page({ userId: "olaf", name: "Home" }, done));
  each((done) => client.screen({ userId: "olaf", name: "Basket" }, done));
  each((done) => client.group({ userId: "olaf", groupId: "fjord" }, done));
  await Promise.race([Promise.all(sent), sleep(5_000)]);
  await client.flush();
  for (let wait = 0; wait < 50 && (await kindsOf("olaf")).length < 5; wait += 1) await sleep(50);
  assert.deepEqual((await kindsOf("olaf")).toSorted(), EVERYTHING.toSorted());
});

test("what a client sends twice, because the answer was lost, is stored once", async () => {
  const body = JSON.stringify({
    batch: [{ type: "track", event: "Paid", userId: "ines", messageId: "m", timestamp: "2026-11-01T10:00:00Z" }],
  });
  const headers = { authorization: `Bearer ${writeKey}`, "content-type": "application/json" };
  const gone = new AbortController();
  const lost = fetch(`${address}/v1/batch`, { method: "POST", body, headers, signal: gone.signal }).catch(() => null);
  setTimeout(() => gone.abort(), 3);
  await lost;
  assert.equal((await fetch(`${address}/v1/batch`, { method: "POST", body, headers })).status, 200);
  assert.deepEqual(await kindsOf("ines"), ["event.tracked"]);
});

test("clients that never read their answers, send half a request or go away harm nobody", async () => {
  const { hostname, port } = new URL(address);
  const body = JSON.stringify({ event: "Shouted", userId: "siri", context: {} });
  const head = `POST /v1/track HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${writeKey}\r\ncontent-type: application/json\r\n`;
  const whole = `${head}content-length: ${body.length}\r\n\r\n${body}`;
  const sockets = Array.from({ length: 30 }, (_, index) => {
    const socket = connect(Number(port), hostname).on("error", () => undefined);
    socket.pause();
    socket.write(index % 3 === 0 ? `${head}content-length: 4000\r\n\r\n{"half":` : whole.repeat(20));
    if (index % 3 === 1) setTimeout(() => socket.destroy(), 20);
    return socket;
  });
  for (let wait = 0; wait < 60 && (await kindsOf("siri")).length < 200; wait += 1) await sleep(50);
  assert.ok((await kindsOf("siri")).length >= 200, "all that those who do not read have sent");
  const headers = { authorization: `Bearer ${writeKey}` };
  assert.equal((await fetch(`${address}/v1/track`, { method: "POST", body, headers })).status, 200);
  for (const socket of sockets) socket.destroy();
});
