import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { classifyMail, type MailClassification } from "./classify-mail.ts";
import { parseMail } from "./parse-mail.ts";

function classify(raw: Buffer | string): MailClassification {
  const parsed = parseMail(Buffer.from(raw));
  if (parsed.outcome !== "parsed") throw new Error(parsed.reason);
  return classifyMail(parsed.mail);
}

function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}.eml`, import.meta.url));
}

test("María's mail is a customer's", () => assert.equal(classify(fixture("late-box")).class, "customer"));

test("a delivery report says whom it could not reach, and of which message of ours (RFC 3464)", () => {
  const { class: kind, bounce } = classify(fixture("bounce-report"));
  assert.equal(kind, "bounce");
  assert.deepEqual(bounce, {
    permanent: true,
    originalMessageId: "3f.1.abcdefghijklmnop@glaze.example",
    recipients: [
      {
        address: "maria@kunde.example",
        action: "failed",
        status: "5.1.1",
        diagnostic: "550 5.1.1 <m.krueger@kunde.example>: no such user here",
      },
      { address: "noor@kunde.example", action: "delayed", status: "4.4.1", diagnostic: null },
    ],
  });
});

test("a bounce in words is understood too", () => {
  const { class: kind, bounce } = classify(fixture("bounce-words"));
  assert.equal(kind, "bounce");
  assert.equal(bounce?.originalMessageId, "3f.2.abcdefghijklmnop@glaze.example");
  assert.deepEqual(bounce?.recipients, [
    { address: "maria@kunde.example", action: "failed", status: "5.1.1", diagnostic: "Remote host said: 550 5.1.1 User unknown (#5.1.1)" },
  ]);
});

test("a complaint names who complained, and of what (RFC 5965)", () => {
  assert.deepEqual(classify(fixture("complaint")).complaint, {
    feedbackType: "abuse",
    recipient: "noor@provider.example",
    originalMessageId: "3f.3.abcdefghijklmnop@glaze.example",
  });
});

test("machines that answer by themselves are known by what they write in the head", () => {
  const kind = (fields: string): string => classify(`From: noor@kunde.example\nTo: help@glaze.example\n${fields}\n\nI am away.`).class;
  assert.equal(kind("Auto-Submitted: auto-replied (vacation)"), "auto-reply");
  assert.equal(kind("Auto-Submitted: no"), "customer");
  assert.equal(kind("X-Autoreply: yes"), "auto-reply");
  assert.equal(kind("Subject: Automatische Antwort: Ihre Box"), "auto-reply");
  assert.equal(kind("Subject: =?utf-8?B?6Ieq5YuV6L+U5L+h?="), "auto-reply");
  assert.equal(kind("Subject: Out of office today, please deliver on Friday"), "customer");
  assert.equal(kind("Precedence: bulk"), "mailing-list");
  assert.equal(kind("List-Id: <doughnuts.list.example>"), "mailing-list");
  assert.equal(kind("List-Id: <doughnuts.list.example>\nSubject: You are not a member (doughnuts)"), "auto-reply");
});

test("a customer who forwards or speaks of a bounce is still a customer", () => {
  const kind = (subject: string, text: string): string => classify(`From: Noor <noor@kunde.example>\nSubject: ${subject}\n\n${text}`).class;
  assert.equal(kind("Fwd: Undelivered Mail Returned to Sender", "I got this:\n\n550 5.1.1 User unknown"), "customer");
  assert.equal(kind("delivery failed", "Your driver could not deliver my box, it was returned to sender!"), "customer");
  assert.equal(kind("Mail", ""), "customer");
});

test("a notification of Amazon SES is a bounce", () => {
  const notice = {
    notificationType: "Bounce",
    bounce: {
      bounceType: "Permanent",
      bouncedRecipients: [{ emailAddress: "maria@kunde.example", status: "5.1.1", diagnosticCode: "unknown" }],
    },
    mail: { messageId: "0101", commonHeaders: { messageId: "<3f.4.abcdefghijklmnop@glaze.example>" } },
  };
  const { class: kind, bounce } = classify(
    `From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n${JSON.stringify(notice)}`,
  );
  assert.equal(kind, "bounce");
  assert.equal(bounce?.originalMessageId, "3f.4.abcdefghijklmnop@glaze.example");
  assert.equal(bounce?.permanent, true);
});
