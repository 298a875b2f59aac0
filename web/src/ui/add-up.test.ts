import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addUp } from "./add-up.ts";

const anyPieces = fc.array(
  fc.record({
    interactionId: fc.uuid(),
    reason: fc.constantFrom("Box on time", "Late", "Rated us 2 of 5"),
    points: fc.double({ min: -20, max: 20, noNaN: true }),
  }),
  { maxLength: 40 },
);

test("what made a score adds up on screen, to the tenth", () => {
  fc.assert(
    fc.property(anyPieces, fc.integer({ min: 3, max: 9 }), (pieces, most) => {
      const score = 50 + pieces.reduce((sum, piece) => sum + piece.points, 0);
      const shown = addUp(pieces, score, most);
      const sum = shown.reduce((total, row) => total + Math.round(row.points * 10), 0);
      if (pieces.length > 0) assert.equal(sum, Math.round((score - 50) * 10) + 0);
      assert.ok(shown.length <= most);
    }),
  );
});

test("Maria's 32 is 50 less 13.1, less 7.8, and 2.9 more", () => {
  const rows = addUp(
    [
      { interactionId: "a", reason: "Rated us 2 of 5", points: -13.1 },
      { interactionId: "b", reason: "Box late", points: -7.8 },
      { interactionId: "c", reason: "On time, three times", points: 2.9 },
    ],
    32,
    7,
  );
  assert.deepEqual(
    rows.map((row) => row.points),
    [-13.1, -7.8, 2.9],
  );
});
