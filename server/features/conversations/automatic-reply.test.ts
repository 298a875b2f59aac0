import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pool, reading } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import type { Doors } from "../../testing/doors.ts";
import { settle, type House } from "../../testing/house.ts";
import { deliver } from "../../testing/mail.ts";
import { openMailDoors } from "../../testing/mail-doors.ts";
import type { SmtpListener } from "../channels/email/index.ts";
import { closeConversation, postMessage } from "./index.ts";
import { readConversation } from "./drafts.ts";
import { listNewest } from "./queries.ts";
import { writeFirst } from "./write-first.ts";

let house: House;
let doors: Doors;
let smtp: SmtpListener;
let close: () => Promise<void>;
before(async () => {
  ({ house, doors, smtp, close } = await openMailDoors());
});
after(() => close());

test("an out-of-office notice is kept in the thread, and moves nothing: no preview, no place in the list, nobody waits", async () => {
  const away = await served("away@fjord.example");
  const other = await writes("other@fjord.example", "Another question.");
  await readConversation(house.ada, away);
  const before = await stateOf(away);
  await notice(away, "away@fjord.example", "I am at the seaside until Monday.");

  assert.deepEqual(await stateOf(away), before);
  assert.deepEqual([before.preview, before.unread, before.waitingSince], ["It is on its way.", false, null]);
  assert.deepEqual(await listed("status=open&order=newest"), [other, away].map(idOf));
  const messages = (await doors.ask("GET", `/conversations/${idOf(away)}/messages`)).json().items;
  assert.deepEqual(messages.map((each: { kind: string }) => each.kind).sort(), ["automatic", "message", "reply"]);
  assert.deepEqual(await listed("query=seaside"), [idOf(away)]);
});

test("a notice does not open a closed conversation, nor keep its question from the customer", async () => {
  const away = await served("closed@fjord.example");
  await notice(away, "closed@fjord.example", "I am away.");
  await closeConversation(house.ada, away);
  await notice(away, "closed@fjord.example", "I am still away.");
  assert.equal((await stateOf(away)).status, "closed");
  const { rows } = await pool().query("SELECT state, reason FROM survey_asks WHERE conversation_id = $1", [away]);
  assert.deepEqual(rows, [{ state: "sent", reason: null }]);
});

test("a notice in answer to what Ada wrote first is nobody who asked us something", async () => {
  const maria = await writes("outreach@fjord.example", "Hello.");
  const { rows } = await pool().query<{ id: number }>("SELECT customer_id AS id FROM conversations WHERE id = $1", [maria]);
  const { id } = await writeFirst(house.ada, { customerId: rows[0]?.id ?? 0, subject: "Your box", text: "It comes later today." });
  await notice(id, "outreach@fjord.example", "I am away.");
  const waiting = (await doors.ask("GET", "/insights/metrics/open/rows")).json().items;
  const ids = waiting.map((each: { conversationId: string | null }) => each.conversationId);
  assert.deepEqual([ids.includes(idOf(maria)), ids.includes(idOf(id))], [true, false]);
});

/** Somebody writes; answers the conversation. */
async function writes(from: string, text: string): Promise<number> {
  await send(from, { Subject: `From ${from}` }, text);
  const { rows } = await pool().query<{ id: number }>("SELECT max(id) AS id FROM conversations");
  return rows[0]?.id ?? assert.fail("no conversation");
}

async function served(from: string): Promise<number> {
  const conversationId = await writes(from, "Where is my box?");
  await postMessage(house.ada, { conversationId, kind: "reply", text: "It is on its way." });
  return conversationId;
}

/** A machine answers our last letter in a conversation. */
async function notice(conversationId: number, from: string, text: string): Promise<void> {
  const { rows } = await pool().query<{ id: string }>(
    "SELECT internet_message_id AS id FROM email_deliveries WHERE conversation_id = $1 AND class = 'service' ORDER BY id DESC LIMIT 1",
    [conversationId],
  );
  const messageId = rows[0]?.id ?? assert.fail("nothing was sent");
  await send(from, { Subject: "Away", "Auto-Submitted": "auto-replied", "In-Reply-To": `<${messageId}>` }, text);
}

async function send(from: string, fields: Record<string, string>, text: string): Promise<void> {
  const head = { From: from, To: "hello@glaze.example", "Message-ID": `<${crypto.randomUUID()}@fjord.example>`, ...fields };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\n`);
  assert.match(await deliver(smtp.port, { from, to: ["hello@glaze.example"] }, `${lines.join("")}\n${text}\n`), /^250/);
  await settle();
}

async function stateOf(id: number) {
  const rows = await listNewest(reading(house), { readerId: house.ada.memberId, limit: 50 }, null);
  const { preview, lastMessageAt, status, waitingSince, unread, reopened } = rows.find((row) => row.id === id) ?? assert.fail("gone");
  return { preview, lastMessageAt, status, waitingSince, unread, reopened };
}

async function listed(query: string): Promise<string[]> {
  return (await doors.ask("GET", `/conversations?${query}`)).json().items.map((each: { id: string }) => each.id);
}

function idOf(id: number): string {
  return publicId("con", id);
}
