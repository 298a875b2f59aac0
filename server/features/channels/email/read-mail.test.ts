import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { readMail, stopReading } from "./read-mail.ts";

after(stopReading);

test("María's mail is parsed, classified, separated and sanitised away from the main thread", async () => {
  const outcome = await readMail(readFileSync(new URL("./fixtures/late-box.eml", import.meta.url)));
  if (outcome.outcome !== "read") throw new Error(outcome.reason);
  assert.equal(outcome.mail.classification.class, "customer");
  assert.equal(
    outcome.mail.visible,
    "Hello Ada,\n\nthe box for my daughter's birthday is not here. It cost 24 € and the party is at four!",
  );
  assert.match(outcome.mail.safeHtml ?? "", /src="attachment\/photo%40kunde"/);
  assert.ok(Buffer.isBuffer(outcome.mail.attachments[0]?.bytes));
});

test("a mail that takes too long is set aside, and the next one is read", async () => {
  const slow = Buffer.from(`From: a@b.example\nContent-Type: text/html\n\n${"<div>".repeat(200_000)}`);
  const outcome = await readMail(slow, { time: 200 });
  assert.deepEqual(outcome, { outcome: "set-aside", reason: "It could not be read within 0.2 s." });
  assert.equal((await readMail(Buffer.from("From: a@b.example\n\nnext"))).outcome, "read");
});

test("while a hostile mail is read, the process answers others", async () => {
  const reading = readMail(Buffer.from(`From: a@b.example\nContent-Type: text/html\n\n${"<div>".repeat(100_000)}`));
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 5);
  await reading;
  clearInterval(ticking);
  assert.ok(ticks > 20);
});
