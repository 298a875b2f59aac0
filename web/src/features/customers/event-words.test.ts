import assert from "node:assert/strict";
import { test } from "node:test";
import { eventWords } from "./event-words.ts";

const item = (kind: string, properties: Record<string, unknown> = {}) => ({ kind, properties, member: null, channel: "email" });

test("Maria's own words are kept apart from ours", () => {
  assert.deepEqual(eventWords(item("survey.answered", { rating: 2, comment: "Kind, but a day late." })), {
    words: "Rated us 2 of 5:",
    quote: "Kind, but a day late.",
  });
  assert.equal(eventWords(item("message.received", { subject: "Tomorrow's box" })).quote, "Tomorrow's box");
});

test("a delivery says how late it was", () => {
  assert.equal(eventWords(item("order.delivered", { number: "1042", lateMinutes: 220 })).words, "Order 1042 delivered, 3 h 40 late");
  assert.equal(eventWords(item("order.delivered", { number: "1042", lateMinutes: 0 })).words, "Order 1042 delivered on time");
});

test("an answer says how long it took, and whether that was later than promised", () => {
  const ada = { id: "mem_1", name: "Ada Okafor" };
  const sent = (wait: unknown) => eventWords({ kind: "message.sent", properties: { wait }, member: ada, channel: "email" }).words;
  assert.equal(sent({ calendarMinutes: 1560, kept: false }), "Ada Okafor answered, 26 h after, later than promised");
  assert.equal(sent(null), "Ada Okafor answered");
});

test("a message that we began is no answer", () => {
  const began = { kind: "message.sent", properties: {}, member: null, channel: "email", initiative: "proactive" as const };
  assert.equal(eventWords(began).words, "We wrote first");
});

test("consent is told with what it is about, and in her words", () => {
  assert.deepEqual(eventWords(item("consent.withdrawn", { class: "marketing", wording: "No more offers, please." })), {
    words: "Does not want news and offers by email:",
    quote: "No more offers, please.",
  });
  assert.equal(eventWords(item("consent.given", { class: "survey" })).words, "Agreed to questions how it was by email:");
});

test("what is not known yet is still said", () => {
  assert.equal(eventWords(item("loyalty.card_stamped")).words, "Loyalty card stamped");
});

test("properties of another kind than expected are passed over", () => {
  assert.equal(eventWords(item("survey.answered", { rating: "2", comment: 7 })).words, "Told us how it was");
});

test("money that went back is told with its sum and the customer's reason", () => {
  const of = (kind: string, properties: object) => eventWords({ kind, properties: { ...properties }, member: null, channel: null });
  const refund = of("order.refunded", { number: "1001", amount: 4.5, currency: "GBP", reason: "One ring missing" });
  assert.match(refund.words, /4\.50 refunded of order 1001$/);
  assert.equal(refund.quote, "One ring missing");
  assert.equal(of("order.refunded", { number: "1001" }).words, "Money was refunded of order 1001");
  assert.equal(of("order.returned", { number: "1001" }).words, "Order 1001 returned");
});
