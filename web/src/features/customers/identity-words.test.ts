import assert from "node:assert/strict";
import { test } from "node:test";
import { byWords, sourceWords } from "./identity-words.ts";

test("who said so is named where it is known", () => {
  assert.equal(sourceWords("src_1", "Web shop"), "from Web shop");
  assert.equal(sourceWords("src_1"), "from a source");
  assert.equal(sourceWords("import"), "from a file");
});

test("by whom two were found to be one is said: a member by name, a key as a key", () => {
  assert.equal(byWords("member", "Ada Okafor", null), "By Ada Okafor");
  assert.equal(byWords("key", null, null), "By an API key");
  assert.equal(byWords("src_1", null, "Web shop"), "From Web shop");
});
