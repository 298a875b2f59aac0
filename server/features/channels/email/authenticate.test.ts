import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { afterEach, test } from "node:test";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import type { DNSResolver } from "mailauth";
import { checkSender, useResolver } from "./authenticate.ts";

afterEach(() => useResolver(null));

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "der" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const letter =
  "From: Maria <maria@kunde.example>\r\nTo: help@glaze.example\r\nSubject: My box\r\nDate: Mon, 4 May 2026 09:00:00 +0000\r\n\r\nWhere is it?\r\n";
const peer = { ip: "192.0.2.10", name: "mx.kunde.example", sender: "maria@kunde.example" };

/** The part of the DNS that kunde.example has. */
const records: Record<string, string[][]> = {
  "kunde.example TXT": [["v=spf1 ip4:192.0.2.10 -all"]],
  "may._domainkey.kunde.example TXT": [[`v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`]],
  "_dmarc.kunde.example TXT": [["v=DMARC1; p=reject"]],
};
const kunde: DNSResolver = async (domain, type) => {
  const found = records[`${domain} ${type}`];
  if (found === undefined) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
  return found;
};

async function signed(): Promise<Buffer> {
  const signature = { signingDomain: "kunde.example", selector: "may", privateKey };
  const { signatures } = await dkimSign(letter, { ...signature, signatureData: [signature] });
  return Buffer.from(signatures + letter);
}

test("a message that is what it says passes", async () => {
  useResolver(kunde);
  assert.deepEqual(await checkSender(await signed(), peer), { spf: "pass", dkim: "pass", dmarc: "pass", domain: "kunde.example" });
});

test("a forged sender fails", async () => {
  useResolver(kunde);
  const verdicts = await checkSender(Buffer.from(letter), { ...peer, ip: "203.0.113.66" });
  assert.deepEqual(verdicts, { spf: "fail", dkim: "none", dmarc: "fail", domain: "kunde.example" });
  const changed = Buffer.from((await signed()).toString().replace("Where is it?", "Send it to me."));
  assert.equal((await checkSender(changed, { ...peer, ip: "203.0.113.66" })).dkim, "fail");
});

test("mail that came by IMAP has no peer, so only its signature is checked", async () => {
  useResolver(kunde);
  const verdicts = await checkSender(await signed(), { ip: null, name: null, sender: null });
  assert.equal(verdicts.spf, "not checked");
  assert.equal(verdicts.dkim, "pass");
});

test("a DNS that never answers costs 3 s once, and nothing for a while after", async () => {
  useResolver(() => new Promise(() => undefined));
  const began = performance.now();
  assert.equal((await checkSender(await signed(), peer)).spf, "not checked");
  const first = performance.now() - began;
  assert.ok(first > 2_500 && first < 4_500, `${first} ms`);
  assert.equal((await checkSender(await signed(), peer)).dkim, "not checked");
  assert.ok(performance.now() - began - first < 500);
});

test("a peer of our own network is not asked about in the DNS, unless the message is signed", async () => {
  let asked = 0;
  useResolver((domain, type) => {
    asked++;
    return kunde(domain, type);
  });
  assert.equal((await checkSender(Buffer.from(letter), { ...peer, ip: "127.0.0.1" })).dmarc, "not checked");
  assert.equal(asked, 0);
  assert.equal((await checkSender(await signed(), { ...peer, ip: "10.1.2.3" })).dkim, "pass");
});
