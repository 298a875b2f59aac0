import assert from "node:assert/strict";
import { test } from "node:test";
import { changeWords } from "./change-words.ts";

test("Tom's new role is told beside his old one", () => {
  assert.equal(changeWords({ role: "agent", name: "Tom" }, { role: "admin", name: "Tom" }), "role: agent, now admin");
});

test("what is new is told alone, and so is what went", () => {
  assert.equal(changeWords(null, { address: "hello@glaze.example" }), "address: hello@glaze.example");
  assert.equal(changeWords({ email: "tom@glaze.example" }, null), "email: tom@glaze.example");
});

test("names are made plain, and what is too long or deep for a list is left out", () => {
  assert.equal(
    changeWords({ firstResponseMinutes: 240, hours: {} }, { firstResponseMinutes: 120, hours: { days: [] } }),
    "first response minutes: 240, now 120",
  );
  assert.equal(changeWords(null, { lateText: "x".repeat(200), lateDelivery: true }), "late delivery: yes");
  assert.equal(changeWords(null, null), "");
});
