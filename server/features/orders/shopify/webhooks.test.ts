import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import type { Static } from "typebox";
import type { OrderView } from "../schemas.ts";
import { openDoors, type Doors } from "../../../testing/doors.ts";
import { settle, testHouse } from "../../../testing/house.ts";

const secret = "a-shop-secret";
let doors: Doors;
let base = "";
let hook = "";

before(async () => {
  doors = await openDoors(await testHouse());
  base = await doors.app.listen({ port: 0, host: "127.0.0.1" });
  const { url } = (await doors.ask("POST", "/order-sources", { name: "Glaze web shop", secret })).json();
  hook = `${base}${new URL(url).pathname}`;
});
after(() => doors.app.close());

const order = (id: number, more: object = {}) => ({
  id,
  name: `#${id}`,
  email: `shopper${id}@holm.example`,
  created_at: "2026-11-12T09:00:00+00:00",
  updated_at: "2026-11-12T09:00:00+00:00",
  total_price: "46.00",
  currency: "GBP",
  line_items: [{ name: "Box of 24", quantity: 1, price: "46.00" }],
  customer: { id: 10_000 + id, first_name: "Anders", last_name: "Holm" },
  ...more,
});

test("an order signed by the shop is taken; sent again, under its number or another, it changes nothing", async () => {
  const raw = JSON.stringify(order(601));
  assert.equal((await post(raw, { id: "a" })).status, 200);
  const first = await state();
  assert.equal(first.orders.find((each) => each.externalId === "601")?.total, 46);
  assert.equal((await post(raw, { id: "a" })).status, 200);
  assert.equal((await post(raw, { id: "b".repeat(5000) })).status, 200);
  assert.deepEqual(await state(), first);
});

test("a body that the shop did not sign, byte for byte, is refused with 401 and leaves nothing", async () => {
  const before = await state();
  const raw = JSON.stringify(order(602));
  const forged = await post(raw, { signature: sign(`${raw} `) });
  assert.equal(forged.status, 401);
  assert.equal((await forged.json()).code, "wrong-signature");
  assert.equal((await post(raw, { signature: "" })).status, 401);
  assert.equal((await fetch(`${base}/hooks/shopify/nobodys`, { method: "POST", body: raw })).status, 404);
  assert.deepEqual(await state(), before);
});

test("NUL and half a character in a name leave it, and the order is kept", async () => {
  const raw = JSON.stringify(order(603, { name: "#6\u000003", customer: { id: 603, first_name: "An\0ders", last_name: "Holm\ud800" } }));
  assert.equal((await post(raw)).status, 200);
  const { orders, customers } = await state();
  assert.equal(orders.find((each) => each.externalId === "603")?.number, "#603");
  assert.ok(customers.includes("Anders Holm\ufffd"));
});

