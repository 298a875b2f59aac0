import assert from "node:assert/strict";
import { test } from "node:test";
import { spentOn } from "./spent.ts";

test("what Isla bought in pounds and in euros is not added up as one", () => {
  const orders = [
    { state: "delivered", total: 30, currency: "GBP" },
    { state: "placed", total: 80, currency: "EUR" },
    { state: "delivered", total: 26.4, currency: "GBP" },
    { state: "cancelled", total: 500, currency: "GBP" },
    { state: "placed", total: null, currency: null },
  ] as const;
  assert.equal(spentOn(orders), "£56 and €80");
  assert.equal(spentOn(orders.slice(0, 1)), "£30");
  assert.equal(spentOn([]), "");
});
