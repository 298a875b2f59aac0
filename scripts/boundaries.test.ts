import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { findViolations, violationsOf } from "./boundaries.ts";

test("a planted import upward, sideways or past a door is found", () => {
  assert.match(violationsOf({ from: "features/access/keys.ts", to: "features/conversations/index.ts" }) ?? "", /through the log/);
  assert.match(violationsOf({ from: "features/orders/jobs.ts", to: "features/channels/email/index.ts" }) ?? "", /through the log/);
  assert.match(violationsOf({ from: "features/plays/listeners.ts", to: "features/orders/queries.ts" }) ?? "", /use its door/);
  assert.match(violationsOf({ from: "platform/jobs/index.ts", to: "features/access/index.ts" }) ?? "", /knows no room/);
  assert.match(violationsOf({ from: "app/http.ts", to: "features/orders/queries.ts" }) ?? "", /use its door/);
});

test("an import downward through the door is fine", () => {
  assert.equal(violationsOf({ from: "features/plays/listeners.ts", to: "features/orders/index.ts" }), null);
  assert.equal(violationsOf({ from: "features/orders/jobs.ts", to: "platform/jobs/index.ts" }), null);
});

test("the house keeps its own rule", () => {
  assert.deepEqual(findViolations(join(import.meta.dirname, "../server")), []);
});