test("what cannot be kept is refused with a sentence: sums without bound, nesting without end, no JSON", async () => {
  const deep = `{"id":604,"created_at":"2026-11-12T09:00:00Z","x":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  const bad: [string, RegExp][] = [
    [JSON.stringify(order(604, { total_price: "1e300" })), /total_price is too large/],
    [JSON.stringify(order(604, { total_price: "dear" })), /total_price is not a number/],
    [JSON.stringify(order(604, { line_items: [{ name: "Ring", price: "-1e300" }] })), /price is too large/],
    [deep, /levels deep/],
    ["{", /not JSON/],
  ];
  for (const [raw, detail] of bad) {
    const answer = await post(raw);
    assert.equal(answer.status, 400);
    assert.match((await answer.json()).detail, detail);
  }
  assert.equal(
    (await state()).orders.some((each) => each.externalId === "604"),
    false,
  );
});

test("an id, a topic or a body that says nothing of an order is taken and passed over", async () => {
  const before = await state();
  assert.equal((await post(JSON.stringify(order(605, { id: "x".repeat(100_000) })))).status, 200);
  assert.equal((await post(JSON.stringify({ hello: "world" }))).status, 200);
  assert.equal((await post(JSON.stringify(order(606)), { topic: "themes/publish" })).status, 200);
  assert.deepEqual(await state(), before);
});

test("a refund, a payment, two boxes and a dispute are parts of the order, though they come before it and in disorder", async () => {
  const box = (id: number, more: object) => ({ id, order_id: 607, status: "success", created_at: "2026-11-12T12:00:00Z", ...more });
  const sent: [string, object][] = [
    ["refunds/create", refund],
    ["disputes/create", { id: 3, order_id: 607, amount: "46.00", reason: "product_not_received", initiated_at: "2026-11-18T09:00:00Z" }],
    [
      "order_transactions/create",
      { id: 4, order_id: 607, kind: "sale", status: "success", amount: "46.00", created_at: "2026-11-12T09:01:00Z" },
    ],
    ["fulfillments/update", box(2, { updated_at: "2026-11-14T09:00:00Z", shipment_status: "delivered", tracking_company: "Swift" })],
    ["fulfillment_events/create", { order_id: 607, fulfillment_id: 1, status: "delivered", happened_at: "2026-11-13T09:00:00Z" }],
    ["orders/paid", order(607, { financial_status: "paid", updated_at: "2026-11-12T09:02:00Z" })],
    ["fulfillments/create", box(1, { updated_at: "2026-11-12T12:00:00Z", tracking_number: "SW1" })],
    ["orders/updated", order(607, { refunds: [refund], updated_at: "2026-11-16T09:00:01Z" })],
  ];
  for (const [topic, body] of sent) assert.equal((await post(JSON.stringify(body), { topic })).status, 200);
  const found = (await state()).orders.find((each) => each.externalId === "607");
  assert.equal(found?.deliveredAt, "2026-11-14T09:00:00.000Z");
  assert.equal(found?.paidAt, "2026-11-12T09:01:00.000Z");
  assert.deepEqual(
    found?.refunds.map((each) => each.amount),
    [46],
  );
  assert.equal(found?.returns[0]?.reason, "Wrong flavour");
  assert.equal(found?.disputes.length, 1);
  assert.deepEqual(
    found?.shipments.map(({ carrier, tracking }) => carrier ?? tracking),
    ["SW1", "Swift"],
  );
});

test("an order that the shop has deleted will not come: it is cancelled, whatever comes first, and is never late", async () => {
  const promised = { note_attributes: [{ name: "Delivery date", value: "2199-01-01T10:00:00Z" }] };
  const gone = { topic: "orders/delete", at: "2026-11-13T09:00:00Z" };
  await post(JSON.stringify(order(720, promised)));
  assert.equal((await post(JSON.stringify({ id: 720 }), gone)).status, 200);
  assert.equal((await post(JSON.stringify({ id: 721 }), gone)).status, 200);
  await post(JSON.stringify(order(721, promised)));
  const { orders } = await state();
  for (const id of ["720", "721"]) {
    const found = orders.find((each) => each.externalId === id);
    assert.deepEqual([found?.state, found?.cancelledAt], ["cancelled", gone.at.replace("Z", ".000Z")]);
  }
  assert.deepEqual(await kinds(720), ["order.cancelled", "order.placed"]);
});

const returned = (orderId: number, status: string, more: object = {}) => ({
  id: 9001,
  admin_graphql_api_id: "gid://shopify/Return/9001",
  status,
  order: { id: orderId, admin_graphql_api_id: `gid://shopify/Order/${orderId}` },
  total_return_line_items: 1,
  name: `#${orderId}-R1`,
  return_line_items: [{ id: 1, quantity: 1, return_reason: "wrong_item", return_reason_note: "", customer_note: null }],
  ...more,
});

