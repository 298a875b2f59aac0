import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { hold, releaseHeld } from "./held.ts";

test("Ada's reply goes out after ten seconds, once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const send = mock.fn();
  const held = hold(send);
  mock.timers.tick(9_999);
  assert.equal(send.mock.callCount(), 0);
  mock.timers.tick(1);
  held.now();
  releaseHeld();
  assert.equal(send.mock.callCount(), 1);
  mock.timers.reset();
});

test("what Ada takes back never happens", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const send = mock.fn();
  hold(send).undo();
  mock.timers.tick(60_000);
  releaseHeld();
  assert.equal(send.mock.callCount(), 0);
  mock.timers.reset();
});

test("closing the page sends what still waits", () => {
  const send = mock.fn();
  hold(send);
  releaseHeld();
  assert.equal(send.mock.callCount(), 1);
});
