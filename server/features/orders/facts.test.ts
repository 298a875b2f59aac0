import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { momentsOf, stateOf, timelinessOf } from "./as-it-stands.ts";
import { mergeFacts, partsOf, type Facts } from "./facts.ts";
import { RETURN_STATUSES, type OrderWords } from "./words.ts";

const hour = (number: number): string => `2026-11-13T${String(number).padStart(2, "0")}:00:00.000Z`;

test("Maria's box, delivered before the shop's own event about shipping arrives, stays delivered", () => {
  let facts: Facts = mergeFacts({}, { placedAt: hour(8), promisedAt: hour(10) }, hour(8));
  facts = mergeFacts(facts, { deliveredAt: hour(9) }, hour(9));
  facts = mergeFacts(facts, { shippedAt: hour(8) }, hour(8));
  assert.equal(stateOf(facts), "delivered");
  assert.deepEqual(timelinessOf(facts, new Date(hour(20))), { lateAt: null, lateMinutes: -60 });
});

test("a box promised for 10:00 that comes at 13:40 is 220 minutes late, since 10:00", () => {
  const facts = mergeFacts({}, { promisedAt: hour(10), deliveredAt: "2026-11-13T13:40:00.000Z" }, hour(14));
  assert.deepEqual(timelinessOf(facts, new Date(hour(20))), { lateAt: new Date(hour(10)), lateMinutes: 220 });
});

test("an order cancelled while it was late stays late", () => {
  const facts = mergeFacts({}, { promisedAt: hour(10), cancelledAt: hour(11) }, hour(11));
  assert.deepEqual(timelinessOf(facts, new Date(hour(20))), { lateAt: new Date(hour(10)), lateMinutes: 60 });
});

test("an order cancelled before its promise is not late", () => {
  const facts = mergeFacts({}, { promisedAt: hour(10), cancelledAt: hour(9) }, hour(9));
  assert.equal(timelinessOf(facts, new Date(hour(20))).lateAt, null);
});

test("an order in two boxes is delivered with the second, and a cancelled box holds up nothing", () => {
  const boxes = (more: object): Facts =>
    mergeFacts(
      {},
      {
        shipments: [
          { id: "1", shippedAt: hour(8), deliveredAt: hour(9) },
          { id: "2", shippedAt: hour(9), ...more },
        ],
      },
      hour(9),
    );
  assert.equal(stateOf(boxes({})), "shipped");
  assert.equal(stateOf(boxes({ deliveredNoticedAt: hour(12) })), "delivered");
  assert.equal(stateOf(boxes({ isCancelled: true })), "delivered");
  assert.equal(momentsOf(boxes({ deliveredAt: hour(11) })).deliveredAt, hour(11));
});

test("an order is paid with the payment that makes up its total", () => {
  const payments = [
    { id: "a", amount: 30.1, paidAt: hour(8) },
    { id: "b", amount: 15.9, paidAt: hour(11) },
  ];
  assert.equal(momentsOf(mergeFacts({}, { total: 46, payments }, hour(12))).paidAt, hour(11));
  assert.equal(momentsOf(mergeFacts({}, { total: 47, payments }, hour(12))).paidAt, undefined);
});

test("a shop that only says 'cancelled' is believed from when it first said so, and can take it back", () => {
  let facts = mergeFacts({}, { isCancelled: true, cancelledNoticedAt: hour(10) }, hour(10));
  facts = mergeFacts(facts, { isCancelled: true, cancelledNoticedAt: hour(12) }, hour(12));
  assert.equal(momentsOf(facts).cancelledAt, hour(10));
  assert.equal(stateOf(mergeFacts(facts, { isCancelled: false }, hour(13))), "placed");
});

test("a part with the name of a prototype is a part like any other", () => {
  const facts = mergeFacts({}, { refunds: [{ id: "__proto__", amount: 5 }] }, hour(9));
  assert.deepEqual(partsOf(JSON.parse(JSON.stringify(facts)), "refunds"), [{ id: "__proto__", amount: 5 }]);
});

const moment = (...hours: number[]) => fc.constantFrom(...hours.map(hour));
const id = fc.constantFrom("1", "2", "__proto__");
const word = fc.record<OrderWords>(
  {
    promisedAt: moment(10, 11, 12),
    deliveredAt: moment(9, 13),
    shippedAt: fc.constant(hour(8)),
    cancelledAt: fc.constant(hour(9)),
    isCancelled: fc.boolean(),
    cancelledNoticedAt: moment(9, 10, 11),
    paidNoticedAt: moment(9, 10),
    total: fc.integer({ min: 0, max: 9 }),
    payments: fc.array(fc.record({ id, amount: fc.integer({ min: 0, max: 5 }), paidAt: moment(8, 9) }), { maxLength: 2 }),
    shipments: fc.array(fc.record({ id, deliveredAt: moment(9, 13), deliveredNoticedAt: moment(12, 13), isCancelled: fc.boolean() }), {
      maxLength: 2,
    }),
    returns: fc.array(
      fc.record(
        { id, status: fc.constantFrom(...RETURN_STATUSES), requestedNoticedAt: moment(8, 9), receivedNoticedAt: moment(14, 15) },
        { requiredKeys: ["id"] },
      ),
      { maxLength: 2 },
    ),
    refunds: fc.array(fc.record({ id, amount: fc.integer({ min: 0, max: 5 }), refundedNoticedAt: moment(14, 15) }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const event = fc.record({ words: word, at: fc.integer({ min: 0, max: 5 }).map(hour) });

test("any order and repetition of the same events ends in the same order", () => {
  fc.assert(
    fc.property(
      fc
        .array(event, { maxLength: 8 })
        .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }))),
      ([events, shuffled]) => {
        const fold = (list: typeof events): Facts => list.reduce<Facts>((facts, { words, at }) => mergeFacts(facts, words, at), {});
        assert.deepEqual(fold(shuffled), fold(events));
        assert.deepEqual(momentsOf(fold(shuffled)), momentsOf(fold(events)));
      },
    ),
    { numRuns: 300 },
  );
});
