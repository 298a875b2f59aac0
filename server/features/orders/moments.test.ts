import assert from "node:assert/strict";
import { test } from "node:test";
import { expectMoment, expectSum, readMoment } from "./moments.ts";

test("a moment keeps its offset's meaning, and nothing is ordered in the years 1, 9999 or at second 60", () => {
  assert.equal(readMoment("2026-11-20T10:00:00+01:00"), "2026-11-20T09:00:00.000Z");
  for (const text of ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-20T23:59:60Z", "soon"]) {
    assert.equal(readMoment(text), undefined);
    assert.throws(() => expectMoment("promisedAt", text), { status: 400 });
  }
  assert.equal(expectMoment("promisedAt", null), undefined);
});

test("a total of 10^21 is told to be too large", () => {
  assert.equal(expectSum("total", 409.94), 409.94);
  assert.throws(() => expectSum("total", 1e21), { status: 400 });
});
