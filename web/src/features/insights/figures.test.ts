import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf, formatFigure, smallerIsBetter, surenessOf } from "./figures.ts";

test("no figure stands without its range or its count", () => {
  assert.equal(surenessOf({ value: 87, low: 85.6, high: 89, unit: "percent", n: 412, note: null }), "85.6 to 89");
  assert.equal(surenessOf({ value: 87, low: null, high: null, unit: "count", n: 300, note: null }), "of 300");
  assert.equal(surenessOf({ value: 41, low: null, high: null, unit: "count", n: 41, note: null }), "");
  assert.equal(surenessOf({ value: 87, low: 81, high: 87, unit: "percent", n: 612, note: "612 answers" }), "81 to 87, 612 answers");
  assert.equal(
    surenessOf({ value: 87, low: 106, high: 118, unit: "minutes", n: 9, note: "9 in 10 within 9 h 40" }),
    "9 in 10 within 9 h 40",
  );
  assert.equal(
    surenessOf({ value: 87, low: null, high: null, unit: "minutes", n: 9, note: "9 in 10 within 9 h 40" }),
    "9 in 10 within 9 h 40",
  );
});

test("only a clear change has a direction", () => {
  assert.deepEqual(changeOf({ unit: "minutes", change: { value: -14, significant: true, better: true } }), {
    words: "14 min",
    way: "better",
  });
  assert.deepEqual(changeOf({ unit: "minutes", change: { value: -14, significant: false, better: true } }), {
    words: "no clear change",
    way: "none",
  });
});

test("up is drawn as better, for minutes too", () => {
  assert.ok(smallerIsBetter({ metric: "first-response", unit: "minutes", change: null }));
  assert.ok(smallerIsBetter({ metric: "at-risk", unit: "count", change: { value: 9, significant: true, better: false } }));
  assert.ok(!smallerIsBetter({ metric: "csat", unit: "percent", change: { value: 3, significant: true, better: true } }));
});

test("figures carry their unit", () => {
  assert.equal(formatFigure(112, "minutes"), "1 h 52");
  assert.equal(formatFigure(87.4, "percent"), "87.4\u2009%");
});
