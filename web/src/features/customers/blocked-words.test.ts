import assert from "node:assert/strict";
import { test } from "node:test";
import { blockedValueOf, meaningOf, shownValue, whyNotBlocked } from "./blocked-words.ts";

const rules = {
  own: { blocked: ["desk@*", "till-4"], allowed: ["test@*"], limits: {}, mergesPerHour: null },
  defaults: {
    blocked: [
      { value: "info@*", why: "shared" as const },
      { value: "test@*", why: "trial" as const },
    ],
    limits: { user_id: 1, external: 10, email: 10, phone: 5, social: 10, anonymous_id: 200 },
    mergesPerHour: 10,
  },
};

test("Ada may write a beginning with a star, with dots or with an ellipsis", () => {
  for (const words of [" Desk@* ", "desk@...", "DESK@…"]) assert.equal(blockedValueOf(words), "desk@*");
  assert.equal(blockedValueOf("till-4"), "till-4");
});

test("a value reads as what it holds back", () => {
  assert.deepEqual([shownValue("info@*"), meaningOf("info@*")], ["info@…", "Everything that begins with info@"]);
  assert.deepEqual([shownValue("till-4"), meaningOf("till-4")], ["till-4", "Only this"]);
});

test("what is blocked already, says nothing or says too much cannot be added", () => {
  assert.match(whyNotBlocked("", rules) ?? "", /Write a value/);
  assert.match(whyNotBlocked("*", rules) ?? "", /too much/);
  assert.match(whyNotBlocked("*@hotel.example", rules) ?? "", /at the end/);
  assert.match(whyNotBlocked("till-4", rules) ?? "", /already/);
  assert.match(whyNotBlocked("info@*", rules) ?? "", /from the start/);
  assert.match(whyNotBlocked("info@fjord.example", rules) ?? "", /by info@…/);
  assert.equal(whyNotBlocked("test@fjord.example", rules), null);
  assert.equal(whyNotBlocked("frontdesk@*", rules), null);
});
