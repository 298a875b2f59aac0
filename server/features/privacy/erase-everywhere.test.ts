import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { filesWith, tablesWith, tableTexts } from "../../testing/everything.ts";
import { testFiles } from "../../testing/files.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { deliver } from "../../testing/mail.ts";
import { startSmtp } from "../channels/email/index.ts";
import { flipDue } from "../segments/index.ts";

let house: House;
let doors: Doors;
let folder: string;
let smtp: Awaited<ReturnType<typeof startSmtp>>;

before(async () => {
  house = await testHouse();
  folder = testFiles();
  doors = await openDoors(house);
  smtp = await startSmtp({ port: 0, host: "127.0.0.1", name: "glaze.example" });
});
after(async () => {
  await smtp.stop();
  await doors.app.close();
});

const NAME = "Thorvald Ekdal";
const EMAIL = "thorvald@attic.example";
/** What an erasure itself writes, numbers of lines in files, and who is to be looked at again at once. */
const HOLD_NO_WORDS = ["erasures", "import_words", "segment_touches"];
/** All by which Thorvald Ekdal, and what he did, could be found again. */
const WORDS = ["thorvald", "ekdal", "attic.example", "+4755667788", "wildduck", "u-9-ekdal"];

test("Thorvald's life touched every room by which something comes in or goes out: after his erasure nothing of it is anywhere", async () => {
  await collected();
  await knockedOnHooks();
  await orderedInShops();
  await imported();
  await inSegments();
  const id = await merged();
  await waitedInVain();
  await answered(id);
  await handedOn();
  await flipDue();
  await exported(id);

  assert.deepEqual(await segmentsWith(id), ["Bought", "Feeders"]);
  assert.notEqual((await tableTexts(["former_persons"]))["former_persons"], "", "his merge can be taken back");
  assert.deepEqual(await withoutARowOf(id), HOLD_NO_WORDS, "every other table that belongs to customers has something of him");
  const before = await tablesWith(WORDS);
  const touched = [
    "customers",
    "identities",
    "interactions",
    "refusals",
    "hook_bodies",
    "order_events",
    "orders",
    "import_refusals",
    "imports",
    "messages",
  ];
  for (const table of [...touched, "idempotency_keys", "audit_entries", "drafts", "email_deliveries", "merges"])
    assert.ok(before.includes(table), `${table} knows him: ${before.join(", ")}`);
  assert.ok(filesWith(folder, WORDS).length > 0, "the file that waits to be imported");

  const erased = await doors.ask("DELETE", `/customers/${id}/personal-data`);
  assert.equal(erased.statusCode, 200, erased.body);
  await settle();
  await flipDue();
  await settle();
  assert.deepEqual(await tablesWith(WORDS), ["restricted_records"]);
  const gone = await tableTexts(["former_persons", "past_identities"]);
  assert.deepEqual([gone["former_persons"], gone["past_identities"]], ["", ""]);
  assert.deepEqual(filesWith(folder, WORDS), []);
  assert.equal((await ask<{ items: unknown[] }>("GET", "/merge-suggestions")).items.length, 0);
  await ask("POST", "/segments", { name: "Never called", where: { not: { did: { kind: "call.answered" } } } });
  await settle();
  assert.deepEqual(await segmentsWith(id), [], "who is erased is in no segment, and enters none");
});

