import assert from "node:assert/strict";
import { afterEach, before, beforeEach, test } from "node:test";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { pool, reading, transaction } from "../../platform/db/index.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { requireConversation } from "../conversations/index.ts";
import { liftSuppression, mergeCustomers, suppress, unmergeCustomers } from "../customers/index.ts";
import { readTimeline } from "../interactions/index.ts";
import { placeOrder, sweep } from "../orders/index.ts";
import { dropProposal, editProposal, sendProposal } from "./decide-proposal.ts";
import { isHeldOut } from "./draft-apology.ts";
import { listProposals, type Proposal } from "./queries.ts";
import { changePlaySettings } from "./settings.ts";

let house: House;
let number = 1041;
before(async () => {
  house = await testHouse();
});
beforeEach(() => stopAt(MORNING));
afterEach(travelBack);

const MORNING = new Date("2026-11-16T09:00:00Z");
const PROMISE = new Date("2026-11-16T10:00:00Z");
const later = (minutes: number): Date => new Date(PROMISE.getTime() + minutes * 60_000);

test("when Maria's box becomes late an apology is proposed, once, and nothing goes out by itself", async () => {
  const maria = await lateBox("once@fjord.example");
  await sweep();
  await settle();
  const [proposal, ...more] = await proposalsFor(maria);
  assert.equal(more.length, 0);
  assert.deepEqual(
    { state: proposal?.state, reason: proposal?.reason },
    { state: "proposed", reason: `Order ${maria.externalId} is late` },
  );
  assert.match(
    proposal?.text ?? "",
    new RegExp(`^Hello Maria,\\n\\nwe promised your order ${maria.externalId} \\(2 × Box of 12\\) for Monday 16 November at 10:00`),
  );
  assert.deepEqual(await mailsTo("once@fjord.example"), []);
  assert.equal((await logOf(maria, "play.proposed")).length, 1);
});

test("for what was late days ago nothing is proposed", async () => {
  stopAt(later(4 * 1440));
  const maria = await orderOf("oldnews@fjord.example");
  await settle();
  assert.equal((await logOf(maria, "order.late")).length, 1);
  assert.deepEqual(await proposalsFor(maria), []);
});

test("Ada puts it into her own words and sends it: as a service message that we began, about that order", async () => {
  const maria = await lateBox("words@fjord.example");
  const { id } = await only(maria);
  await editProposal(house.ada, id, { text: "Hello Maria, the van broke down." });
  await sendProposal(house.ada, id, { subject: "Your box" });
  assert.deepEqual(await mailsTo("words@fjord.example"), [{ subject: "Your box", class: "service" }]);
  const [sent] = await logOf(maria, "message.sent");
  assert.deepEqual(
    { initiative: sent?.initiative, orderId: sent?.orderId, play: sent?.properties["play"], text: sent?.properties["text"] },
    { initiative: "proactive", orderId: maria.orderId, play: "late-delivery", text: "Hello Maria, the van broke down." },
  );
});

test("pressed twice at once, it is sent once", async () => {
  const maria = await lateBox("twice@fjord.example");
  const { id } = await only(maria);
  const [first, second] = await Promise.all([sendProposal(house.ada, id, {}), sendProposal(house.ada, id, {})]);
  assert.equal(first.conversationId, second.conversationId);
  assert.equal((await mailsTo("twice@fjord.example")).length, 1);
  await assert.rejects(editProposal(house.ada, id, { text: "Too late." }), { status: 409 });
  await assert.rejects(dropProposal(house.ada, id), { status: 409 });
});

test("what Ada drops is not sent any more, and the log says who dropped it", async () => {
  const maria = await lateBox("drop@fjord.example");
  const { id } = await only(maria);
  await dropProposal(house.ada, id);
  await dropProposal(house.ada, id);
  await assert.rejects(sendProposal(house.ada, id, {}), { status: 409 });
  assert.deepEqual(await mailsTo("drop@fjord.example"), []);
  assert.deepEqual(
    (await logOf(maria, "play.dropped")).map((each) => each.memberId),
    [house.ada.memberId],
  );
});

test("to an address that is suppressed none is proposed, and the reason is kept", async () => {
  await stopMail("silent@fjord.example");
  const maria = await lateBox("silent@fjord.example");
  const { id, state, withheldBecause } = await only(maria);
  assert.deepEqual({ state, withheldBecause }, { state: "withheld", withheldBecause: "They asked for quiet." });
  await assert.rejects(sendProposal(house.ada, id, {}), { status: 409, message: /They asked for quiet/ });
  assert.deepEqual(
    (await logOf(maria, "play.withheld")).map((each) => each.properties["withheldBecause"]),
    ["They asked for quiet."],
  );
  assert.deepEqual(await mailsTo("silent@fjord.example"), []);
});

test("whoever asked for quiet after it was proposed is not written to either", async () => {
  const maria = await lateBox("since@fjord.example");
  const { id } = await only(maria);
  await stopMail("since@fjord.example");
  await assert.rejects(sendProposal(house.ada, id, {}), { status: 409 });
  await transaction(house, (tx) => liftSuppression(tx, "since@fjord.example", "service"));
  assert.equal((await sendProposal(house.ada, id, {})).state, "sent");
});

