import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  meanOf,
  meansDiffer,
  medianInterval,
  quantileOf,
  sharesDiffer,
  survivalOf,
  waitsDiffer,
  wilson,
  type Duration,
} from "./statistics.ts";

test("42 good ratings of 50 are 84 %, 71.5 to 91.7", () => {
  const { low, high } = wilson(42, 50);
  assert.equal(low.toFixed(1), "71.5");
  assert.equal(high.toFixed(1), "91.7");
});

const over = (value: number): Duration => ({ value, observed: true });
const running = (value: number): Duration => ({ value, observed: false });

test("with nobody waiting still, the median wait is the plain median", () => {
  assert.equal(quantileOf(survivalOf([1, 2, 3, 4, 5].map(over)), 0.5), 3);
});

test("customers who still wait pull the median up instead of being dropped", () => {
  const steps = survivalOf([over(1), over(2), over(3), running(10), running(10), running(10), over(12)]);
  assert.equal(quantileOf(steps, 0.5), 12);
});

test("when fewer than half are answered, the median cannot be told yet", () => {
  assert.equal(quantileOf(survivalOf([over(1), running(2), running(2), running(2)]), 0.5), null);
});

test("the median lies in its interval", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ value: fc.integer({ min: 1, max: 500 }), observed: fc.boolean() }), { minLength: 5, maxLength: 60 }),
      (waits) => {
        const steps = survivalOf(waits);
        const median = quantileOf(steps, 0.5);
        const interval = medianInterval(steps);
        if (median !== null && interval !== null) assert.ok(interval.low <= median && median <= interval.high);
      },
    ),
  );
});

test("a clear change is told from chance", () => {
  assert.equal(sharesDiffer({ successes: 90, n: 100 }, { successes: 60, n: 100 }), true);
  assert.equal(sharesDiffer({ successes: 9, n: 10 }, { successes: 8, n: 10 }), false);
  const slow = Array.from({ length: 40 }, (_, index) => over(100 + index));
  const fast = Array.from({ length: 40 }, (_, index) => over(10 + index));
  assert.equal(waitsDiffer(slow, fast), true);
  assert.equal(waitsDiffer(slow, slow), false);
  const mean = (values: number[]) => meanOf(values) ?? assert.fail();
  assert.equal(meansDiffer(mean([60, 61, 62, 63]), mean([40, 41, 42, 43])), true);
  assert.equal(meansDiffer(mean([60, 40, 62, 43]), mean([59, 41, 61, 44])), false);
});
