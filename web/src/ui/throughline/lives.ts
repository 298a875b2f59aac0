import fc from "fast-check";
import type { Frame, Moment } from "./moments.ts";

/** The frame of the large line, for tests. */
export const largeFrame: Frame = {
  width: 1100,
  height: 260,
  bottom: 10,
  top: 95,
  start: 30,
  end: 60,
  threshold: 1,
  spacing: "time",
};

const words = ["On time", "2 h 10 late", "Wrote", "Rated us 2 of 5", "First answer after 26 h", "We wrote first"];

const anyStep = fc.record({
  gap: fc.integer({ min: 0, max: 90 * 86_400_000 }),
  score: fc.double({ min: 0, max: 100, noNaN: true }),
  points: fc.double({ min: -30, max: 30, noNaN: true }),
  spread: fc.double({ min: 0, max: 30, noNaN: true }),
  initiative: fc.constantFrom("reactive" as const, "proactive" as const),
  label: fc.constantFrom(...words),
});

/** Random lives of up to sixty moments. */
export const anyLife: fc.Arbitrary<Moment[]> = fc.array(anyStep, { maxLength: 60 }).map((steps) => {
  let at = Date.UTC(2026, 0, 1);
  return steps.map(({ gap, score, points, spread, initiative, label }) => ({
    at: (at += gap),
    score,
    points,
    low: Math.max(0, score - spread),
    high: Math.min(100, score + spread),
    initiative,
    label,
  }));
});
