import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, inWords, nextSpan, whatIsWrong } from "./spans.ts";

test("hours are put in order, and a day that ends at 00:00 ends at midnight", () => {
  assert.deepEqual(
    inOrder([
      ["13:00", "00:00"],
      ["09:00", "12:30"],
    ]),
    [
      ["09:00", "12:30"],
      ["13:00", "24:00"],
    ],
  );
});

test("a time may be typed in a hurry", () => {
  assert.deepEqual(
    inOrder([
      ["9", "1230"],
      ["13.00", " 17:30 "],
    ]),
    [
      ["09:00", "12:30"],
      ["13:00", "17:30"],
    ],
  );
  assert.match(whatIsWrong(inOrder([["nine", "17:30"]])) ?? "", /“nine” is not a time/);
  assert.match(whatIsWrong(inOrder([["9", "25"]])) ?? "", /“25:00” is not a time/);
});

test("what is wrong with a day is said in a sentence", () => {
  assert.equal(whatIsWrong([["17:00", "09:00"]]), "17:00 to 09:00 ends before it begins.");
  assert.match(whatIsWrong([["", "09:00"]]) ?? "", /both times/);
  const twice = inOrder([
    ["09:00", "13:00"],
    ["12:00", "15:00"],
  ]);
  assert.match(whatIsWrong(twice) ?? "", /overlaps/);
  assert.equal(whatIsWrong([]), null);
  assert.equal(whatIsWrong([["00:00", "24:00"]]), null);
});

test("a day is told in words", () => {
  assert.equal(inWords([]), "closed");
  assert.equal(inWords([["00:00", "24:00"]]), "all day");
  assert.equal(
    inWords([
      ["09:00", "12:30"],
      ["13:00", "17:30"],
    ]),
    "09:00 to 12:30 and 13:00 to 17:30",
  );
});

test("added hours begin an hour after those before them, while the day has room", () => {
  assert.deepEqual(nextSpan([]), ["09:00", "17:30"]);
  assert.deepEqual(nextSpan([["09:00", "12:30"]]), ["13:30", "16:30"]);
  assert.deepEqual(nextSpan([["09:00", "21:30"]]), ["22:30", "24:00"]);
  assert.equal(nextSpan([["00:00", "24:00"]]), null);
});
