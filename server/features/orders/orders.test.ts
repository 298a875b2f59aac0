import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { afterEach, before, test } from "node:test";
import { readTimeline } from "../interactions/index.ts";
import { travelBack, travelTo } from "../../platform/clock.ts";
import { reading } from "../../platform/db/index.ts";
import { openDoors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { ordersOf, placeOrder, sweep } from "./index.ts";
import { takeWebhook } from "./take-webhook.ts";
import { addSource } from "./sources.ts";
import { findByIdentity, requireCustomer } from "../customers/index.ts";

let house: House;

before(async () => {
  house = await testHouse();
});

afterEach(travelBack);

const box = (externalId: string, email: string, more: object = {}) => ({
  externalId,
  customer: { email, name: "Maria Lindqvist" },
  items: [{ name: "Box of 24", quantity: 1 }],
  total: 46,
  currency: "GBP",
  placedAt: "2026-11-13T08:00:00Z",
  ...more,
});

async function kindsOf(customerId: number): Promise<string[]> {
  const timeline = await readTimeline(reading(house), customerId, { limit: 50 });
  return timeline
    .map((each) => each.kind)
    .filter((kind) => kind.startsWith("order."))
    .toSorted();
}

test("Maria's box becomes late by the clock, with nobody saying so, and only once", async () => {
  travelTo(new Date("2026-11-13T09:00:00Z"));
  const { order } = await placeOrder(house.ada, box("1", "clock@fjord.example", { promisedAt: "2026-11-13T10:00:00Z" }));
  await settle();
  assert.equal(order.lateAt, null);
  travelTo(new Date("2026-11-13T10:00:05Z"));
  await sweep();
  await sweep();
  assert.deepEqual(await kindsOf(order.customerId), ["order.late", "order.placed"]);
  const [late] = await ordersOf(reading(house), order.customerId, { before: null, limit: 1 });
  assert.equal(late?.lateAt?.toISOString(), "2026-11-13T10:00:00.000Z");
});

test("what a shop sends along with an order and we do not know is passed over", async () => {
  const { app, key } = await openDoors(house);
  const payload = {
    ...box("more", "more@fjord.example", { giftWrap: true, workspace_id: 99 }),
    customer: { email: "more@fjord.example", loyalty: "gold", id: 7 },
    items: [{ name: "Box of 24", quantity: 1, colour: "blue" }],
  };
  const answer = await app.inject({ method: "POST", url: "/api/v1/orders", payload, headers: { authorization: `Bearer ${key}` } });
  assert.equal(answer.statusCode, 201, answer.body);
  assert.deepEqual(answer.json<{ items: object[] }>().items, [{ name: "Box of 24", quantity: 1 }]);
  await app.close();
});

test("an order is theirs whose user id, phone or device it names, with what the shop's events say of them; one that names nobody is refused", async () => {
  const { app, key } = await openDoors(house);
  const ask = (customer: object, externalId: string) =>
    app.inject({
      method: "POST",
      url: "/api/v1/orders",
      payload: { ...box(externalId, ""), customer },
      headers: { authorization: `Bearer ${key}` },
    });
  const whose = async (customer: object, externalId: string) => {
    const answer = await ask(customer, externalId);
    assert.equal(answer.statusCode, 201, answer.body);
    return answer.json<{ customerId: string }>().customerId;
  };
  const first = await whose({ userId: "u-tora", email: "tora@fjord.example", name: "Tora" }, "by-id");
  assert.equal(await whose({ userId: "u-tora" }, "by-id-alone"), first);
  assert.equal(await whose({ email: "tora@fjord.example" }, "by-address"), first);
  assert.equal(await whose({ userId: "u-tora", phone: "+47 22 33 44 55" }, "by-both"), first);
  assert.equal(await whose({ phone: "+4722334455", email: null, userId: "" }, "by-phone"), first);
  assert.equal((await findByIdentity(reading(house), { kind: "user_id", value: "u-tora" }))?.name, "Tora");
  assert.equal(await whose({ userId: 4711 }, "by-number"), await whose({ userId: "4711" }, "by-the-same-number"));
  for (const [customer, said] of [
    [{}, /needs an email address/],
    [{ userId: "null" }, /names nobody.*null.*blocked/],
    [{ name: "Tora" }, /needs an email address/],
  ] as const) {
    const answer = await ask(customer, "nobodys");
    assert.equal(answer.statusCode, 400, answer.body);
    assert.match(answer.json<{ detail: string }>().detail, said);
  }
  await app.close();
});

test("an order told twice is one order, and the last word stands", async () => {
  await placeOrder(house.ada, box("2", "twice@fjord.example"));
  const { order, isNew } = await placeOrder(
    house.ada,
    box("2", "twice@fjord.example", { total: 50, promisedAt: "2026-11-13T10:00:00Z", deliveredAt: "2026-11-13T09:55:00Z" }),
  );
  assert.equal(isNew, false);
  assert.deepEqual({ total: order.total, state: order.state, late: order.lateAt }, { total: 50, state: "delivered", late: null });
  assert.deepEqual(await kindsOf(order.customerId), ["order.delivered", "order.placed"]);
});

test("two companies that order as info@ are two customers, and each order told again is still theirs", async () => {
  const order = (externalId: string) => placeOrder(house.ada, box(externalId, "Info@Bakery.example"));
  const [first, second, again] = [await order("shared-1"), await order("shared-2"), await order("shared-1")];
  assert.notEqual(first.order.customerId, second.order.customerId);
  assert.equal(again.order.customerId, first.order.customerId);
  assert.equal((await requireCustomer(reading(house), second.order.customerId)).email, "info@bakery.example");
});

test("an order whose total or whose price cannot be kept is refused", async () => {
  for (const more of [{ total: 1e300 }, { items: [{ name: "Box of 24", quantity: 1, price: 1e300 }] }])
    await assert.rejects(placeOrder(house.ada, box("dear", "dear@fjord.example", more)), { status: 400, message: /too large/ });
});

test("a box that we hear of late but that came in time is not late any more", async () => {
  travelTo(new Date("2026-11-13T11:00:00Z"));
  const { order } = await placeOrder(house.ada, box("3", "intime@fjord.example", { promisedAt: "2026-11-13T10:00:00Z" }));
  assert.notEqual(order.lateAt, null);
  const { order: told } = await placeOrder(
    house.ada,
    box("3", "intime@fjord.example", { promisedAt: "2026-11-13T10:00:00Z", deliveredAt: "2026-11-13T09:40:00Z" }),
  );
  assert.equal(told.lateAt, null);
  assert.deepEqual(await kindsOf(order.customerId), ["order.delivered", "order.late", "order.not-late", "order.placed"]);
});

const secret = "a-shop-secret";

async function connectShop(): Promise<string> {
  return (await addSource(house.ada, { kind: "shopify", name: "Glaze web shop", secret, promisedHours: 24 })).token;
}

function webhook(token: string, topic: string, body: object, more: { id?: string; signature?: string } = {}) {
  const raw = Buffer.from(JSON.stringify(body));
  const signature = more.signature ?? createHmac("sha256", secret).update(raw).digest("base64");
  return { shop: "shopify" as const, token, topic, body: raw, signature, webhookId: more.id ?? null, saidAt: null };
}

const shopOrder = (id: number, email: string) => ({
  id,
  name: `#${id}`,
  email,
  created_at: "2026-11-12T09:00:00+00:00",
  updated_at: "2026-11-12T09:00:00+00:00",
  total_price: "46.00",
  currency: "GBP",
  line_items: [{ name: "Box of 24", quantity: 1, price: "46.00" }],
  customer: { id: 10_000 + id, email, first_name: "Anders", last_name: "Holm" },
});
const delivery = (orderId: number) => ({ order_id: orderId, status: "delivered", happened_at: "2026-11-13T08:30:00+00:00" });

test("a shop's delivery that arrives before its order waits for it, and the end is the same", async () => {
  travelTo(new Date("2026-11-13T08:40:00Z"));
  const token = await connectShop();
  await takeWebhook(webhook(token, "fulfillment_events/create", delivery(501), { id: "b" }));
  await takeWebhook(webhook(token, "orders/create", shopOrder(501, "anders@holm.example"), { id: "a" }));
  await takeWebhook(webhook(token, "orders/create", shopOrder(502, "anna@holm.example"), { id: "c" }));
  await takeWebhook(webhook(token, "fulfillment_events/create", delivery(502), { id: "d" }));
  await takeWebhook(webhook(token, "fulfillment_events/create", delivery(502), { id: "d" }));
  const ends = await Promise.all(["anders@holm.example", "anna@holm.example"].map(orderBy));
  for (const order of ends) {
    assert.equal(order?.state, "delivered");
    assert.equal(order?.promisedAt?.toISOString(), "2026-11-13T09:00:00.000Z");
    assert.equal(order?.lateAt, null);
    assert.deepEqual(await kindsOf(order?.customerId ?? 0), ["order.delivered", "order.placed"]);
  }
});

test("a box that came in time is not called late because its order is told after the promise", async () => {
  const token = await connectShop();
  await takeWebhook(webhook(token, "fulfillment_events/create", delivery(503)));
  await takeWebhook(webhook(token, "orders/create", shopOrder(503, "greta@holm.example")));
  const order = await orderBy("greta@holm.example");
  assert.deepEqual(await kindsOf(order?.customerId ?? 0), ["order.delivered", "order.placed"]);
});

test("a shop's customer without a name on the order gets the name the shop knows", async () => {
  const order = await orderBy("anders@holm.example");
  assert.equal((await requireCustomer(reading(house), order?.customerId ?? 0)).name, "Anders Holm");
});

test("a webhook with somebody else's signature is refused and leaves nothing behind", async () => {
  const token = await connectShop();
  await assert.rejects(
    takeWebhook(webhook(token, "orders/create", shopOrder(601, "eve@rival.example"), { signature: "bm90IHNpZ25lZA==" })),
    { status: 401 },
  );
  await assert.rejects(takeWebhook(webhook("no-such-token", "orders/create", shopOrder(601, "eve@rival.example"))), { status: 404 });
  assert.equal(await orderBy("eve@rival.example"), undefined);
});

test("a webhook about something else is kept and ignored", async () => {
  await takeWebhook(webhook(await connectShop(), "products/update", { id: 1 }));
});

async function orderBy(email: string) {
  const customer = await findByIdentity(reading(house), { kind: "email", value: email });
  return customer ? (await ordersOf(reading(house), customer.id, { before: null, limit: 1 }))[0] : undefined;
}
