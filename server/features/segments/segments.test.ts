import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { now, stopAt, travelBack } from "../../platform/clock.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { findOrCreateCustomer, mergeCustomers, unmergeCustomers } from "../customers/index.ts";
import { rebuildListener, record, type NewInteraction } from "../interactions/index.ts";
import { placeOrder } from "../orders/index.ts";
import { flipDue } from "./index.ts";
import type { Where } from "./where.ts";

let house: House;
let doors: Doors;
const START = new Date("2026-11-20T12:00:00Z");

before(async () => {
  stopAt(START);
  house = await testHouse();
  doors = await openDoors(house);
});
after(async () => {
  travelBack();
  await doors.app.close();
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("Maria enters the loyal as she buys for the third time in a month, and leaves when the first of them grows old", async () => {
  stopAt(START);
  const loyal = await segment("Loyal", { did: { kind: "event.tracked", name: "Order Completed" }, count: { atLeast: 3 }, within: "30d" });
  const maria = await customer("maria@shop.example");
  await tracked(maria, "Order Completed", { ago: 20 * DAY });
  await tracked(maria, "Order Completed");
  await settle();
  assert.deepEqual(await membersOf(loyal), []);

  await tracked(maria, "Order Completed", { ago: 5 * DAY });
  await settle();
  assert.deepEqual(await membersOf(loyal), [maria]);
  assert.deepEqual(await told(maria), ["segment.entered"]);

  stopAt(new Date(START.getTime() + 10 * DAY - 1));
  await flipDue();
  assert.deepEqual(await membersOf(loyal), [maria]);
  stopAt(new Date(START.getTime() + 10 * DAY));
  await flipDue();
  assert.deepEqual(await membersOf(loyal), []);
  assert.deepEqual(await told(maria), ["segment.entered", "segment.left"]);
});

test("Kaj is found by the page that his visit came with, once a segment asks for it", async () => {
  stopAt(START);
  const came = (customerId: number, path: string) =>
    seen(customerId, { kind: "event.tracked", properties: { name: "Came by", context: { page: { path } } } });
  const kaj = await customer("kaj@shop.example");
  await came(kaj, "/winter");
  const winter = await segment("From the winter page", { did: { kind: "event.tracked", properties: { "context.page.path": "/winter" } } });
  const [liv, mads] = [await customer("liv@shop.example"), await customer("mads@shop.example")];
  await came(liv, "/winter");
  await came(mads, "/summer");
  await settle();
  assert.deepEqual(await membersOf(winter), [kaj, liv]);
});

test("who left a full cart is found three days later to the second, and not who bought", async () => {
  stopAt(START);
  const left = await segment("Left a cart", {
    did: { kind: "event.tracked", name: "Product Added" },
    thenNot: { kind: "event.tracked", name: "Order Completed" },
    within: "3d",
  });
  const [jo, nils] = [await customer("jo@shop.example"), await customer("nils@shop.example")];
  await tracked(jo, "Product Added");
  await tracked(nils, "Product Added");
  await settle();
  stopAt(new Date(START.getTime() + DAY));
  await tracked(nils, "Order Completed");
  await settle();
  stopAt(new Date(START.getTime() + 3 * DAY - 1));
  await flipDue();
  assert.deepEqual(await membersOf(left), []);
  stopAt(new Date(START.getTime() + 3 * DAY));
  await flipDue();
  assert.deepEqual(await membersOf(left), [jo]);

  await tracked(jo, "Order Completed", { ago: 2 * DAY });
  await settle();
  assert.deepEqual(await membersOf(left), [], "she had bought in time, and we heard of it late");
});

test("a segment made today knows all that has happened, and what is true without anything having happened", async () => {
  stopAt(START);
  const before = await customer("before@shop.example");
  await tracked(before, "Signed Up", { ago: 100 * DAY });
  await settle();
  const signedUp = await segment("Signed up", { did: { kind: "event.tracked", name: "Signed Up" } });
  assert.deepEqual(await membersOf(signedUp), [before]);
  assert.equal((await doors.ask("GET", `/segments/${publicId("seg", signedUp)}`)).json<{ count: number }>().count, 1);
  assert.deepEqual(await told(before), [], "nothing happened to them: the conditions are new");

  const never = await segment("Never signed up, of the shop", {
    all: [
      { did: { kind: "event.tracked", name: "Signed Up" }, ever: false },
      { profile: "email", contains: "@new.example" },
    ],
  });
  const fresh = await customer("somebody@new.example");
  await flipDue();
  assert.deepEqual(await membersOf(never), [fresh]);
  await tracked(fresh, "Signed Up");
  await settle();
  assert.deepEqual(await membersOf(never), []);
});

test("profile, identities and orders are heard of without the log", async () => {
  stopAt(START);
  const german = await segment("German", { profile: "locale", startsWith: "de" });
  const big = await segment("Spent 100", { orders: { sum: { atLeast: 100, currency: "EUR" }, within: "90d" } });
  const shop = await segment("Of the shop system", { identity: "external" });
  const uwe = await customer("uwe@shop.example");
  await learned(uwe, { locale: "de-AT" });
  await placeOrder(house.ada, order("A1", "uwe@shop.example", 60));
  await flipDue();
  assert.deepEqual([await membersOf(german), await membersOf(big), await membersOf(shop)], [[uwe], [], []]);
  await placeOrder(house.ada, order("A2", "uwe@shop.example", 40));
  await transaction(house, (tx) =>
    findOrCreateCustomer(tx, { email: "uwe@shop.example", externalId: { source: "shop", id: "7" }, source: "shop" }),
  );
  await flipDue();
  assert.deepEqual([await membersOf(big), await membersOf(shop)], [[uwe], [uwe]]);
  stopAt(new Date(START.getTime() + 90 * DAY));
  await flipDue();
  assert.deepEqual(await membersOf(big), []);
});

test("two who are one person count together, and apart again when that is taken back", async () => {
  stopAt(START);
  const twice = await segment("Viewed twice", { did: { kind: "page.viewed" }, count: { atLeast: 2 } });
  const [work, home] = [await customer("ann@work.example"), await customer("ann@home.example")];
  await viewed(work);
  await viewed(home);
  await settle();
  assert.deepEqual(await membersOf(twice), []);
  const merge = await mergeCustomers(house.ada, { from: home, into: work });
  assert.deepEqual(await membersOf(twice), [work]);
  await unmergeCustomers(house.ada, merge.id);
  assert.deepEqual(await membersOf(twice), []);
  await viewed(home);
  await settle();
  assert.deepEqual(await membersOf(twice), [home]);
});

test("one segment stands on another, follows its change, and cannot be left without it", async () => {
  stopAt(START);
  const viewers = await segment("Viewers", { did: { kind: "screen.viewed" } });
  const id = publicId("seg", viewers);
  const both = await segment("Viewers of Graz", { all: [{ segment: id }, { profile: "name", is: "Graz" }] });
  const eva = await customer("eva@graz.example");
  await learned(eva, { name: "Graz" });
  await seen(eva, { kind: "screen.viewed" });
  await settle();
  await flipDue();
  assert.deepEqual(await membersOf(both), [eva]);

  assert.equal((await doors.ask("DELETE", `/segments/${id}`)).statusCode, 409);
  const circle = { name: "Viewers", where: { segment: publicId("seg", both) } };
  assert.equal((await doors.ask("PUT", `/segments/${id}`, circle)).statusCode, 400);

  await doors.ask("PUT", `/segments/${id}`, { name: "Viewers", where: { did: { kind: "screen.viewed" }, count: { atLeast: 2 } } });
  await settle();
  assert.deepEqual(await membersOf(both), []);
  await seen(eva, { kind: "screen.viewed" });
  await settle();
  assert.deepEqual(await membersOf(both), [eva]);
});

test("rebuilding from the log ends with the same members, and tells nobody anything", async () => {
  stopAt(new Date(START.getTime() + 200 * DAY));
  await flipDue();
  const all = (await doors.ask("GET", "/segments")).json<{ items: { id: string; count: number }[] }>().items;
  const counts = all.map(({ id, count }) => [id, count]);
  await rebuildListener("segments.members");
  await settle();
  const again = (await doors.ask("GET", "/segments")).json<{ items: { id: string; count: number; state: string }[] }>().items;
  assert.deepEqual(
    again.map(({ id, count }) => [id, count]),
    counts,
  );
  assert.ok(again.every(({ state }) => state === "kept"));
});

test("a preview counts, gives examples and says in words what it is", async () => {
  stopAt(START);
  const where: Where = { all: [{ did: { kind: "event.tracked", name: "Signed Up" } }, { not: { profile: "name", exists: true } }] };
  const answer = await doors.ask("POST", "/segments/preview", { where });
  assert.equal(answer.statusCode, 200, answer.body);
  const { count, sentence, examples } = answer.json<{ count: number; sentence: string; examples: { email: string }[] }>();
  assert.equal(count, 2);
  assert.equal(examples.length, 2);
  assert.equal(sentence, "Customers who did “Signed Up” and who are not among those whose name is known.");
});

test("removing a segment forgets what nobody asks for any more, and what was asked twice stays", async () => {
  stopAt(START);
  const where: Where = { did: { kind: "review.written" }, count: { atLeast: 4 } };
  const [one, two] = [await segment("Critics", where), await segment("Critics too", where)];
  assert.equal(await factsOf("review.written"), 1);
  assert.equal((await doors.ask("DELETE", `/segments/${publicId("seg", one)}`)).statusCode, 204);
  await settle();
  assert.equal(await factsOf("review.written"), 1);
  assert.equal((await doors.ask("DELETE", `/segments/${publicId("seg", two)}`)).statusCode, 204);
  await settle();
  assert.equal(await factsOf("review.written"), 0);
  assert.equal((await doors.ask("GET", `/segments/${publicId("seg", two)}`)).statusCode, 404);
});

async function factsOf(kind: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from segment_facts where key like ${`%${kind}%`}`.execute(
    anywhere().db,
  );
  return rows[0]?.count ?? 0;
}

async function segment(name: string, where: Where): Promise<number> {
  const answer = await doors.ask("POST", "/segments", { name, where });
  assert.equal(answer.statusCode, 201, answer.body);
  await settle();
  const { id } = answer.json<{ id: string }>();
  return Number.parseInt(id.slice(4), 36);
}

async function customer(email: string): Promise<number> {
  return (await transaction(house, (tx) => findOrCreateCustomer(tx, { email, source: "email" }))).id;
}

async function seen(customerId: number, what: Pick<NewInteraction, "kind" | "properties" | "occurredAt">): Promise<void> {
  await transaction(house, (tx) => record(tx, { customerId, initiative: "reactive", ...what }));
}

async function tracked(customerId: number, name: string, { ago = 0 }: { ago?: number } = {}): Promise<void> {
  await seen(customerId, { kind: "event.tracked", properties: { name }, occurredAt: new Date(now().getTime() - ago) });
}

async function viewed(customerId: number): Promise<void> {
  await seen(customerId, { kind: "page.viewed" });
}

function order(externalId: string, email: string, total: number) {
  return { externalId, customer: { email }, items: [], total, currency: "EUR", placedAt: START.toISOString() };
}

async function membersOf(segmentId: number): Promise<number[]> {
  const { items } = (await doors.ask("GET", `/segments/${publicId("seg", segmentId)}/members`)).json<{
    items: { customer: { id: string } }[];
  }>();
  return items.map(({ customer: { id } }) => Number.parseInt(id.slice(4), 36)).sort((a, b) => a - b);
}

async function told(customerId: number): Promise<string[]> {
  const { items } = (await doors.ask("GET", `/customers/${publicId("cus", customerId)}/timeline?limit=200`)).json<{
    items: { kind: string }[];
  }>();
  return items.flatMap(({ kind }) => (kind.startsWith("segment.") ? [kind] : [])).toReversed();
}

async function learned(customerId: number, change: object): Promise<void> {
  const answer = await doors.ask("PATCH", `/customers/${publicId("cus", customerId)}`, change);
  assert.equal(answer.statusCode, 200, answer.body);
}
