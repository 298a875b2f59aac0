import assert from "node:assert/strict";
import { test } from "node:test";
import { draftApology, HOLDOUT_SHARE, isHeldOut } from "./draft-apology.ts";

const settings = { lateDelivery: true, lateSubject: null, lateText: null, couponCode: null, couponText: null };
const facts = {
  company: "Glaze & Co.",
  name: "Maria Lindqvist",
  orderNumber: "1042",
  items: "Box of 24",
  promisedAt: new Date("2026-11-13T10:00:00Z"),
  deliveredAt: null,
  timeZone: "Europe/London",
  locale: "en-GB",
};

test("Maria reads which order was promised for when, in her own time", () => {
  const { subject, text } = draftApology(facts, settings, null);
  assert.equal(subject, "Your order 1042 is late, and we are sorry");
  assert.match(text, /^Hello Maria,/);
  assert.match(text, /1042 \(Box of 24\) for Friday 13 November at 10:00/);
  assert.doesNotMatch(text, /\{|coupon/);
});

test("once the box has come, the apology says when", () => {
  assert.match(
    draftApology({ ...facts, deliveredAt: new Date("2026-11-13T13:40:00Z") }, settings, null).text,
    /it came at Friday 13 November at 13:40/,
  );
});

test("the workspace's own words are used, and a coupon is added only for those who get one", () => {
  const own = { ...settings, lateText: "{greeting} order {order} is late.", couponText: "Take {coupon}." };
  assert.equal(draftApology(facts, own, "SORRY10").text, "Hello Maria, order 1042 is late.\n\nTake SORRY10.\n\nGlaze & Co.");
  assert.equal(draftApology(facts, own, null).text, "Hello Maria, order 1042 is late.\n\nGlaze & Co.");
});

test("about one order in ten is held out, and always the same ones", () => {
  const drawn = Array.from({ length: 10_000 }, (_, id) => isHeldOut(1, id));
  const share = drawn.filter(Boolean).length / drawn.length;
  assert.ok(Math.abs(share - HOLDOUT_SHARE) < 0.012, `${share}`);
  assert.deepEqual(
    drawn,
    Array.from({ length: 10_000 }, (_, id) => isHeldOut(1, id)),
  );
});
