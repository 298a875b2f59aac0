import assert from "node:assert/strict";
import { test } from "node:test";
import { sentimentOf } from "./sentiment.ts";

test("Anders, whose doughnuts came crushed, sounds cross", () => {
  assert.ok((sentimentOf("This is terrible. The box arrived crushed and I am very angry.")?.valence ?? 0) < -0.6);
});

test("Yuki, who loved the pistachio, sounds glad", () => {
  assert.ok((sentimentOf("Best pistachio in town, we loved it, wonderful!")?.valence ?? 0) > 0.6);
});

test("a negation turns the word round", () => {
  assert.ok((sentimentOf("I am not happy with this")?.valence ?? 0) < 0);
  assert.ok((sentimentOf("I don't like to complain, it was not bad")?.valence ?? 0) > 0);
});

test("a plain question says nothing of how somebody feels", () => {
  assert.equal(sentimentOf("Dear Sir, could you please help me? Where is order 1042? Thanks, Maria"), null);
  assert.equal(sentimentOf(""), null);
});
