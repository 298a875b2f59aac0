import assert from "node:assert/strict";
import { test } from "node:test";
import { staleKeys } from "./stale-keys.ts";

const base = { id: "int_1", customerId: null, conversationId: null, orderId: null, memberId: null, occurredAt: "2026-11-19T09:50:00Z" };

test("a new message of Maria makes her thread, her page and the list out of date", () => {
  const keys = staleKeys([{ ...base, kind: "message.received", customerId: "cus_1", conversationId: "con_1" }]).map((key) => key.join("/"));
  for (const key of ["conversations/list", "conversations/messages/con_1", "customers/experience/cus_1", "board"]) {
    assert.ok(keys.includes(key), key);
  }
});

test("a late order makes the proposals out of date", () => {
  const keys = staleKeys([{ ...base, kind: "order.late", customerId: "cus_1", orderId: "ord_1" }]).map((key) => key.join("/"));
  assert.ok(keys.includes("proposals"));
  assert.ok(keys.includes("customers/orders/cus_1"));
});

test("a hundred messages of one thread name each part once", () => {
  const item = { ...base, kind: "message.received", customerId: "cus_1", conversationId: "con_1" };
  assert.equal(staleKeys(Array.from({ length: 100 }, () => item)).length, staleKeys([item]).length);
});