/** Events of every sort, one that leads here from an advert, and some that are not taken. */
async function collected(): Promise<void> {
  const { writeKey } = await ask<{ writeKey: string }>("POST", "/sources", { name: "Web shop" });
  const who = { userId: "u-9-ekdal", anonymousId: "wildduck-phone" };
  const batch = [
    { type: "identify", ...who, messageId: "wildduck-1", traits: { email: EMAIL, name: NAME, phone: "+4755667788" } },
    { type: "track", ...who, messageId: "wildduck-2", event: "Bird fed", properties: { by: NAME } },
    { type: "track", ...who, event: "Bird fed", timestamp: "2026-11-01T10:00:00Z" },
    { type: "page", ...who, messageId: "wildduck-3", context: { page: { url: "https://a.example/?utm_source=wildduck&gclid=wildduck" } } },
    { type: "group", ...who, messageId: "wildduck-4", groupId: "wildduck-club" },
    { type: "track", ...who, messageId: "wildduck-5" },
    { type: "track", ...who, messageId: "wildduck-6", event: "Large", properties: { text: "x".repeat(40_000) } },
    { type: "track", userId: "null", event: "Asked", context: { traits: { email: EMAIL } } },
  ];
  const answer = await doors.app.inject({ method: "POST", url: "/v1/batch", payload: { batch, writeKey } });
  assert.equal(answer.statusCode, 200, answer.body);
  await settle();
}

async function knockedOnHooks(): Promise<void> {
  const mapping = `{ "customer": { "email": mail }, "name": "Product Reviewed", "properties": { "text": text }, "key": key, "occurredAt": at }`;
  const { url } = await ask<{ url: string }>("POST", "/hooks", { name: "Reviews", mapping });
  for (const body of [
    { mail: EMAIL, text: "A wildduck in every box.", key: "wildduck-review" },
    { mail: "no address", text: `Nobody, but ${EMAIL} all the same` },
  ]) {
    const answer = await doors.app.inject({ method: "POST", url: new URL(url).pathname, payload: body });
    assert.ok(answer.statusCode < 300, answer.body);
  }
}

/** What a shop tells of his order, of a box of which the order is not known, and of what is none of ours. */
async function orderedInShops(): Promise<void> {
  const secret = "a-shop-secret";
  const { url } = await ask<{ url: string }>("POST", "/order-sources", { name: "Web shop", secret });
  const customer = { id: 99, email: EMAIL, first_name: "Thorvald", last_name: "Ekdal" };
  const order = { id: 501, name: "#wildduck-501", email: EMAIL, created_at: "2026-11-01T08:00:00Z", total_price: "40.00", currency: "NOK" };
  const wrong = { id: 1, status: "requested", order: { id: 501 }, return_line_items: [{ customer_note: "Not the wildduck I meant" }] };
  for (const [topic, body] of [
    ["orders/create", { ...order, customer, line_items: [{ name: "Wildduck", quantity: 1, price: "40.00" }] }],
    ["returns/request", wrong],
    ["fulfillments/create", { id: 7, order_id: 777, created_at: "2026-11-02T08:00:00Z", destination: { name: NAME } }],
    ["customers/update", customer],
  ] as const) {
    const raw = JSON.stringify(body);
    const signature = createHmac("sha256", secret).update(raw).digest("base64");
    const headers = { "content-type": "application/json", "x-shopify-topic": topic, "x-shopify-hmac-sha256": signature };
    const answer = await doors.app.inject({ method: "POST", url: new URL(url).pathname, headers, payload: raw });
    assert.equal(answer.statusCode, 200, answer.body);
  }
  const own = { externalId: "wildduck-502", customer: { email: EMAIL, name: NAME }, items: [{ name: "Wildduck", quantity: 1 }] };
  await ask("POST", "/orders", { ...own, total: 1, currency: "NOK", placedAt: "2026-11-03T08:00:00Z" }, { "idempotency-key": "one" });
  await settle();
}

/** A file that was taken in with lines of his, of which some were refused, one with his orders, and one that waits. */
async function imported(): Promise<void> {
  const people = `userId,email,name,phone,createdAt\nu-9-ekdal,${EMAIL},${NAME},,\nu-9-ekdal,${EMAIL},${NAME},,when the wildduck came\n`;
  const orders = `order_id,email,order_date,item_name,qty\nwildduck-503,${EMAIL},2026-11-01,Wildduck,1\nwildduck-503,${EMAIL},,Feed,many\n`;
  const { id } = await upload("customers", people);
  await ask("POST", `/imports/${id}/trial`);
  await settle();
  for (const each of [id, (await upload("orders", orders)).id]) await ask("POST", `/imports/${each}/run`);
  await settle();
  await upload("interactions", `event,timestamp,email\nWildduck seen,2026-11-01T10:00:00Z,${EMAIL}\n`);
}

