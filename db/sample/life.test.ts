import assert from "node:assert/strict";
import { test } from "node:test";
import { EFFECTS } from "./effects.ts";
import { live } from "./life.ts";

const world = { seed: 7, size: 300, now: new Date("2026-11-20T12:00:00Z"), promisedMinutes: 240 };

test("the same seed lives the same life, another seed another", () => {
  assert.deepEqual(live(world), live(world));
  assert.notDeepEqual(live({ ...world, seed: 8 }), live(world));
});

test("nothing in the sample happens in the future, or before it was ordered", () => {
  for (const { orders, conversations } of live(world)) {
    for (const order of orders) {
      assert.ok(order.placedAt < world.now && order.placedAt < order.promisedAt);
      assert.ok(order.deliveredAt === null || order.deliveredAt <= world.now);
    }
    for (const { messages, closedAt } of conversations) {
      assert.ok(messages.every((message, index) => message.at <= world.now && message.at >= (messages[index - 1]?.at ?? message.at)));
      assert.ok(closedAt === null || closedAt >= (messages.at(-1)?.at ?? closedAt));
    }
  }
});

test("late boxes and slow answers really make people leave, as strongly as it says", () => {
  const many = live({ ...world, size: 6000 });
  const leftShare = (poor: (count: number) => boolean): number => {
    const its = many.filter((life) => poor(life.poor));
    return its.filter((life) => life.leftAt !== null).length / its.length;
  };
  assert.ok(leftShare((poor) => poor === 0) < 0.1);
  assert.ok(leftShare((poor) => poor >= 2) > leftShare((poor) => poor === 1) + 0.1);
  assert.ok(leftShare((poor) => poor === 1) > (EFFECTS.leavesAfterPoor[1] ?? 0) * 0.9);
});
