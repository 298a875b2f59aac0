import assert from "node:assert/strict";
import { test } from "node:test";
import { linkAttachments } from "./link-attachments.ts";

test("a message's own images point to its attachments, others lose their address", () => {
  const html = '<p>Look: <img alt="door" src="attachment/photo%40kunde" /><img src="attachment/none" /></p>';
  assert.equal(
    linkAttachments(html, (id) => (id === "photo@kunde" ? "/files/1?a&b" : null)),
    '<p>Look: <img alt="door" src="/files/1?a&amp;b" /><img /></p>',
  );
});
