import assert from "node:assert/strict";
import { test } from "node:test";
import { documentOf } from "./editor-text.ts";

test("a blank line parts paragraphs, a single break stays in one", () => {
  const { content } = documentOf("Hello Maria,\n\nYes.\nTomorrow at 8.");
  assert.equal(content.length, 2);
  assert.deepEqual(
    content[1]?.content?.map((part) => part.type),
    ["text", "hardBreak", "text"],
  );
});

test("nothing written is one empty paragraph", () => {
  assert.deepEqual(documentOf(""), { type: "doc", content: [{ type: "paragraph" }] });
});
