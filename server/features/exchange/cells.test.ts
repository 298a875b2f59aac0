import assert from "node:assert/strict";
import { test } from "node:test";
import { momentIn, Refusal } from "./cells.ts";

const read = (text: string): string | undefined => momentIn(new Map([["occurredAt", text]]), "occurredAt")?.toISOString();

test("a day that there is not is refused, and none is taken for the day after", () => {
  for (const text of ["2026-02-30", "2026-02-29T10:00:00Z", "2026-04-31 10:00", "2026-13-01", "2026-00-10T10:00:00Z", "+300000-01-01"])
    assert.throws(() => read(text), Refusal, text);
  assert.equal(read("2028-02-29T10:00:00+02:00"), "2028-02-29T08:00:00.000Z");
  assert.equal(read("2026-11-20 09:30"), "2026-11-20T09:30:00.000Z");
  assert.equal(read("2026-11-20"), "2026-11-20T00:00:00.000Z");
  assert.equal(read("1760000000"), "2025-10-09T08:53:20.000Z");
});
