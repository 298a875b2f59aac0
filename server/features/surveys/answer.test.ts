import assert from "node:assert/strict";
import type { LightMyRequestResponse } from "fastify";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { pool, reading } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { closeConversation, postMessage } from "../conversations/index.ts";
import { consentsOf } from "../customers/index.ts";
import { readExperience } from "../experience/index.ts";
import { readTimeline } from "../interactions/index.ts";
import { STOP_WORDING } from "./answer.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());
beforeEach(() => stopAt(NOON));
afterEach(travelBack);

const NOON = new Date("2026-11-16T12:00:00Z");
const later = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);
const DAY = 86_400;

test("a scanner that opens every link of the mail has answered nothing", async () => {
  const maria = await asked("scanner@fjord.example");
  for (const rating of [1, 2, 3, 4, 5]) {
    const page = await doors.app.inject(`/rate/${maria.token}/${rating}`);
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /<button type="submit">Send my rating<\/button>/);
    assert.match(page.body, new RegExp(`value="${rating}" checked`));
  }
  assert.equal((await doors.app.inject(`/rate/${maria.token}/stop`)).statusCode, 200);
  assert.equal(await ratingOf(maria), "none");
  assert.deepEqual(await consentsOf(reading(house), maria.customerId), []);
});

test("Maria presses the button, and her rating and word are taken in, credited to Ada", async () => {
  const maria = await asked("press@fjord.example");
  const thanks = await press(maria, 4, "Quick <b>answer</b>.");
  assert.match(thanks.body, /Thank you.*4 of 5/s);
  assert.equal(await ratingOf(maria), 4);
  const [answered] = await readTimeline(reading(house), maria.customerId, { kind: "survey.answered", limit: 5 });
  assert.equal(answered?.memberId, house.ada.memberId);
  assert.deepEqual(
    { rating: answered?.properties["rating"], comment: answered?.properties["comment"] },
    { rating: 4, comment: "Quick <b>answer</b>." },
  );
  const page = await doors.app.inject(`/rate/${maria.token}/4`);
  assert.match(page.body, /Quick &lt;b&gt;answer&lt;\/b&gt;\./, "her words are shown, not run");
});

test("for a week Maria may change her mind; then the answer stands", async () => {
  const maria = await asked("week@fjord.example");
  await press(maria, 2);
  stopAt(later(6.9 * DAY));
  assert.equal((await press(maria, 5)).statusCode, 200);
  stopAt(later(7.1 * DAY));
  assert.equal((await press(maria, 1)).statusCode, 409);
  assert.equal(await ratingOf(maria), 5);
});

test("several ratings pressed within seconds come from a machine, and none of them counts", async () => {
  const maria = await asked("machine@fjord.example");
  for (const rating of [1, 2, 3, 4, 5]) await press(maria, rating);
  assert.equal(await ratingOf(maria), null);
  assert.equal((await readTimeline(reading(house), maria.customerId, { kind: "survey.voided", limit: 9 })).length, 3);
  stopAt(later(3600));
  await press(maria, 5);
  assert.equal(await ratingOf(maria), 5, "a person who comes later is heard");
});

test("a machine's presses do not hold up a score that nobody gave", async () => {
  const maria = await asked("unmoved@fjord.example");
  for (const rating of [1, 2, 3, 4, 5]) await press(maria, rating);
  await settle();
  assert.deepEqual(
    (await reasons(maria)).filter((reason) => /rat/i.test(reason)),
    [],
  );
});

test("the score moves after a rating, down for a poor one and up for a good one", async () => {
  const [cross, glad] = [await asked("cross@fjord.example"), await asked("glad@fjord.example")];
  await settle();
  await press(cross, 1);
  await press(glad, 5);
  await settle();
  assert.ok((await ratingPoints(cross)) < -5, `${await ratingPoints(cross)}`);
  assert.ok((await ratingPoints(glad)) > 5, `${await ratingPoints(glad)}`);
});

