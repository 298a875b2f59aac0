import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawLine } from "./draw-line.ts";
import { anyLife, largeFrame } from "./lives.ts";
import type { Moment } from "./moments.ts";
import { placeLabels, widthOf } from "./place-labels.ts";

const height = 30;

function labelled(life: readonly Moment[]) {
  const drawing = drawLine(life, largeFrame);
  const wanted = drawing.dots.map((dot, index) => ({ x: dot.x, y: dot.y, width: widthOf(life[index]?.label ?? "", 12), height }));
  const room = { width: largeFrame.width, top: -40, bottom: largeFrame.height + 40, trace: drawing.trace };
  return { drawing, wanted, room, placed: placeLabels(wanted, room) };
}

test("no two labels of any life cross", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const { placed } = labelled(life);
      for (const [index, a] of placed.entries()) {
        for (const b of placed.slice(index + 1)) {
          const apart = a.left + a.width <= b.left || b.left + b.width <= a.left || a.top + a.height <= b.top || b.top + b.height <= a.top;
          assert.ok(apart);
        }
      }
    }),
  );
});

test("no label covers the line, and each stays in the room beside its own dot", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const { placed, room, wanted } = labelled(life);
      for (const box of placed) {
        assert.ok(box.left >= 0 && box.left + box.width <= room.width + 0.01);
        assert.ok(box.top >= room.top && box.top + box.height <= room.bottom);
        const dot = wanted[box.index];
        assert.ok(dot && dot.x >= box.left - 8 && dot.x <= box.left + box.width + 8);
        for (const point of room.trace) {
          const inside = point.x > box.left && point.x < box.left + box.width && point.y > box.top && point.y < box.top + box.height;
          assert.ok(!inside);
        }
      }
    }),
  );
});

test("when it is crowded the newest keep their labels and the oldest go without", () => {
  const crowd = Array.from({ length: 60 }, (_, index) => ({ x: 100 + index * 4, y: 100, width: 80, height }));
  const placed = placeLabels(crowd, { width: 400, top: 0, bottom: 200, trace: [] });
  assert.ok(placed.length > 2 && placed.length < 30);
  assert.ok(placed.some((box) => box.index === 59));
  assert.ok(placed.some((box) => box.index === 58));
});

test("a single moment is labelled", () => {
  const { placed } = labelled([{ at: 0, score: 60, points: 10, initiative: "reactive", label: "First box" }]);
  assert.equal(placed.length, 1);
});

test("labels alternate above and below while there is room", () => {
  const life = Array.from({ length: 6 }, (_, index) => ({ x: 100 + index * 150, y: 130, width: 60, height }));
  const placed = placeLabels(life, { width: 1100, top: 0, bottom: 260, trace: [] });
  placed.slice(1).forEach((box, index) => assert.notEqual(box.side, placed[index]?.side));
});