test("a box that had come in time takes its apology back", async () => {
  const maria = await lateBox("intime@fjord.example");
  await orderOf("intime@fjord.example", { externalId: maria.externalId, deliveredAt: later(-5).toISOString() });
  await settle();
  const { state, withheldBecause } = await only(maria);
  assert.deepEqual({ state, withheldBecause }, { state: "dropped", withheldBecause: "It had come in time after all." });
  assert.deepEqual(
    (await logOf(maria, "play.dropped")).map((each) => each.properties["reason"]),
    ["It had come in time after all."],
  );
});

test("the coupon goes to all but those held out, and the draw is in the log", async () => {
  await changePlaySettings(house.ada, { couponCode: "SORRY10" });
  const draws = new Set<boolean>();
  for (let tries = 0; draws.size < 2 && tries < 80; tries += 1) {
    const maria = await lateBox(`coupon${tries}@fjord.example`);
    const held = isHeldOut(house.workspaceId, maria.orderId);
    if (draws.has(held)) continue;
    draws.add(held);
    const { heldOut, couponCode, text } = await only(maria);
    assert.deepEqual(
      { heldOut, couponCode, inText: text.includes("SORRY10") },
      { heldOut: held, couponCode: held ? null : "SORRY10", inText: !held },
    );
    assert.deepEqual(
      (await logOf(maria, "play.drawn")).map((each) => each.properties["heldOut"]),
      [held],
    );
  }
  await changePlaySettings(house.ada, { couponCode: null });
  assert.equal(draws.size, 2);
});

test("switched off, nothing is proposed", async () => {
  await changePlaySettings(house.ada, { lateDelivery: false });
  const maria = await lateBox("off@fjord.example");
  await changePlaySettings(house.ada, { lateDelivery: true });
  assert.deepEqual(await proposalsFor(maria), []);
});

test("Maria was taken for Nora as her box became late: when that is taken back, the apology goes to Maria, and not to Nora", async () => {
  stopAt(MORNING);
  const [maria, nora] = [await orderOf("taken@fjord.example"), await orderOf("nora@fjord.example", { deliveredAt: MORNING.toISOString() })];
  const merge = await mergeCustomers(house.ada, { from: maria.customerId, into: nora.customerId });
  await settle();
  stopAt(later(1));
  await settle();
  await unmergeCustomers(house.ada, merge.id);
  await sendProposal(house.ada, (await only(maria)).id, {});
  assert.deepEqual([(await mailsTo("taken@fjord.example")).length, (await mailsTo("nora@fjord.example")).length], [1, 0]);
  assert.deepEqual([(await logOf(maria, "play.proposed")).length, (await logOf(nora, "play.proposed")).length], [1, 0]);
});

test("Maria's answer lands in the conversation that the apology began, and waits for Ada", async () => {
  const maria = await lateBox("answer@fjord.example");
  const { conversationId } = await sendProposal(house.ada, (await only(maria)).id, {});
  assert.ok(conversationId);
  const before = await requireConversation(reading(house), conversationId);
  assert.deepEqual(
    { began: before.began, assignee: before.assigneeId, waiting: before.waitingSince },
    { began: "member", assignee: house.ada.memberId, waiting: null },
  );
  stopAt(later(30));
  const answer = await writes(house, "answer@fjord.example", "Thank you for telling me!", { conversationId });
  assert.equal(answer.conversationId, conversationId);
  assert.deepEqual((await requireConversation(reading(house), conversationId)).waitingSince, later(30));
  assert.deepEqual(await logOf(maria, "conversation.opened"), []);
});

interface Box {
  customerId: number;
  orderId: number;
  externalId: string;
}

async function orderOf(email: string, more: { externalId?: string; deliveredAt?: string } = {}): Promise<Box> {
  number += 1;
  const { order } = await placeOrder(house.ada, {
    externalId: String(number),
    customer: { email, name: "Maria Lindqvist" },
    items: [{ name: "Box of 12", quantity: 2 }],
    total: 46,
    currency: "GBP",
    placedAt: "2026-11-13T08:00:00Z",
    promisedAt: PROMISE.toISOString(),
    ...more,
  });
  return { customerId: order.customerId, orderId: order.id, externalId: order.number };
}

/** Ordered in the morning, promised for ten, and not there five seconds later. */
async function lateBox(email: string): Promise<Box> {
  stopAt(MORNING);
  const box = await orderOf(email);
  await settle();
  stopAt(later(5 / 60));
  await settle();
  return box;
}

async function stopMail(address: string): Promise<void> {
  await transaction(house, (tx) =>
    suppress(tx, { channel: "email", address, class: "service", reason: "They asked for quiet.", source: "test" }),
  );
}

async function proposalsFor({ orderId }: Box): Promise<Proposal[]> {
  const states = ["proposed", "sent", "dropped", "withheld"] as const;
  const found = await Promise.all(states.map((state) => listProposals(reading(house), { state, before: null, limit: 200 })));
  return found.flat().filter((each) => each.orderId === orderId);
}

async function only(box: Box): Promise<Proposal> {
  const [proposal, ...more] = await proposalsFor(box);
  assert.ok(proposal && more.length === 0);
  return proposal;
}

function logOf({ customerId }: Box, kind: string): ReturnType<typeof readTimeline> {
  return readTimeline(reading(house), customerId, { kind, limit: 20 });
}

async function mailsTo(address: string): Promise<object[]> {
  const { rows } = await pool().query("SELECT subject, class FROM email_deliveries WHERE to_address = $1", [address]);
  return rows.map((row) => ({ ...row }));
}
