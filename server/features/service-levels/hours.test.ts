import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dueAt, minutesWithin, standAt, whatIsWrong, type BusinessHours } from "./hours.ts";

const weekday = [
  ["09:00", "12:30"],
  ["13:00", "17:30"],
] as const;
const london: BusinessHours = {
  timeZone: "Europe/London",
  days: [weekday, weekday, weekday, weekday, weekday, [], []],
  holidays: ["2026-12-25"],
};

test("Maria writes at 09:50, and four hours with a lunch between are over at 14:20", () => {
  assert.equal(dueAt(new Date("2026-11-19T09:50:00Z"), 240, london)?.toISOString(), "2026-11-19T14:20:00.000Z");
});

test("Anders writes on Saturday, and his clock starts on Monday at nine", () => {
  assert.equal(dueAt(new Date("2026-11-21T10:00:00Z"), 30, london)?.toISOString(), "2026-11-23T09:30:00.000Z");
});

test("Christmas day does not count", () => {
  assert.equal(dueAt(new Date("2026-12-24T17:00:00Z"), 60, london)?.toISOString(), "2026-12-28T09:30:00.000Z");
});

test("when the clocks go back, a shop that never closes is due an hour earlier by the wall", () => {
  const always = [["00:00", "24:00"]] as const;
  const open: BusinessHours = { timeZone: "Europe/Berlin", days: Array.from({ length: 7 }, () => always), holidays: [] };
  assert.equal(dueAt(new Date("2026-10-24T22:30:00Z"), 180, open)?.toISOString(), "2026-10-25T01:30:00.000Z");
});

test("without any hours nothing is ever due", () => {
  assert.equal(dueAt(new Date("2026-11-19T09:50:00Z"), 1, { ...london, days: [[], [], [], [], [], [], []] }), null);
});

test("at noon on Friday it is open until lunch, at lunch closed until one, and over the weekend until Monday at nine", () => {
  const at = (moment: string) => {
    const { open, until } = standAt(new Date(moment), london);
    return [open, until?.toISOString() ?? null];
  };
  assert.deepEqual(at("2026-11-20T12:00:00Z"), [true, "2026-11-20T12:30:00.000Z"]);
  assert.deepEqual(at("2026-11-20T12:30:00Z"), [false, "2026-11-20T13:00:00.000Z"]);
  assert.deepEqual(at("2026-11-20T17:30:00Z"), [false, "2026-11-23T09:00:00.000Z"]);
  assert.deepEqual(at("2026-12-24T17:30:00Z"), [false, "2026-12-28T09:00:00.000Z"]);
});

test("hours that meet at midnight are one opening, and a shop that never closes has no end in sight", () => {
  const day = [["00:00", "24:00"]] as const;
  const moment = new Date("2026-11-20T12:00:00Z");
  const twoDays = { ...london, days: [[], [], [], [], day, day, []] };
  assert.deepEqual(standAt(moment, twoDays), { open: true, until: new Date("2026-11-22T00:00:00Z") });
  const always = { ...london, days: Array.from({ length: 7 }, () => day), holidays: [] };
  assert.deepEqual(standAt(moment, always), { open: true, until: null });
  const never = { ...london, days: [[], [], [], [], [], [], []] };
  assert.deepEqual(standAt(moment, never), { open: false, until: null });
});

test("exactly the promised minutes lie between arrival and deadline, whenever it was", () => {
  const moments = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2026-12-31T00:00:00Z"), noInvalidDate: true });
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 5000 }), (start, minutes) => {
      const due = dueAt(start, minutes, london);
      assert.ok(due);
      assert.ok(Math.abs(minutesWithin(start, due, london) - minutes) < 1e-6);
    }),
  );
});

test("hours that overlap or end before they begin are refused with a sentence", () => {
  const broken = (day: BusinessHours["days"][number]) => whatIsWrong({ ...london, days: [day, [], [], [], [], [], []] });
  assert.match(
    broken([
      ["09:00", "12:00"],
      ["11:00", "13:00"],
    ]) ?? "",
    /overlap/,
  );
  assert.match(broken([["17:00", "09:00"]]) ?? "", /end before/);
  assert.match(broken([["9", "10"]]) ?? "", /not times/);
  assert.match(whatIsWrong({ ...london, holidays: ["2026-02-30"] }) ?? "", /not a date/);
  assert.equal(whatIsWrong(london), null);
});
