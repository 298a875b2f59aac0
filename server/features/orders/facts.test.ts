import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeFacts, stateOf, timelinessOf, type Facts, type OrderWords } from "./facts.ts";

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

const word = fc.record<OrderWords>(
  {
    promisedAt: fc.constantFrom(hour(10), hour(11), hour(12)),
    deliveredAt: fc.constantFrom(hour(9), hour(13)),
    shippedAt: fc.constant(hour(8)),
    cancelledAt: fc.constant(hour(9)),
    total: fc.integer({ min: 0, max: 9 }),
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
      },
    ),
  );
});