/** Somebody who looks like him, and another address of his own that was taken for somebody else. */
async function merged(): Promise<string> {
  const id = await idOf(EMAIL);
  const likes = { fields: { address: { street: "7 Attic lane", city: "Skien", postalCode: "3701" }, birthday: "19281120" } };
  await ask("PATCH", `/customers/${id}`, { fields: { ...likes.fields, boat: "Wildduck" } });
  const alike = `userId,name,fields\nother,Torvald Ekdahl,"${JSON.stringify(likes.fields).replaceAll('"', '""').replace("Attic", "Atic")}"\n`;
  await ask("POST", `/imports/${(await upload("customers", alike)).id}/run`);
  const second = `email,name\nsecond@attic.example,${NAME}\n`;
  await ask("POST", `/imports/${(await upload("customers", second)).id}/run`);
  await settle();
  const from = await idOf("second@attic.example");
  const merge = await ask<{ id: string }>("POST", "/merges", { from, into: id, reason: `${NAME} has two addresses` });
  await ask("DELETE", `/merges/${merge.id}`);
  await ask("POST", "/merges", { from, into: id, reason: `${NAME} has two addresses after all` });
  await ask("POST", "/merge-suggestions");
  await settle();
  assert.equal((await ask<{ items: unknown[] }>("GET", "/merge-suggestions")).items.length, 1);
  return id;
}

/** A letter that he wrote, one that was written to him first, and the answer that somebody has begun. */
async function answered(id: string): Promise<void> {
  const letter = `From: ${NAME} <${EMAIL}>\nTo: hello@glaze.example\nSubject: Wildduck\nMessage-ID: <wildduck@attic.example>\n\nThis is terrible. Where is my wildduck?\n`;
  assert.match(await deliver(smtp.port, { from: EMAIL, to: ["hello@glaze.example"] }, letter), /^250/);
  await settle();
  const [conversation] = (await ask<{ items: { id: string }[] }>("GET", `/conversations?customer=${id}`)).items;
  const conversationId = Number.parseInt(conversation?.id.slice(4) ?? "", 36);
  await sql`insert into drafts (workspace_id, conversation_id, member_id, text, saved_at)
    values (${house.workspaceId}, ${conversationId}, ${house.ada.memberId}, ${`Dear ${NAME}`}, now())`.execute(anywhere().db);
  await ask("POST", "/conversations", { customerId: id, subject: "Wildduck", text: `Dear ${NAME}, it is on its way.` });
  await ask("PUT", `/customers/${id}/consents`, {
    ...{ channel: "email", class: "survey", granted: true, wording: `${NAME} may be asked`, source: "phone" },
  });
  await ask("POST", `/conversations/${conversation?.id}/messages`, { kind: "reply", text: `Dear ${NAME}` });
  await ask("POST", `/conversations/${conversation?.id}/closure`);
  await settle();
  await rated(conversationId);
}

async function rated(conversationId: number): Promise<void> {
  const { rows } = await sql<{ token: string }>`select token from survey_asks where conversation_id = ${conversationId}`.execute(
    anywhere().db,
  );
  const answer = await doors.app.inject({
    method: "POST",
    url: `/rate/${rows[0]?.token}`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: "rating=1&comment=No+wildduck",
  });
  assert.equal(answer.statusCode, 200, answer.body);
  await settle();
}