test("whoever opts out is not asked again from that moment, and the log keeps the words", async () => {
  const maria = await asked("stop@fjord.example");
  assert.match((await form(`/rate/${maria.token}/stop`, {})).body, /will not ask you again/);
  const next = await served("stop@fjord.example");
  await settle();
  const { rows } = await pool().query("SELECT state, reason FROM survey_asks WHERE conversation_id = $1", [next.conversationId]);
  assert.deepEqual({ ...rows[0] }, { state: "withheld", reason: "They asked not to be asked." });
  const [withdrawn] = await readTimeline(reading(house), maria.customerId, { kind: "consent.withdrawn", limit: 5 });
  assert.equal(withdrawn?.properties["wording"], STOP_WORDING);
  assert.equal((await form(`/rate/${maria.token}/stop`, {})).statusCode, 200, "pressing twice is no error");
});

test("a mail program's one-click unsubscribe works too", async () => {
  const maria = await asked("oneclick@fjord.example");
  assert.equal((await form(`/rate/${maria.token}/stop`, { "List-Unsubscribe": "One-Click" })).statusCode, 200);
  assert.equal((await consentsOf(reading(house), maria.customerId))[0]?.granted, false);
});

test("and so does one that posts multipart/form-data, as RFC 8058 would have it", async () => {
  const maria = await asked("multipart@fjord.example");
  const payload = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  assert.equal((await doors.app.inject({ method: "POST", url: `/rate/${maria.token}/stop`, payload, headers })).statusCode, 200);
  assert.equal((await consentsOf(reading(house), maria.customerId))[0]?.granted, false);
});

test("a guessed link leads nowhere, and says nothing of anybody", async () => {
  assert.equal((await doors.app.inject("/rate/AAAAAAAAAAAAAAAAAAAAAAAA/5")).statusCode, 404);
  assert.equal((await form("/rate/AAAAAAAAAAAAAAAAAAAAAAAA", { rating: "5" })).statusCode, 404);
  assert.equal((await form(`/rate/${(await asked("six@fjord.example")).token}`, { rating: "6" })).statusCode, 400);
});

interface AskedCustomer {
  conversationId: number;
  customerId: number;
  token: string;
}

async function served(email: string): Promise<{ conversationId: number; customerId: number }> {
  const thread = await writes(house, email, "Our box has not come.");
  await postMessage(house.ada, { conversationId: thread.conversationId, kind: "reply", text: "It is on its way." });
  await closeConversation(house.ada, thread.conversationId);
  return thread;
}

async function asked(email: string): Promise<AskedCustomer> {
  const thread = await served(email);
  await settle();
  const { rows } = await pool().query<{ token: string }>("SELECT token FROM survey_asks WHERE conversation_id = $1", [
    thread.conversationId,
  ]);
  return { ...thread, token: rows[0]?.token ?? "" };
}

async function press({ token }: AskedCustomer, rating: number, comment = ""): Promise<LightMyRequestResponse> {
  return form(`/rate/${token}`, { rating: String(rating), comment });
}

async function form(url: string, fields: Record<string, string>): Promise<LightMyRequestResponse> {
  return doors.app.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(fields).toString(),
  });
}

/** The rating that stands; null when it is void, "none" when there is none. */
async function ratingOf({ conversationId }: AskedCustomer): Promise<number | null | "none"> {
  const { rows } = await pool().query<{ rating: number | null }>("SELECT rating FROM survey_responses WHERE conversation_id = $1", [
    conversationId,
  ]);
  return rows[0] ? rows[0].rating : "none";
}

async function reasons({ customerId }: AskedCustomer): Promise<string[]> {
  return (await readExperience(reading(house), customerId)).contributions.map((each) => each.reason);
}

async function ratingPoints({ customerId }: AskedCustomer): Promise<number> {
  const { contributions } = await readExperience(reading(house), customerId);
  return contributions.find((each) => /rat/i.test(each.reason))?.points ?? 0;
}
