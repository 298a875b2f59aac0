import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { pool } from "../../../platform/db/index.ts";
import { openDoors, type Doors } from "../../../testing/doors.ts";
import { settle, testHouse } from "../../../testing/house.ts";

const secret = "a-woo-secret";
let doors: Doors;
let base = "";
let hook = "";

before(async () => {
  doors = await openDoors(await testHouse());
  base = await doors.app.listen({ port: 0, host: "127.0.0.1" });
  hook = await connect();
});
after(() => doors.app.close());

async function connect(): Promise<string> {
  const { url } = (await doors.ask("POST", "/order-sources", { kind: "woocommerce", name: "Ring shop", secret })).json();
  return `${base}${new URL(url).pathname}`;
}

const order = (id: number, more: object = {}) => ({
  id,
  number: String(id),
  status: "processing",
  currency: "GBP",
  total: "46.00",
  date_created_gmt: "2026-11-12T09:00:00",
  date_modified_gmt: "2026-11-12T09:05:00",
  date_paid_gmt: "2026-11-12T09:05:00",
  customer_id: 0,
  billing: { first_name: "Anders", last_name: "Holm", email: `woo${id}@holm.example` },
  line_items: [{ name: "Box of 24", quantity: 1, price: 46, sku: "BOX-24" }],
  meta_data: [{ key: "_delivery_date", value: "2026-11-14T10:00:00Z" }],
  refunds: [],
  ...more,
});

/** What a shop sends in the life of one order: paid, sent, refunded in part; then thrown away. */
const life = (id: number): [string, object][] => [
  ["order.created", order(id, { status: "pending", date_paid_gmt: null, date_modified_gmt: "2026-11-12T09:00:00" })],
  ["order.updated", order(id)],
  [
    "order.updated",
    order(id, {
      status: "completed",
      date_modified_gmt: "2026-11-13T08:00:00",
      date_completed_gmt: "2026-11-13T08:00:00",
      meta_data: [
        { key: "_wc_shipment_tracking_items", value: [{ tracking_id: "t1", tracking_provider: "Swift", tracking_number: "SW1" }] },
      ],
    }),
  ],
  [
    "order.updated",
    order(id, {
      status: "completed",
      date_modified_gmt: "2026-11-15T08:00:00",
      refunds: [{ id: 9, reason: "One ring missing", total: "-4.00" }],
    }),
  ],
];

test("an order signed by the shop is taken with its payment, shipment and refund, each once in the log", async () => {
  for (const [topic, body] of life(701)) assert.equal((await post(topic, body)).status, 200);
  for (const [topic, body] of life(701))
    assert.equal((await post(topic, body, { id: `again ${JSON.stringify(body).length}` })).status, 200);
  const found = await orderOf("701");
  assert.equal(found.state, "shipped");
  assert.equal(found.paidAt, "2026-11-12T09:05:00.000Z");
  assert.deepEqual(found.refunds, [
    { id: "9", amount: 4, currency: null, reason: "One ring missing", refundedAt: "2026-11-15T08:00:00.000Z" },
  ]);
  assert.equal(found.shipments[0]?.carrier, "Swift");
  assert.deepEqual(await kindsOf("701"), ["order.late", "order.paid", "order.placed", "order.refunded", "order.shipped"]);
});

test("any order and repetition of a shop's webhooks ends in the same order", { timeout: 60_000 }, async () => {
  const sent = [...life(800), ["order.deleted", { id: 800 }]] as [string, object][];
  let number = 800;
  let expected: object | undefined;
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length * 2 }), async (events) => {
      number += 1;
      for (const [index, [topic, body]] of events.entries()) {
        const answer = await post(topic, JSON.parse(JSON.stringify(body).replaceAll("800", String(number))), { id: `${number} ${index}` });
        assert.equal(answer.status, 200);
      }
      const { id: _id, customerId: _customer, externalId, number: _number, cancelledAt, ...found } = await orderOf(String(number));
      assert.equal(externalId, String(number));
      assert.equal(typeof cancelledAt, "string");
      expected ??= found;
      assert.deepEqual(found, expected);
    }),
    { numRuns: 12 },
  );
});

test("WooCommerce asks on saving a webhook whether anybody is there, and is answered", async () => {
  const ping = await fetch(hook, { method: "POST", body: new URLSearchParams({ webhook_id: "5" }) });
  assert.equal(ping.status, 200);
  assert.equal((await fetch(`${base}/hooks/woocommerce/nobodys`, { method: "POST", body: "webhook_id=5" })).status, 404);
});

test("a body that the shop did not sign is refused with 401; one shop's address is not another kind's", async () => {
  const raw = JSON.stringify(order(702));
  assert.equal((await post("order.created", order(702), { signature: sign(`${raw} `) })).status, 401);
  assert.equal((await post("order.created", order(702), { signature: "" })).status, 401);
  const elsewhere = hook.replace("/woocommerce/", "/shopify/");
  assert.equal((await fetch(elsewhere, { method: "POST", body: raw, headers: { "x-shopify-hmac-sha256": sign(raw) } })).status, 404);
});

test("a sum that cannot be kept is refused with a sentence; what is no order is passed over", async () => {
  const answer = await post("order.created", order(703, { total: "1e300" }));
  assert.equal(answer.status, 400);
  assert.match((await answer.json()).detail, /total is too large/);
  assert.equal((await post("product.updated", { id: 5 })).status, 200);
  assert.equal((await post("order.created", { hello: "world" })).status, 200);
});

function sign(raw: string): string {
  return createHmac("sha256", secret).update(raw).digest("base64");
}

async function post(topic: string, body: object, more: { id?: string; signature?: string } = {}): Promise<Response> {
  const raw = JSON.stringify(body);
  const headers = {
    "content-type": "application/json",
    "x-wc-webhook-topic": topic,
    "x-wc-webhook-signature": more.signature ?? sign(raw),
  };
  return fetch(hook, { method: "POST", body: raw, headers: { ...headers, ...(more.id ? { "x-wc-webhook-delivery-id": more.id } : {}) } });
}

async function orderOf(externalId: string) {
  await settle();
  const { items } = (await doors.ask("GET", "/orders?limit=200")).json();
  return items.find((each: { externalId: string }) => each.externalId === externalId);
}

async function kindsOf(externalId: string): Promise<string[]> {
  const { rows } = await pool().query<{ kind: string }>(
    "select kind from interactions where order_id = (select id from orders where external_id = $1) order by kind",
    [externalId],
  );
  return rows.map((row) => row.kind);
}
