import assert from "node:assert/strict";
import { test } from "node:test";
import { isSingle, nameOf, printed } from "./key-names.ts";

const pressed = (key: string, held: Partial<Record<"metaKey" | "ctrlKey" | "shiftKey" | "altKey", boolean>> = {}) =>
  nameOf({ key, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false, ...held });

test("keys are named as the map writes them", () => {
  assert.equal(pressed("j"), "j");
  assert.equal(pressed("J", { shiftKey: true }), "shift+j");
  assert.equal(pressed("?", { shiftKey: true }), "?");
  assert.equal(pressed("k", { metaKey: true }), "mod+k");
  assert.equal(pressed("Enter", { ctrlKey: true, shiftKey: true }), "mod+shift+enter");
  assert.equal(pressed("Escape"), "escape");
});

test("single keys rest while somebody types; the others do not", () => {
  assert.ok(isSingle("e"));
  assert.ok(isSingle("g i"));
  assert.ok(!isSingle("mod+enter"));
  assert.ok(!isSingle("escape"));
});

test("key caps read as the keyboard does", () => {
  assert.equal(printed("mod+shift+enter", true), "⌘⇧↵");
  assert.equal(printed("mod+k", false), "Ctrl K");
  assert.equal(printed("g i", false), "G then I");
});
