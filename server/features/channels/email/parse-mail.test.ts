import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { parseMail, type ParsedMail } from "./parse-mail.ts";

function parsed(raw: Buffer | string): ParsedMail {
  const outcome = parseMail(Buffer.from(raw));
  assert.equal(outcome.outcome, "parsed");
  if (outcome.outcome !== "parsed") throw new Error("unreachable");
  return outcome.mail;
}

function reasonFor(raw: string): string {
  const outcome = parseMail(Buffer.from(raw));
  return outcome.outcome === "set-aside" ? outcome.reason : "";
}

test("María's mail is read: her name, the IDN, the group, both forms of the text and both files", () => {
  const mail = parsed(readFileSync(new URL("./fixtures/late-box.eml", import.meta.url)));
  assert.deepEqual(mail.from, { name: "María Krüger", address: "maria@xn--bcher-kva.example" });
  assert.deepEqual(
    mail.to.map((each) => each.address),
    ["help@glaze.example", "ada@glaze.example", "bo@glaze.example"],
  );
  assert.equal(mail.to[0]?.name, "Glaze & Co., Help");
  assert.deepEqual(mail.cc, []);
  assert.equal(mail.replyTo[0]?.address, "maria.private@kunde.example");
  assert.equal(mail.subject, "Where is my box? Straße 7");
  assert.equal(mail.messageId, "late-box-1@kunde.example");
  assert.deepEqual(mail.references, ["order-16@glaze.example", "order-17@glaze.example"]);
  assert.equal(mail.date?.toISOString(), "2026-05-04T07:11:58.000Z");
  assert.match(mail.text ?? "", /It cost 24 € and the party is at four!/);
  assert.match(mail.html ?? "", /cid:photo@kunde/);
  assert.deepEqual(
    mail.attachments.map(({ name, type, contentId, inline, bytes }) => ({ name, type, contentId, inline, size: bytes.length })),
    [
      { name: "door.png", type: "image/png", contentId: "photo@kunde", inline: true, size: 8 },
      { name: "Rechnung für Mai.pdf", type: "application/pdf", contentId: null, inline: false, size: 8 },
    ],
  );
});

test("charsets are believed when they fit, and guessed when they do not", () => {
  const withCharset = (charset: string, bytes: number[]): string | null =>
    parsed(Buffer.concat([Buffer.from(`From: a@b.example\nContent-Type: text/plain; charset=${charset}\n\n`), Buffer.from(bytes)])).text;
  assert.equal(withCharset("shift_jis", [0x82, 0xa0]), "あ");
  assert.equal(withCharset("ks_c_5601-1987", [0xbd, 0xba]), "스");
  assert.equal(withCharset("koi8-r", [0xd0, 0xd2]), "пр");
  assert.equal(withCharset("utf-8", [0x4b, 0xfc, 0x63, 0x68, 0x65]), "Küche");
  assert.equal(withCharset("no-such-charset", [0x4b, 0xc3, 0xbc]), "Kü");
  assert.equal(withCharset("us-ascii", [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42]), "あ");
  assert.equal(withCharset("utf-7", [...Buffer.from("1 +- 1, +IKw-")]), "1 + 1, €");
});

test("what Postgres could not store is made safe: NUL bytes and lone surrogates", () => {
  const mail = parsed(
    Buffer.from("From: a@b.example\nSubject: a\0b =?utf-16be?B?2AA=?=\nContent-Type: text/plain; charset=utf-16le\n\na\0\0\0b\0", "latin1"),
  );
  for (const text of [mail.subject, mail.text ?? ""]) {
    assert.ok(text.isWellFormed());
    assert.ok(!text.includes("\0"));
  }
  assert.equal(mail.text, "ab");
});

test("a subject of a megabyte is cut, and 10,000 recipients become 500", () => {
  const to = Array.from({ length: 10_000 }, (_, n) => `p${n}@x.example`).join(", ");
  const mail = parsed(`From: a@b.example\nTo: ${to}\nSubject: ${"x".repeat(1_000_000)}\n\nHello`);
  assert.equal(mail.subject.length, 500);
  assert.ok(mail.subject.endsWith("…"));
  assert.equal(mail.to.length, 500);
  assert.equal(mail.text, "Hello");
});

test("a message past a limit is set aside with the reason", () => {
  const parts = `--b\n\nx\n`.repeat(201);
  assert.match(reasonFor(`Content-Type: multipart/mixed; boundary=b\n\n${parts}--b--`), /more than 200 parts/);
  const nested = Array.from({ length: 21 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join("");
  assert.match(reasonFor(nested), /nest more than 20 deep/);
  assert.match(reasonFor(""), /empty/);
  assert.match(reasonFor("x".repeat(25 * 1024 * 1024 + 1)), /larger than 25 MB/);
});

test("broken MIME is shown rather than lost", () => {
  assert.equal(parsed("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\nno parts at all").text, "no parts at all");
  assert.equal(parsed("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nno end").text, "no end");
  assert.equal(parsed("just words, no header").from, null);
  assert.equal(parsed("From a@b Mon May 4\nFrom: a@b.example\n\nfrom a mailbox file").text, "from a mailbox file");
  assert.equal(parsed("From: a@b.example\nContent-Type: text\nContent-Transfer-Encoding: no-such\n\nplain").text, "plain");
});

test("lines that a program wrapped are joined again (RFC 3676)", () => {
  const mail = parsed("From: a@b.example\nContent-Type: text/plain; format=flowed\n\nthe box \nis late\n> a quote \n> goes on\n-- \nMaria");
  assert.equal(mail.text, "the box is late\n> a quote goes on\n-- \nMaria");
});

test("no bytes whatever make it throw", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => void parseMail(Buffer.from(bytes))));
  const line = fc.constantFrom(
    "--b",
    "--b--",
    "",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Transfer-Encoding: base64",
    "=?utf-8?b?4?=",
    "x",
  );
  fc.assert(fc.property(fc.array(line, { maxLength: 60 }), (lines) => void parseMail(Buffer.from(lines.join("\r\n")))));
});
