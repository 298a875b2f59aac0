import assert from "node:assert/strict";
import { test } from "node:test";
import { deadlineWords } from "./deadline-words.ts";

const startedAt = "2026-11-19T09:50:00Z";
const at = "2026-11-19T13:50:00Z";
const when = (time: string): number => new Date(`2026-11-19T${time}:00Z`).getTime();

test("Maria's answer is due far off, soon, then late", () => {
  const running = { at, startedAt, state: "running" as const };
  assert.equal(deadlineWords(running, when("10:42"), "Maria").tone, "far");
  assert.equal(deadlineWords(running, when("10:42"), "Maria").left, "3 h 08 left");
  assert.equal(deadlineWords(running, when("13:00"), "Maria").tone, "soon");
  assert.equal(deadlineWords(running, when("14:30"), "Maria").short, "40 min late");
});

test("what is due another day says which, and at what time", () => {
  const due = (day: string) =>
    deadlineWords({ at: `${day}T12:00:00`, startedAt, state: "running" }, new Date("2026-11-19T10:00:00").getTime(), "Maria").short;
  assert.equal(due("2026-11-23"), "Due Mon 12:00");
  assert.match(due("2026-11-27"), /^Due Fri,? 27 Nov$/);
});

test("while Maria is asked something, it is her turn", () => {
  assert.equal(deadlineWords({ at, startedAt, state: "paused" }, when("14:30"), "Maria").short, "Waiting on Maria");
});
