import assert from "node:assert/strict";
import { afterEach, before, beforeEach, test } from "node:test";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { pool, reading, transaction } from "../../platform/db/index.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { closeConversation, postMessage, reopenConversation } from "../conversations/index.ts";
import { findByIdentity, recordConsent } from "../customers/index.ts";
import { readTimeline } from "../interactions/index.ts";
import { countAsks } from "./index.ts";
import { changeAsking } from "./settings.ts";

let house: House;
before(async () => {
  house = await testHouse();
});
beforeEach(() => stopAt(NOON));
afterEach(travelBack);

const NOON = new Date("2026-11-16T12:00:00Z");
const daysLater = (days: number): Date => new Date(NOON.getTime() + days * 86_400_000);

test("Maria is asked once, after Ada has answered and closed", async () => {
  const maria = await served("once@fjord.example");
  await settle();
  assert.deepEqual(await mailsTo("once@fjord.example"), ["How did we do, Glaze & Co. asks"]);
  await reopenConversation(house.ada, maria.conversationId);
  await closeConversation(house.ada, maria.conversationId);
  await settle();
  assert.equal((await mailsTo("once@fjord.example")).length, 1);
  assert.deepEqual(await logOf("once@fjord.example", "survey.sent"), [{ deferrals: 0 }]);
});

test("whom nobody answered is not asked how it was", async () => {
  const { conversationId } = await writes(house, "ignored@fjord.example", "Win a prize!");
  await closeConversation(house.ada, conversationId);
  await settle();
  assert.deepEqual(await mailsTo("ignored@fjord.example"), []);
  assert.deepEqual(await asksOf(conversationId), []);
});

test("what was closed more than a day ago is not asked about", async () => {
  const { conversationId } = await served("old@fjord.example");
  stopAt(daysLater(2));
  await settle();
  assert.deepEqual(await asksOf(conversationId), []);
});

test("a conversation opened again before the mail went out is not asked about until it is closed again", async () => {
  const { conversationId } = await served("again@fjord.example");
  await reopenConversation(house.ada, conversationId);
  await settle();
  assert.deepEqual(await mailsTo("again@fjord.example"), []);
  await closeConversation(house.ada, conversationId);
  await settle();
  assert.equal((await mailsTo("again@fjord.example")).length, 1);
});

test("while another conversation of Maria's is open the question waits, a day at a time, and is asked once that is settled", async () => {
  const maria = await served("waits@fjord.example");
  const other = await writes(house, "waits@fjord.example", "And my invoice is wrong.");
  await settle();
  assert.deepEqual(await mailsTo("waits@fjord.example"), []);
  stopAt(daysLater(1));
  await settle();
  stopAt(daysLater(2));
  await settle();
  assert.deepEqual(await asksOf(maria.conversationId), [{ state: "deferred", deferrals: 3 }]);
  assert.equal((await logOf("waits@fjord.example", "survey.deferred")).length, 1);
  await closeConversation(house.ada, other.conversationId);
  stopAt(daysLater(3));
  await settle();
  assert.equal((await mailsTo("waits@fjord.example")).length, 1);
  assert.deepEqual(await logOf("waits@fjord.example", "survey.sent"), [{ deferrals: 3 }]);
});

test("a question waits for 14 days at most, and the board counts it", async () => {
  const maria = await served("fortnight@fjord.example");
  await writes(house, "fortnight@fjord.example", "And my invoice is wrong.");
  for (let day = 0; day < 14; day += 1) {
    stopAt(daysLater(day));
    await settle();
  }
  assert.deepEqual(await asksOf(maria.conversationId), [{ state: "deferred", deferrals: 14 }]);
  assert.equal((await countAsks(reading(house), NOON, daysLater(1))).deferred, 1);
  stopAt(daysLater(14));
  await settle();
  assert.deepEqual(await asksOf(maria.conversationId), [{ state: "sent", deferrals: 14 }]);
});

test("by opt-in only those are asked who agreed; from the others it is withheld, with the reason", async () => {
  await changeAsking(house.ada, "opt-in");
  const silent = await served("silent@fjord.example");
  const willing = await served("willing@fjord.example");
  await transaction(house, (tx) =>
    recordConsent(tx, willing.customerId, {
      channel: "email",
      class: "survey",
      granted: true,
      source: "checkout",
      wording: "You may ask me.",
    }),
  );
  await settle();
  await changeAsking(house.ada, "notice");
  assert.deepEqual(await mailsTo("silent@fjord.example"), []);
  assert.deepEqual(await asksOf(silent.conversationId), [{ state: "withheld", deferrals: 0 }]);
  assert.deepEqual(await logOf("silent@fjord.example", "survey.withheld"), [{ reason: "They have not agreed to be asked." }]);
  assert.equal((await mailsTo("willing@fjord.example")).length, 1);
});

test("switched off, nobody is asked", async () => {
  await changeAsking(house.ada, "off");
  const { conversationId } = await served("off@fjord.example");
  await settle();
  await changeAsking(house.ada, "notice");
  assert.deepEqual(await asksOf(conversationId), [{ state: "withheld", deferrals: 0 }]);
});

/** Somebody writes, Ada answers and closes. */
async function served(email: string): Promise<{ conversationId: number; customerId: number }> {
  const thread = await writes(house, email, "Our box has not come.");
  await postMessage(house.ada, { conversationId: thread.conversationId, kind: "reply", text: "It is on its way." });
  await closeConversation(house.ada, thread.conversationId);
  return thread;
}

async function mailsTo(address: string): Promise<string[]> {
  const { rows } = await pool().query<{ subject: string }>(
    "SELECT subject FROM email_deliveries WHERE to_address = $1 AND class = 'survey'",
    [address],
  );
  return rows.map((row) => row.subject);
}

async function asksOf(conversationId: number): Promise<object[]> {
  const { rows } = await pool().query("SELECT state, deferrals FROM survey_asks WHERE conversation_id = $1", [conversationId]);
  return rows.map((row) => ({ ...row }));
}

/** What the log holds of a kind about somebody: the reason, or how often it was put off. */
async function logOf(email: string, kind: string): Promise<object[]> {
  const customer = await findByIdentity(reading(house), { kind: "email", value: email });
  const found = await readTimeline(reading(house), customer?.id ?? 0, { kind, limit: 20 });
  return found.map(({ properties: { reason, deferrals } }) => ({
    ...(reason === undefined ? {} : { reason }),
    ...(deferrals === undefined ? {} : { deferrals }),
  }));
}
