import assert from "node:assert/strict";
import { test } from "node:test";
import { storableJson } from "./storable-json.ts";

test("what Postgres would refuse in JSON is replaced, all else stays", () => {
  assert.equal(storableJson({ text: "🍩".slice(0, 1), list: ["a\0b"] }), '{"text":"\ufffd","list":["ab"]}');
  assert.equal(storableJson({ text: "🍩 \\u0000" }), '{"text":"🍩 \\\\u0000"}');
  assert.equal(storableJson({ "a\0": { "🍩\ud83c": 1 } }), '{"a":{"🍩\ufffd":1}}');
  assert.equal(storableJson(null), "null");
});