test("Anders asks to send his box back: asked for, approved, refunded and closed is one return, in whatever order we hear of it", async () => {
  const back = { ...refund, id: 8, order_id: 0, return: { id: 9001 }, created_at: "2026-11-17T09:00:00Z" };
  const told = (orderId: number): [string, object, string][] => [
    ["orders/create", order(orderId), "2026-11-12T09:00:00Z"],
    ["returns/request", returned(orderId, "requested"), "2026-11-14T09:00:00Z"],
    ["returns/approve", returned(orderId, "open"), "2026-11-14T10:00:00Z"],
    ["refunds/create", { ...back, order_id: orderId }, "2026-11-17T09:00:00Z"],
    ["returns/close", { ...returned(orderId, "closed"), return_line_items: undefined }, "2026-11-17T09:05:00Z"],
  ];
  const orders = [700, 701, 702, 703, 704];
  for (const [turn, orderId] of orders.entries()) {
    const events = told(orderId);
    const shuffled = [...events.slice(turn), ...events.slice(0, turn)];
    for (const [topic, body, at] of [...(turn % 2 === 0 ? shuffled : shuffled.toReversed()), ...shuffled])
      assert.equal((await post(JSON.stringify(body), { topic, at })).status, 200);
  }
  const found = await state();
  for (const orderId of orders) {
    const { returns, refunds } = found.orders.find((each) => each.externalId === String(orderId)) ?? { returns: [], refunds: [] };
    assert.equal(refunds.length, 1);
    assert.deepEqual(returns, [
      {
        id: "9001",
        reason: "Wrong flavour",
        status: "closed",
        requestedAt: "2026-11-14T09:00:00.000Z",
        receivedAt: "2026-11-17T09:00:00.000Z",
      },
    ]);
    assert.deepEqual(
      (await kinds(orderId)).filter((kind) => kind.startsWith("order.return")),
      ["order.return-requested", "order.returned"],
    );
  }
});

test("a return that is declined, or called off, has not come back; one that is opened again is open", async () => {
  const at = (hour: number): string => `2026-11-14T${hour}:00:00Z`;
  await post(JSON.stringify(order(710)));
  const send = async (topic: string, status: string, hour: number): Promise<void> => {
    const body = { id: 9002, status, order: { id: 710 }, decline: { reason: "final_sale", note: "" } };
    assert.equal((await post(JSON.stringify(body), { topic, at: at(hour) })).status, 200);
  };
  const now = async () => (await state()).orders.find((each) => each.externalId === "710")?.returns[0];
  await send("returns/decline", "declined", 12);
  await send("returns/request", "requested", 10);
  assert.deepEqual([(await now())?.status, (await now())?.receivedAt], ["declined", null]);
  await send("returns/reopen", "open", 13);
  assert.equal((await now())?.status, "approved");
  await send("returns/cancel", "canceled", 14);
  assert.deepEqual([(await now())?.status, (await now())?.receivedAt], ["cancelled", null]);
});

const refund = {
  id: 5,
  order_id: 607,
  created_at: "2026-11-16T09:00:00Z",
  note: "Wrong flavour",
  refund_line_items: [{ restock_type: "return", subtotal: 46, total_tax: 0 }],
  transactions: [{ id: 6, order_id: 607, kind: "refund", status: "success", amount: "46.00", currency: "GBP" }],
};

function sign(raw: string): string {
  return createHmac("sha256", secret).update(raw).digest("base64");
}

async function post(raw: string, more: { id?: string; signature?: string; topic?: string; at?: string } = {}): Promise<Response> {
  return fetch(hook, {
    method: "POST",
    body: raw,
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": more.topic ?? "orders/create",
      "x-shopify-hmac-sha256": more.signature ?? sign(raw),
      ...(more.at === undefined ? {} : { "x-shopify-triggered-at": more.at }),
      ...(more.id === undefined ? {} : { "x-shopify-webhook-id": more.id }),
    },
  });
}

/** What the log has of an order, sorted. */
async function kinds(orderId: number): Promise<string[]> {
  const found = (await state()).orders.find((each) => each.externalId === String(orderId));
  const { items } = (await doors.ask("GET", `/customers/${found?.customerId}/timeline?limit=200`)).json<{ items: { kind: string }[] }>();
  return items.map(({ kind }) => kind).toSorted();
}

/** All that the API tells of orders and of who ordered. */
async function state(): Promise<{ orders: Static<typeof OrderView>[]; customers: string[] }> {
  await settle();
  const orders = (await doors.ask("GET", "/orders?limit=200")).json().items;
  const customers = (await doors.ask("GET", "/customers?limit=200")).json().items;
  return { orders, customers: customers.map((each: { name: string }) => each.name) };
}
