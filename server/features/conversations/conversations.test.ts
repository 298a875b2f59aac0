import assert from "node:assert/strict";
import { afterEach, before, test } from "node:test";
import { readTimeline } from "../interactions/index.ts";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { pool, reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { insertMember } from "../access/index.ts";
import { addTag, removeTag, setPriority } from "./change-conversation.ts";
import { deadlineOf } from "./deciding.ts";
import { assignConversation, closeConversation, postMessage, reopenConversation, requireConversation } from "./index.ts";
import { statusIntervalsOf } from "./status-queries.ts";
import { serviceLevelOf } from "../service-levels/index.ts";

let house: House;
before(async () => {
  house = await testHouse();
});
afterEach(travelBack);

/** Hours are 9:00 to 17:30 in London, four of them for each answer; 16 November 2026 is a Monday. */
const monday = (time: string): Date => new Date(`2026-11-16T${time}:00Z`);
const tuesday = (time: string): Date => new Date(`2026-11-17T${time}:00Z`);

test("Maria's reply reopens the conversation that Ada closed, and waits for Ada again", async () => {
  const maria = await mariaWrites("reopen@fjord.example", monday("10:00"));
  await answers(maria, monday("11:00"), "It is on its way.");
  await closes(maria, monday("11:05"));
  await writesAgain(maria, monday("11:35"), "It has not come.");
  const { status, closedAt, reopened, waitingSince, dueKind } = await requireConversation(reading(house), maria.conversationId);
  assert.deepEqual(
    { status, closedAt, reopened, waitingSince, dueKind },
    { status: "open", closedAt: null, reopened: 1, waitingSince: monday("11:35"), dueKind: "next response" },
  );
  const [again] = await logOf(maria, "conversation.reopened");
  assert.deepEqual(again, { by: "customer", minutesClosed: 30, subject: "Where is our box?" });
});

test("the first answer is promised within four opening hours, the next ones too, over the night", async () => {
  const maria = await mariaWrites("due@fjord.example", monday("10:00"));
  assert.deepEqual(await deadlineAt(maria, monday("13:59")), { kind: "first response", at: monday("14:00"), state: "running" });
  assert.deepEqual(await deadlineAt(maria, monday("14:01")), { kind: "first response", at: monday("14:00"), state: "missed" });
  await answers(maria, monday("11:30"), "We are looking.");
  assert.deepEqual(await deadlineAt(maria, monday("11:31")), { kind: "resolution", at: new Date("2026-11-18T17:00:00Z"), state: "paused" });
  await writesAgain(maria, monday("16:00"), "And now?");
  await writesAgain(maria, monday("17:00"), "Hello?");
  assert.deepEqual(await deadlineAt(maria, monday("17:20")), { kind: "next response", at: tuesday("11:30"), state: "running" });
});

test("with each answer the log says how long Maria waited, and whether the promise was kept", async () => {
  const maria = await mariaWrites("waits@fjord.example", monday("10:00"));
  await answers(maria, monday("11:30"), "We are looking.");
  await answers(maria, monday("11:40"), "Found it.");
  await writesAgain(maria, monday("16:00"), "Where was it?");
  await answers(maria, tuesday("12:00"), "In the other van.");
  const waits = (await logOf(maria, "message.sent")).map((properties) => properties["wait"]);
  assert.deepEqual(waits, [
    { kind: "first response", calendarMinutes: 90, businessMinutes: 90, dueAt: "2026-11-16T14:00:00.000Z", kept: true },
    null,
    { kind: "next response", calendarMinutes: 1200, businessMinutes: 270, dueAt: "2026-11-17T11:30:00.000Z", kept: false },
  ]);
});

test("closing twice is no error: the first closing stands, in the log and in the audit too", async () => {
  const maria = await mariaWrites("twice@fjord.example", monday("10:00"));
  await closes(maria, monday("11:00"));
  const again = await closes(maria, monday("12:00"));
  assert.deepEqual(again.closedAt, monday("11:00"));
  assert.equal((await logOf(maria, "conversation.closed")).length, 1);
  assert.equal(await audited("conversations.close", maria.conversationId), 1);
});

test("a closing that Ada takes back leaves nobody waiting", async () => {
  const maria = await mariaWrites("undo@fjord.example", monday("10:00"));
  await answers(maria, monday("10:30"), "Done.");
  await closes(maria, monday("10:31"));
  await reopenConversation(house.ada, maria.conversationId);
  const { status, waitingSince } = await requireConversation(reading(house), maria.conversationId);
  assert.deepEqual({ status, waitingSince }, { status: "open", waitingSince: null });
});

test("a conversation is given to Tom, then to nobody, and never to a stranger", async () => {
  const tom = await transaction(house, (tx) => insertMember(tx, { userId: null, name: "Tom", email: "tom@glaze.example", role: "agent" }));
  const maria = await mariaWrites("assign@fjord.example", monday("10:00"));
  assert.equal((await assignConversation(house.ada, maria.conversationId, tom.id)).assigneeId, tom.id);
  await assignConversation(house.ada, maria.conversationId, tom.id);
  assert.equal((await assignConversation(house.ada, maria.conversationId, null)).assigneeId, null);
  await assert.rejects(assignConversation(house.ada, maria.conversationId, 999_999), { status: 404 });
  const toTom = publicId("mem", tom.id);
  assert.deepEqual(await logOf(maria, "conversation.assigned"), [
    { from: null, to: toTom, reason: "by hand" },
    { from: toTom, to: null, reason: "by hand" },
  ]);
  assert.equal(await audited("conversations.assign", maria.conversationId), 2);
});

test("a tag is kept once, whatever its case and spaces, and taken off", async () => {
  const { conversationId } = await mariaWrites("tags@fjord.example", monday("10:00"));
  await addTag(house.ada, conversationId, "Late  Box");
  await addTag(house.ada, conversationId, "late box");
  assert.deepEqual((await addTag(house.ada, conversationId, "Allergy")).tags, ["allergy", "late-box"]);
  assert.deepEqual((await removeTag(house.ada, conversationId, "LATE BOX")).tags, ["allergy"]);
  for (const blank of ["", "  ", "\t\n", "\u200b\u00a0", "\u00ad", "\ufffd"])
    await assert.rejects(addTag(house.ada, conversationId, blank), { status: 400, message: /A tag needs a letter, a digit or a sign/ });
  await assert.rejects(addTag(house.ada, conversationId, "a".repeat(51)), { status: 400, message: "A tag has at most 50 characters." });
  assert.equal((await setPriority(house.ada, conversationId, "urgent")).priority, "urgent");
  assert.equal(await audited("conversations.change", conversationId), 4);
});

test("a note is for members: nothing is sent, and Maria still waits", async () => {
  const maria = await mariaWrites("note@fjord.example", monday("10:00"));
  const note = await postMessage(house.ada, { conversationId: maria.conversationId, kind: "note", text: "Ask the driver." });
  assert.deepEqual({ direction: note.direction, delivery: note.deliveryState }, { direction: null, delivery: null });
  const { rows } = await pool().query("SELECT FROM email_deliveries WHERE conversation_id = $1", [maria.conversationId]);
  assert.equal(rows.length, 0);
  assert.deepEqual((await requireConversation(reading(house), maria.conversationId)).waitingSince, monday("10:00"));
  assert.deepEqual(await logOf(maria, "message.sent"), []);
});

test("an empty answer is refused, and leaves nothing", async () => {
  const maria = await mariaWrites("empty@fjord.example", monday("10:00"));
  await assert.rejects(postMessage(house.ada, { conversationId: maria.conversationId, kind: "reply", text: " \n " }), { status: 400 });
  assert.deepEqual((await requireConversation(reading(house), maria.conversationId)).waitingSince, monday("10:00"));
});

test("the states of a conversation follow each other without a gap, also when mail is read after the closing", async () => {
  const maria = await mariaWrites("gaps@fjord.example", monday("10:00"));
  await answers(maria, monday("11:00"), "On its way.");
  await closes(maria, monday("12:00"));
  await writesAgain(maria, monday("11:59"), "I wrote this before you closed.");
  await answers(maria, monday("13:00"), "Sorry.");
  const intervals = await statusIntervalsOf(reading(house), maria.conversationId);
  assert.deepEqual(
    intervals.map(({ status }) => status),
    ["waiting on us", "waiting on customer", "closed", "waiting on us", "waiting on customer"],
  );
  intervals.forEach(({ beganAt, endedAt }, index) => {
    assert.deepEqual(endedAt, intervals[index + 1]?.beganAt ?? null);
    assert.ok(endedAt === null || endedAt >= beganAt, `${beganAt.toISOString()} to ${endedAt?.toISOString()}`);
  });
});

test("with each arrival the log keeps how many others waited, who was on shift, and what was promised", async () => {
  await pool().query("UPDATE conversations SET status = 'closed', waiting_since = NULL");
  await mariaWrites("first@fjord.example", monday("10:00"));
  await mariaWrites("second@fjord.example", monday("10:01"));
  const maria = await mariaWrites("third@fjord.example", monday("10:02"));
  await writesAgain(maria, monday("10:03"), "Still there?");
  const [opened] = await logOf(maria, "conversation.opened");
  assert.equal(opened?.["queueLength"], 2);
  assert.ok(Array.isArray(opened?.["onShift"]) && opened["onShift"].includes(publicId("mem", house.ada.memberId ?? 0)));
  assert.deepEqual(opened["promise"], {
    firstResponseDueAt: "2026-11-16T14:02:00.000Z",
    resolutionDueAt: "2026-11-18T17:02:00.000Z",
    firstResponseMinutes: 240,
  });
  assert.deepEqual(
    (await logOf(maria, "message.received")).map((properties) => properties["queueLength"]),
    [2, 2],
  );
  await settle();
});

interface Thread {
  conversationId: number;
  customerId: number;
  email: string;
}

async function mariaWrites(email: string, at: Date): Promise<Thread> {
  stopAt(at);
  return { ...(await writes(house, email, "Our box has not come.", { at })), email };
}

async function writesAgain({ email, conversationId }: Thread, at: Date, text: string): Promise<void> {
  await writes(house, email, text, { conversationId, at });
}

async function answers({ conversationId }: Thread, at: Date, text: string): Promise<void> {
  stopAt(at);
  await postMessage(house.ada, { conversationId, kind: "reply", text });
}

async function closes({ conversationId }: Thread, at: Date): ReturnType<typeof closeConversation> {
  stopAt(at);
  return closeConversation(house.ada, conversationId);
}

async function deadlineAt({ conversationId }: Thread, at: Date): Promise<unknown> {
  const scope = reading(house);
  const deadline = deadlineOf(await requireConversation(scope, conversationId), at, await serviceLevelOf(scope));
  return deadline && { kind: deadline.kind, at: deadline.at, state: deadline.state };
}

/** What the log holds of a kind, the oldest first. */
async function logOf({ customerId }: Thread, kind: string): Promise<Record<string, unknown>[]> {
  const found = await readTimeline(reading(house), customerId, { kind, limit: 50 });
  return found.toSorted((a, b) => a.position - b.position).map((each) => each.properties);
}

async function audited(action: string, conversationId: number): Promise<number> {
  const { rows } = await pool().query<{ count: number }>("SELECT count(*) FROM audit_entries WHERE action = $1 AND subject = $2", [
    action,
    publicId("con", conversationId),
  ]);
  return rows[0]?.count ?? 0;
}
