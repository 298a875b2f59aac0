import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { measureBounces } from "./bounces.ts";
import { measureHtml } from "./html.ts";
import { measureMail } from "./mail.ts";
import { measureReplyText } from "./reply-text.ts";

const fixtures = fileURLToPath(new URL("../server/features/channels/email/fixtures", import.meta.url));

test("no trick runs or loads anything in a real Chromium once the sanitiser is done", async () => {
  const { cases, executed, loaded } = await measureHtml(join(fixtures, "html-tricks.json"));
  assert.ok(cases > 80);
  assert.deepEqual({ executed, loaded }, { executed: 0, loaded: 0 });
});

test("the measure itself sees what runs and what loads", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "throughline-eval-")), "tricks.json");
  writeFileSync(
    file,
    JSON.stringify([
      { payload: "<script>alert(1)</script>" },
      { payload: "<img src=http://elsewhere.example/a.png>" },
      { payload: "<b>x</b>" },
    ]),
  );
  const { cases, executed, loaded } = await measureHtml(file, (html) => html);
  assert.deepEqual({ cases, executed, loaded }, { cases: 3, executed: 1, loaded: 1 });
});

test("bounces and complaints are told from customers", async () => {
  const { files, bounce, complaint, customer, byFile } = await measureBounces(fixtures);
  assert.deepEqual({ files, bounce, complaint, customer }, { files: 4, bounce: 2, complaint: 1, customer: 1 });
  assert.equal(byFile["late-box.eml"], "customer");
});

test("a reply is compared after trimming, with its signature or without", async () => {
  const dir = mkdtempSync(join(tmpdir(), "throughline-eval-"));
  writeFileSync(join(dir, "one.txt"), "Thank you!\n\n-- \nMaria\n");
  writeFileSync(join(dir, "two.txt"), "No.\n\nOn 4 May 2026 Ada wrote:\n> Yes?\n");
  writeFileSync(join(dir, "three.txt"), "Hello");
  writeFileSync(join(dir, "expected.json"), JSON.stringify({ one: "Thank you!\n\n-- \nMaria", two: "No.\n", "three.txt": "Goodbye" }));
  const found = await measureReplyText(join(dir, "expected.json"), dir);
  assert.deepEqual(found, { cases: 3, exact: 2, withoutSignature: 1, misses: ["three.txt"] });
});

test("each file goes the whole way, and none is lost", async () => {
  const { files, messages, setAside, crashed, lost, outcomes } = await measureMail(fixtures);
  assert.deepEqual({ files, messages, setAside, crashed, lost }, { files: 4, messages: 4, setAside: [], crashed: 0, lost: 0 });
  assert.deepEqual(outcomes, { message: 1, bounce: 2, complaint: 1 });
});
