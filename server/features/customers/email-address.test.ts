import assert from "node:assert/strict";
import { test } from "node:test";
import { normaliseEmail } from "./email-address.ts";

test("Maria is the same person however her phone capitalises her address", () => {
  assert.equal(normaliseEmail(" Maria@Fjord.Example "), "maria@fjord.example");
});

test("Jörg's address at a domain with an umlaut is kept in the form that mail servers use", () => {
  assert.equal(normaliseEmail("jörg@müller.example"), "jörg@xn--mller-kva.example");
  assert.equal(normaliseEmail("jörg@xn--mller-kva.example"), "jörg@xn--mller-kva.example");
});

test("Ada's plus-address stays apart from her plain one", () => {
  assert.equal(normaliseEmail("ada+shop@glaze.example"), "ada+shop@glaze.example");
});

test("what is no address is not taken for one", () => {
  for (const text of [
    "",
    "maria",
    "@fjord.example",
    "maria@",
    "ma ria@fjord.example",
    "maria@fj ord",
    "a\u0000b@c.example",
    `${"x".repeat(65)}@c.example`,
  ]) {
    assert.equal(normaliseEmail(text), null, JSON.stringify(text));
  }
});