/** An order that is late, and something that a listener could not take in. */
async function waitedInVain(): Promise<void> {
  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const moments = { placedAt: hoursAgo(30), promisedAt: hoursAgo(5) };
  const order = { externalId: "wildduck-504", customer: { email: EMAIL, name: NAME }, items: [{ name: "Wildduck", quantity: 1 }] };
  await ask("POST", "/orders", { ...order, total: 1, currency: "NOK", ...moments });
  await settle();
  await sql`insert into set_aside_interactions (listener, position, customer_id, workspace_id, error, tries)
    select 'experience.score', position, customer_id, workspace_id, ${`What ${NAME} did makes no sense`}, 3 from interactions
    where order_id is not null order by position limit 1`.execute(anywhere().db);
}

/** A device on which he was first, and then somebody else. */
async function handedOn(): Promise<void> {
  const { writeKey } = await ask<{ writeKey: string }>("POST", "/sources", { name: "Library" });
  for (const userId of ["u-9-ekdal", "somebody-else"]) {
    const payload = { type: "track", event: "Read", userId, anonymousId: "library-desk", messageId: `read-by-${userId}`, writeKey };
    assert.equal((await doors.app.inject({ method: "POST", url: "/v1/track", payload })).statusCode, 200);
  }
  await settle();
}

async function inSegments(): Promise<void> {
  const fed = { did: { kind: "event.tracked", name: "Bird fed" } };
  for (const [name, where] of Object.entries({
    Feeders: fed,
    Bought: { orders: { count: { atLeast: 1 } } },
    Waiting: { did: fed.did, thenNot: { kind: "order.placed" }, within: "1d" },
  }))
    await ask("POST", "/segments", { name, where });
  await settle();
  await flipDue();
}

/** Tables with a customer's id in which no row is of somebody: who makes a table has to make his life touch it. */
async function withoutARowOf(id: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string; column: string }>`
    select table_name as name, column_name as column from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and column_name in ('customer_id', 'customer_ids') and table_name !~ '^interactions_'
    order by 1`.execute(anywhere().db);
  const person = sql`(select ${Number.parseInt(id.slice(4), 36)}::bigint union select customer_id from customer_aliases)`;
  const without: string[] = [];
  for (const { name, column } of tables) {
    const isHis = column === "customer_ids" ? sql`${sql.ref(column)} && array${person}` : sql`${sql.ref(column)} in ${person}`;
    const { rows } = await sql`select from ${sql.table(name)} where ${isHis} limit 1`.execute(anywhere().db);
    if (rows.length === 0) without.push(name);
  }
  return without;
}

async function segmentsWith(id: string): Promise<string[]> {
  const { items } = await ask<{ items: { name: string }[] }>("GET", `/customers/${id}/segments`);
  return items.map(({ name }) => name).toSorted();
}

async function exported(id: string): Promise<void> {
  for (const thing of ["customers", "interactions", "orders"])
    assert.match((await doors.ask("GET", `/exports/${thing}`)).body, /attic\.example/i, thing);
  for (const format of ["", "?format=html"])
    assert.match((await doors.ask("GET", `/customers/${id}/export${format}`)).body, /attic\.example/);
}

async function idOf(email: string): Promise<string> {
  const { items } = await ask<{ items: { id: string }[] }>("GET", `/customers?email=${encodeURIComponent(email)}`);
  assert.equal(items.length, 1, email);
  return items[0]?.id ?? "";
}

async function upload(thing: string, content: string): Promise<{ id: string }> {
  const answer = await doors.app.inject({
    method: "POST",
    url: `/api/v1/imports?thing=${thing}&name=people.csv`,
    headers: { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" },
    payload: content,
  });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

async function ask<Answer>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  payload?: object,
  headers = {},
): Promise<Answer> {
  const authorization = `Bearer ${doors.key}`;
  const answer = await doors.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization, ...headers },
    ...(payload ? { payload } : {}),
  });
  assert.ok(answer.statusCode < 300, `${method} ${path}: ${answer.body}`);
  return JSON.parse(answer.body || "null");
}
