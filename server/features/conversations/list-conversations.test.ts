import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { pool, reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import { readConversation } from "./drafts.ts";
import { closeConversation, postMessage } from "./index.ts";
import { listNewest, markRisk } from "./queries.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());
afterEach(travelBack);

const monday = (time: string): Date => new Date(`2026-11-16T${time}:00Z`);

test("a search finds words of messages and notes, beginnings of names, and nothing of another company", async () => {
  await transaction(house, (tx) => findOrCreateCustomer(tx, { email: "search@fjord.example", name: "Maria Lindqvist", source: "email" }));
  const { conversationId } = await writes(house, "search@fjord.example", "The pistachio ring was squashed.", { subject: "Our order" });
  await writes(house, "other@fjord.example", "Everything was lovely.", { subject: "Thanks" });
  await postMessage(house.ada, { conversationId, kind: "note", text: "The courier admitted it." });
  const id = publicId("con", conversationId);
  for (const query of ["pistachio", "PISTA squash", "lindq", "search@fjord", "Search@Fjord.example", "courier", "our order"])
    assert.deepEqual(await found(query), [id], query);
  assert.deepEqual(await found("marzipan"), []);
  assert.deepEqual(await found("pistachio", doors.rivalKey), []);
});

test("what Maria wrote is unread until Ada has seen it, and unread again when Maria writes more", async () => {
  const { conversationId, customerId } = await writes(house, "unread@fjord.example", "Hello?");
  const isUnread = async (): Promise<boolean | undefined> => {
    const [row] = await listNewest(reading(house), { customerId, readerId: house.ada.memberId, limit: 1 }, null);
    return row?.unread;
  };
  assert.equal(await isUnread(), true);
  await readConversation(house.ada, conversationId);
  assert.equal(await isUnread(), false);
  await postMessage(house.ada, { conversationId, kind: "reply", text: "We are on it." });
  assert.equal(await isUnread(), false);
  await writes(house, "unread@fjord.example", "Thank you.", { conversationId });
  assert.equal(await isUnread(), true);
});

test("the most urgent first: the hour it is due, those at risk within the hour, then the oldest; answered ones last", async () => {
  await emptyInbox();
  const answered = await arrives("answered", "09:00");
  await postMessage(house.ada, { conversationId: answered, kind: "reply", text: "Done." });
  const [early, plain, risky, later] = [
    await arrives("early", "09:50"),
    await arrives("plain", "10:10"),
    await arrives("risky", "10:40"),
    await arrives("later", "11:05"),
  ];
  await transaction(house, async (tx) => {
    const risk = await findOrCreateCustomer(tx, { email: "risky@fjord.example", source: "email" });
    await markRisk(tx, risk.id, true);
  });
  assert.deepEqual(await everyPage("order=urgent"), [early, risky, plain, later, answered].map(idOf));
});

for (const order of ["urgent", "newest"]) {
  test(`paging by ${order}, three at a time, shows each of 23 conversations once, many of the same moment`, async () => {
    await emptyInbox();
    const ids: number[] = [];
    for (let number = 0; number < 23; number += 1) ids.push(await arrives(`${order}${number}`, number % 3 === 0 ? "10:00" : "10:30"));
    for (const id of ids.slice(0, 4)) await postMessage(house.ada, { conversationId: id, kind: "reply", text: "Done." });
    const seen = await everyPage(`order=${order}&limit=3`);
    assert.equal(seen.length, 23);
    assert.deepEqual(new Set(seen), new Set(ids.map(idOf)));
    assert.deepEqual(await everyPage(`order=${order}&limit=200`), seen);
  });
}

test("a conversation that arrives between two pages pushes nothing onto both", async () => {
  await emptyInbox();
  for (let number = 0; number < 6; number += 1) await arrives(`between${number}`, `10:0${number}`);
  const first = (await doors.ask("GET", "/conversations?status=open&limit=3")).json();
  await arrives("newcomer", "10:30");
  const second = (await doors.ask("GET", `/conversations?status=open&limit=3&cursor=${first.nextCursor}`)).json();
  const seen = [...first.items, ...second.items].map((each: { id: string }) => each.id);
  assert.equal(new Set(seen).size, 6);
  assert.equal(second.nextCursor, null);
});

test("the list says what upset Maria, before she is at risk, and says nothing of who is content", async () => {
  await emptyInbox();
  const maria = await writes(house, "upset@fjord.example", "Where is it?");
  await writes(house, "content@fjord.example", "A question about rings.");
  await transaction(house, (tx) =>
    record(tx, { kind: "order.late", customerId: maria.customerId, orderId: 7, initiative: "reactive", properties: { number: "1044" } }),
  );
  await settle();
  const { items } = (await doors.ask("GET", "/conversations?status=open&order=newest")).json();
  assert.deepEqual(
    items.map((each: { reason: string | null; atRisk: boolean }) => [each.reason, each.atRisk]),
    [
      [null, false],
      ["Order 1044 late", false],
    ],
  );
});

test("a cursor that is not ours is refused with a sentence", async () => {
  for (const order of ["urgent", "newest"])
    assert.equal((await doors.ask("GET", `/conversations?order=${order}&cursor=bm90b3Vycw`)).statusCode, 400);
});

async function arrives(name: string, time: string): Promise<number> {
  stopAt(monday(time));
  return (await writes(house, `${name}@fjord.example`, "Where is it?")).conversationId;
}

async function emptyInbox(): Promise<void> {
  const { rows } = await pool().query<{ id: number }>("SELECT id FROM conversations WHERE status = 'open'");
  for (const { id } of rows) await closeConversation(house.ada, id);
}

function idOf(id: number): string {
  return publicId("con", id);
}

async function found(query: string, key = doors.key): Promise<string[]> {
  const answer = await doors.ask("GET", `/conversations?query=${encodeURIComponent(query)}`, undefined, key);
  return answer.json().items.map((each: { id: string }) => each.id);
}

async function everyPage(query: string): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const answer = await doors.ask("GET", `/conversations?status=open&${query}${cursor && `&cursor=${cursor}`}`);
    const { items, nextCursor } = answer.json();
    seen.push(...items.map((each: { id: string }) => each.id));
    cursor = nextCursor;
  }
  return seen;
}
