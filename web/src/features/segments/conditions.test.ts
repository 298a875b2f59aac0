import assert from "node:assert/strict";
import { test } from "node:test";
import { beginOf, isEditable, readLength, SORTS, writeLength } from "./conditions.ts";

test("a length of time keeps its unit, and one out of bounds is none", () => {
  assert.deepEqual(readLength("90s"), { amount: 90, unit: "s" });
  assert.equal(readLength(undefined), null);
  assert.equal(writeLength({ amount: 36, unit: "h" }), "36h");
  for (const amount of [0, -5, 1.5, 1e9, Number.NaN]) assert.equal(writeLength({ amount, unit: "d" }), null);
});

test("each condition that the builder begins has its fields; what has none is told as a sentence", () => {
  for (const { value } of SORTS) if (value !== "profile") assert.ok(isEditable(beginOf(value)), value);
  assert.ok(isEditable({ profile: "locale", is: "" }));
  assert.ok(isEditable({ orders: { sum: { atLeast: 5, currency: "GBP" } } }));
  for (const leaf of [
    { did: { kind: "event.tracked", properties: { plan: "pro" } } },
    { did: { kind: "event.tracked" }, count: { atMost: 2 } },
    { orders: { sum: { atMost: 5, currency: "GBP" } } },
    { profile: "name", startsWith: "A" },
    { first: { kind: "page.viewed" }, before: "2026-01-01T00:00:00Z" },
    { atRisk: false },
  ] as const)
    assert.ok(!isEditable(leaf), JSON.stringify(leaf));
});
