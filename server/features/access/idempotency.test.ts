import assert from "node:assert/strict";
import type { LightMyRequestResponse } from "fastify";
import { after, before, test } from "node:test";
import { pool } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

const order = (externalId: string, total = 46): object => ({
  externalId,
  customer: { email: "maria@fjord.example" },
  items: [],
  total,
  currency: "GBP",
  placedAt: "2026-11-13T08:00:00Z",
});

test("an order sent again with the same Idempotency-Key gets the first answer, and is one order", async () => {
  const first = await send("k1", order("1"));
  const again = await send("k1", order("1"));
  assert.equal(first.statusCode, 201, first.body);
  assert.equal(again.statusCode, 201, "without the key it would answer 200, as known already");
  assert.deepEqual(again.json(), first.json());
  assert.equal(again.headers["idempotent-replay"], "true");
});

test("the same key for another order is refused with 422", async () => {
  await send("k2", order("2"));
  const other = await send("k2", order("2", 99));
  assert.equal(other.statusCode, 422);
  assert.equal(other.headers["content-type"], "application/problem+json");
});

test("of two at once one is done; the other gets its answer, or is told to ask again", async () => {
  const answers = await Promise.all([send("k3", order("3")), send("k3", order("3"))]);
  const done = answers.filter(({ statusCode, headers }) => statusCode === 201 && headers["idempotent-replay"] === undefined);
  const told = answers.filter(({ statusCode, headers }) => statusCode === 409 || headers["idempotent-replay"] === "true");
  assert.deepEqual([done.length, told.length], [1, 1]);
  assert.equal((await send("k3", order("3"))).statusCode, 201);
});

test("while a request is being worked on, the same one is told to ask again", async () => {
  await pool().query("INSERT INTO idempotency_keys (workspace_id, key, request_hash) VALUES ($1, 'k3b', 'x')", [house.workspaceId]);
  assert.equal((await send("k3b", order("3b"))).statusCode, 409);
});

test("a refusal is given again as a refusal", async () => {
  const first = await send("k4", { nothing: true });
  const again = await send("k4", { nothing: true });
  assert.deepEqual([first.statusCode, again.statusCode], [400, 400]);
  assert.equal(again.headers["content-type"], "application/problem+json");
});

test("another company's same key is another key", async () => {
  assert.equal((await send("k1", order("1"), doors.rivalKey)).headers["idempotent-replay"], undefined);
});

test("a new API key is not kept to be given again: its secret is shown once", async () => {
  const make = (): Promise<LightMyRequestResponse> => send("k5", { name: "Till", scopes: ["customers:read"] }, doors.key, "/keys");
  const { key } = (await make()).json();
  const again = await make();
  assert.equal(again.statusCode, 409, again.body);
  assert.equal(again.json().code, "done-already");
  const { rows } = await pool().query("SELECT string_agg(t::text, '') AS kept FROM idempotency_keys t");
  assert.ok(!rows[0].kept.includes(key));
});

test("the same file sent again with its key is one upload; another file, or another name for it, is refused with 422", async () => {
  const first = await upload("k7", "box.txt", "a box");
  const again = await upload("k7", "box.txt", "a box");
  assert.equal(first.statusCode, 201, first.body);
  assert.deepEqual([again.statusCode, again.json(), again.headers["idempotent-replay"]], [201, first.json(), "true"]);
  for (const other of [await upload("k7", "box.txt", "a ring"), await upload("k7", "ring.txt", "a box")])
    assert.deepEqual([other.statusCode, other.json().code], [422, "key-reused"]);
  const { rows } = await pool().query("SELECT subject, after FROM audit_entries WHERE action = 'conversations.upload'");
  assert.deepEqual(rows, [{ subject: first.json().id, after: { name: "box.txt", type: "text/plain", size: 5 } }]);
});

test("a key of more than 255 characters is refused", async () => {
  assert.equal((await send("k".repeat(256), order("6"))).statusCode, 400);
});

async function send(idempotencyKey: string, payload: object, key = doors.key, path = "/orders"): Promise<LightMyRequestResponse> {
  return doors.app.inject({
    method: "POST",
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${key}`, "idempotency-key": idempotencyKey },
    payload,
  });
}

/** A browser draws a new boundary each time. */
async function upload(idempotencyKey: string, name: string, content: string): Promise<LightMyRequestResponse> {
  const boundary = crypto.randomUUID();
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n`;
  return doors.app.inject({
    method: "POST",
    url: "/api/v1/attachments",
    headers: {
      authorization: `Bearer ${doors.key}`,
      "idempotency-key": idempotencyKey,
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    payload: `${head}${content}\r\n--${boundary}--\r\n`,
  });
}
