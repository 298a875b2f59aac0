import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { testDatabase } from "../../testing/database.ts";
import { arrayLiteral } from "./array-literal.ts";
import { pool } from "./index.ts";

before(async () => void (await testDatabase()));

test("numbers, moments and nothing come back as they were", async () => {
  const moment = new Date("2026-03-01T12:00:00.123Z");
  const { rows } = await pool().query("SELECT $1::bigint[] AS numbers, $2::timestamptz[] AS moments, $3::float8[] AS none", [
    arrayLiteral([1, null, -9007199254740991]),
    arrayLiteral([moment, null]),
    arrayLiteral([]),
  ]);
  assert.deepEqual({ ...rows[0] }, { numbers: [1, null, -9007199254740991], moments: [moment, null], none: [] });
});

test("any text comes back as it was: quotes, backslashes, braces, line ends, the word NULL", async () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom("NULL", "", "{}", '"', "\\", "a,b", "\n\t", "\\n"),
      fc.string({ unit: "grapheme" }).filter((word) => !word.includes("\0")),
    ),
  );
  await fc.assert(
    fc.asyncProperty(words, async (list) => {
      const { rows } = await pool().query("SELECT $1::text[] AS words", [arrayLiteral(list)]);
      assert.deepEqual(rows[0].words, list);
    }),
    { numRuns: 200 },
  );
});
