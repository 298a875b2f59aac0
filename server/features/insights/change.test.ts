import assert from "node:assert/strict";
import { test } from "node:test";
import { change } from "./change.ts";
import type { Sample } from "./metrics.ts";

const less = { moreIsBetter: false };
const more = { moreIsBetter: true };
const share = (successes: number, n: number): Sample => ({ kind: "share", share: { successes, n } });
const waits = (from: number, n: number): Sample => ({
  kind: "duration",
  durations: Array.from({ length: n }, (_, index) => ({ value: from + index, observed: true })),
});
const scores = (from: number, n: number): Sample => ({ kind: "mean", values: Array.from({ length: n }, (_, index) => from + (index % 5)) });

test("with fewer than ten on either side no change is drawn", () => {
  assert.equal(change(more, share(9, 9), share(5, 100)), null);
  assert.equal(change(more, share(50, 100), share(5, 9)), null);
});

test("a share moves in percentage points, and says whether that is more than chance", () => {
  const clear = change(more, share(60, 100), share(90, 100));
  assert.deepEqual({ ...clear, value: Math.round(clear?.value ?? 0) }, { value: -30, significant: true, better: false });
  const slight = change(more, share(10, 20), share(9, 20));
  assert.deepEqual({ ...slight, value: Math.round(slight?.value ?? 0) }, { value: 5, significant: false, better: true });
});

test("shorter waits are better, higher scores are better", () => {
  assert.deepEqual(change(less, waits(20, 20), waits(200, 20)), { value: -180, significant: true, better: true });
  assert.deepEqual(change(more, scores(50, 30), scores(70, 30)), { value: -20, significant: true, better: false });
});

test("when most still wait, nothing is said of the median", () => {
  const waiting: Sample = { kind: "duration", durations: Array.from({ length: 20 }, () => ({ value: 5, observed: false })) };
  assert.equal(change(less, waiting, waits(10, 20)), null);
});
