import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readMessageId, readReplyAddress, signMessageId, signReplyAddress, withoutTag } from "./signed-address.ts";

const key = Buffer.from("a key of Glaze & Co., 32 bytes ok");
const other = Buffer.from("a key of somebody else, 32 bytes");
const ref = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map((each) => each.toString(36));
const nonce = fc.stringMatching(/^[0-9a-z]{1,26}$/);

test("Maria's answer finds its thread by the address it was sent to, whatever case a server makes of it", () => {
  fc.assert(
    fc.property(ref, (thread) => {
      const address = signReplyAddress({ key, address: "help@glaze.example", ref: thread });
      assert.match(address, /^help\+[0-9a-z.]+@glaze\.example$/);
      assert.ok(address.indexOf("@") <= 64);
      assert.equal(readReplyAddress({ key, address }), thread);
      assert.equal(readReplyAddress({ key, address: address.toUpperCase() }), thread);
      assert.equal(readReplyAddress({ key: other, address }), null);
      assert.equal(withoutTag(address), "help@glaze.example");
    }),
  );
});

test("a stranger who changes one sign of the address opens no thread", () => {
  fc.assert(
    fc.property(ref, fc.nat(), fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789"), (thread, position, sign) => {
      const address = signReplyAddress({ key, address: "help@glaze.example", ref: thread });
      const start = "help+".length;
      const at = start + (position % (address.indexOf("@") - start));
      const forged = address.slice(0, at) + sign + address.slice(at + 1);
      fc.pre(forged !== address);
      assert.equal(readReplyAddress({ key, address: forged }), null);
    }),
  );
});

test("a signed Message-ID comes back from References, and one of another key does not", () => {
  fc.assert(
    fc.property(ref, nonce, (thread, once) => {
      const messageId = signMessageId({ key, ref: thread, nonce: once, domain: "glaze.example" });
      assert.deepEqual(readMessageId({ key, messageId }), { ref: thread, nonce: once });
      assert.equal(readMessageId({ key: other, messageId }), null);
    }),
  );
});

test("what is no signed address or id is none, and one kind does not pass for the other", () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readReplyAddress({ key, address: text }), null)));
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readMessageId({ key, messageId: text }), null)));
  const messageId = signMessageId({ key, ref: "3f", nonce: "1", domain: "glaze.example" });
  assert.equal(readReplyAddress({ key, address: `help+${messageId}` }), null);
});
