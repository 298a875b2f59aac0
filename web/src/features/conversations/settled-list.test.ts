import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { settle } from "./settled-list.ts";

const list = (...ids: string[]) => ids.map((id) => ({ id }));
const idsOf = (items: readonly { id: string }[]): string[] => items.map((item) => item.id);

test("nothing moves under Ada's pointer: Maria's new message waits behind a count", () => {
  const { shown, waiting } = settle(list("maria", "anders", "chioma"), ["anders", "chioma"]);
  assert.deepEqual(idsOf(shown), ["anders", "chioma"]);
  assert.equal(waiting, 1);
});

test("a conversation that moves to the top is one change", () => {
  const { shown, waiting } = settle(list("chioma", "maria", "anders"), ["maria", "anders", "chioma"]);
  assert.deepEqual(idsOf(shown), ["maria", "anders", "chioma"]);
  assert.equal(waiting, 1);
});

test("what Ada closed leaves at once", () => {
  const { shown, waiting } = settle(list("anders"), ["maria", "anders"]);
  assert.deepEqual(idsOf(shown), ["anders"]);
  assert.equal(waiting, 0);
});

test("more loaded at the foot is no news", () => {
  assert.equal(settle(list("maria", "anders", "chioma", "jonas"), ["maria", "anders"]).waiting, 0);
});

test("let go, the list is the latest", () => {
  assert.deepEqual(settle(list("b", "a"), null), { shown: list("b", "a"), waiting: 0 });
});

test("a held list never counts more changes than there are rows, and none when nothing changed", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 }), (ids) => {
      assert.equal(settle(list(...ids), ids).waiting, 0);
      const { waiting } = settle(list(...[...ids].reverse()), ids);
      assert.ok(waiting >= 0 && waiting <= ids.length);
    }),
  );
});
