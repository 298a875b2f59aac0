import { heightOf, levelBefore, spread } from "./moments.ts";
import type { Frame, Moment } from "./moments.ts";

/** A moment's place in the drawing. */
export interface Dot {
  x: number;
  y: number;
  index: number;
  initiative: "reactive" | "proactive";
  folded: boolean;
}

/** A turn that the customer felt. */
export interface Turn {
  path: string;
  feeling: "good" | "poor";
  from: number;
  to: number;
}

/** Everything a component needs to show a line: paths and points, no more. */
export interface Drawing {
  line: string;
  turns: Turn[];
  band: string | null;
  dots: Dot[];
  ticks: { x: number; y: number }[];
  future: string | null;
  /** The line as points, for what must keep clear of it. */
  trace: { x: number; y: number }[];
}

const narrowest = 7;
const widest = 26;

/** Draws a life as a line: level between moments, turning only at a moment, each turn ending on it. */
export function drawLine(moments: readonly Moment[], frame: Frame): Drawing {
  const places = spread(moments, frame);
  const steps = moments.map((moment, index) => step(moments, places, frame, index, moment));
  return {
    line: linePath(steps, frame),
    turns: steps.flatMap((each) => each.turn ?? []),
    band: bandPath(moments, steps, frame),
    dots: steps.map((each) => each.dot),
    ticks: steps.flatMap((each) => each.ticks),
    future: futurePath(steps, frame),
    trace: steps.flatMap((each) => each.trace),
  };
}

interface Step {
  dot: Dot;
  /** Where the turn begins, and at what height. */
  turnX: number;
  turnY: number;
  turn: Turn | null;
  ticks: { x: number; y: number }[];
  trace: { x: number; y: number }[];
}

function step(moments: readonly Moment[], places: readonly number[], frame: Frame, index: number, moment: Moment): Step {
  const x = places[index] ?? 0;
  const y = heightOf(moment.score, frame);
  const start = index === 0 ? 0 : (places[index - 1] ?? 0);
  const turnX = x - turnWidth(x - start);
  const before = levelBefore(moments, index);
  const turnY = heightOf(before, frame);
  const change = moment.score - before;
  const felt = Math.abs(change) >= frame.threshold;
  const startY = index === 0 ? turnY : heightOf(moments[index - 1]?.score ?? moment.score, frame);
  const folded = (moment.count ?? 1) > 1;

  return {
    dot: { x, y, index, initiative: moment.initiative, folded },
    turnX,
    turnY,
    turn: felt
      ? { path: `M${n(turnX)} ${n(turnY)}${turnTo(turnX, turnY, x, y)}`, feeling: change > 0 ? "good" : "poor", from: turnX, to: x }
      : null,
    ticks: folded ? foldTicks(start, startY, turnX, turnY, moment.count ?? 1) : [],
    trace: [...between(start, startY, turnX, turnY), ...bend(turnX, turnY, x, y)],
  };
}

/** 7 to 26 pixels, never more than the gap itself. */
export function turnWidth(gap: number): number {
  return Math.min(gap, Math.min(widest, Math.max(narrowest, gap * 0.5)));
}

function linePath(steps: readonly Step[], frame: Frame): string {
  const first = steps[0];
  if (!first) return `M0 ${n(heightOf(50, frame))}H${n(frame.width)}`;
  const begin = first.dot.folded ? 0 : Math.min(first.turnX, Math.max(0, frame.start - widest));
  let path = `M${n(begin)} ${n(first.turnY)}`;
  for (const { turnX, turnY, dot } of steps) {
    path += `L${n(turnX)} ${n(turnY)}${turnTo(turnX, turnY, dot.x, dot.y)}`;
  }
  return path;
}

function bandPath(moments: readonly Moment[], steps: readonly Step[], frame: Frame): string | null {
  const known = moments.every((moment) => moment.low !== undefined && moment.high !== undefined);
  if (!known || steps.length < 2) return null;
  const high = moments.map((moment) => heightOf(moment.high ?? moment.score, frame));
  const low = moments.map((moment) => heightOf(moment.low ?? moment.score, frame));
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return null;

  let path = `M${n(first.dot.x)} ${n(high[0] ?? 0)}`;
  steps.slice(1).forEach(({ turnX, dot }, index) => {
    path += `L${n(turnX)} ${n(high[index] ?? 0)}${turnTo(turnX, high[index] ?? 0, dot.x, high[index + 1] ?? 0)}`;
  });
  path += `L${n(last.dot.x)} ${n(low.at(-1) ?? 0)}`;
  for (let index = steps.length - 1; index > 0; index -= 1) {
    const { turnX, dot } = steps[index] ?? last;
    const earlier = low[index - 1] ?? 0;
    path += `${turnTo(dot.x, low[index] ?? 0, turnX, earlier)}L${n(steps[index - 1]?.dot.x ?? 0)} ${n(earlier)}`;
  }
  return `${path}Z`;
}

function futurePath(steps: readonly Step[], frame: Frame): string | null {
  const last = steps.at(-1)?.dot;
  if (!last || !frame.future || frame.end < 8) return null;
  return `M${n(last.x + 4)} ${n(last.y)}H${n(frame.width)}`;
}

/** A cubic with level ends from one point to another. */
function turnTo(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (x1 + x2) / 2;
  return `C${n(middle)} ${n(y1)} ${n(middle)} ${n(y2)} ${n(x2)} ${n(y2)}`;
}

function foldTicks(x1: number, y1: number, x2: number, y2: number, count: number): { x: number; y: number }[] {
  const room = x2 - x1 - 12;
  const fitting = Math.max(2, Math.min(count, 12, Math.floor(room / 6)));
  return Array.from({ length: room < 8 ? 0 : fitting }, (_, index) => {
    const share = (6 + (room * index) / (fitting - 1)) / (x2 - x1);
    return { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share };
  });
}

function between(x1: number, y1: number, x2: number, y2: number): { x: number; y: number }[] {
  const pieces = Math.max(1, Math.ceil((x2 - x1) / 6));
  return Array.from({ length: pieces }, (_, index) => {
    const share = index / pieces;
    return { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share };
  });
}

/** Points on the cubic of `turnTo`: both handles stand in the middle, each level with its end. */
function bend(x1: number, y1: number, x2: number, y2: number): { x: number; y: number }[] {
  return [0, 0.15, 0.3, 0.5, 0.7, 0.85, 1].map((t) => ({
    x: x1 + (x2 - x1) * (1.5 * t * (1 - t) + t ** 3),
    y: y1 + (y2 - y1) * (3 * t ** 2 * (1 - t) + t ** 3),
  }));
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
