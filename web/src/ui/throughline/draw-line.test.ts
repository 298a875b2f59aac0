import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawLine, turnWidth } from "./draw-line.ts";
import { foldMoments } from "./fold-moments.ts";
import { levelBefore } from "./moments.ts";
import { lineSentence } from "./sentence.ts";
import { anyLife, largeFrame } from "./lives.ts";

const numbers = (path: string): number[] => path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];

test("every dot of a life stands inside the frame, in the order of its moments", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const { dots } = drawLine(life, largeFrame);
      assert.equal(dots.length, life.length);
      dots.forEach((dot, index) => {
        assert.ok(dot.x >= 0 && dot.x <= largeFrame.width);
        assert.ok(dot.y >= 0 && dot.y <= largeFrame.height);
        assert.ok(dot.x >= (dots[index - 1]?.x ?? 0));
      });
    }),
  );
});

test("no path ever holds anything but numbers", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const drawing = drawLine(life, { ...largeFrame, future: true });
      for (const path of [drawing.line, drawing.band ?? "", drawing.future ?? "", ...drawing.turns.map((turn) => turn.path)]) {
        assert.doesNotMatch(path, /NaN|Infinity|undefined/);
      }
    }),
  );
});

test("a turn ends on its moment and is 7 to 26 pixels wide where there is room", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 900, noNaN: true }), (gap) => {
      const width = turnWidth(gap);
      assert.ok(width <= gap);
      assert.ok(width <= 26);
      if (gap >= 7) assert.ok(width >= 7);
    }),
  );
  fc.assert(
    fc.property(anyLife, (life) => {
      const { turns, dots } = drawLine(life, largeFrame);
      for (const turn of turns) assert.ok(dots.some((dot) => dot.x === turn.to));
    }),
  );
});

test("turns are coloured by where they go: up is good, down is poor", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      for (const turn of drawLine(life, largeFrame).turns) {
        const [, from, , , , , , to] = numbers(turn.path);
        if (from === undefined || to === undefined) continue;
        if (turn.feeling === "good") assert.ok(to <= from);
        else assert.ok(to >= from);
      }
    }),
  );
});

test("between moments the score only ever fades towards 50", () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      life.forEach((_, index) => {
        const last = life[index - 1]?.score;
        if (last === undefined) return;
        const level = levelBefore(life, index);
        assert.ok(level >= Math.min(last, 50) - 1e-9 && level <= Math.max(last, 50) + 1e-9);
      });
    }),
  );
});

test("folding keeps every moment counted and every point", () => {
  fc.assert(
    fc.property(anyLife, fc.integer({ min: 4, max: 30 }), (life, fitting) => {
      const folded = foldMoments(life, fitting);
      assert.ok(folded.length <= Math.max(fitting, 1) || folded.length <= life.length);
      assert.equal(
        folded.reduce((sum, moment) => sum + (moment.count ?? 1), 0),
        life.length,
      );
      const points = (moments: typeof life): number => moments.reduce((sum, moment) => sum + moment.points, 0);
      assert.ok(Math.abs(points(folded) - points(life)) < 1e-6);
    }),
  );
});

test("eighty boxes every Friday fold into one moment with ticks", () => {
  const life = Array.from({ length: 83 }, (_, week) => ({
    at: week * 604_800_000,
    score: 70,
    points: 0.1,
    initiative: "reactive" as const,
    label: `Order ${3000 + week} on time`,
  }));
  const folded = foldMoments([{ at: -1, score: 60, points: 10, initiative: "reactive", label: "First box" }, ...life], 20);
  assert.equal(folded.length, 2);
  assert.equal(folded[1]?.count, 83);
  assert.equal(folded[1]?.label, "Order on time");
  assert.ok(drawLine(folded, largeFrame).ticks.length > 3);
});

test("Maria's line reads as a sentence", () => {
  const day = (at: number): string => (at < 5 ? "2 November" : "6 November");
  const moment = (at: number, score: number, points: number) => ({ at, score, points, initiative: "reactive" as const });
  assert.equal(
    lineSentence([moment(1, 72, 4), moment(6, 56, -16), moment(7, 46, -10)], day),
    "72 until 6 November, falling to 46; two poor experiences",
  );
  assert.equal(lineSentence([], day), "No moments yet. The line starts with the first one.");
});
