import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { likeness, type Likeable } from "./likeness.ts";
import { pairUp } from "./pair-up.ts";
import { jaroWinkler } from "./similarity.ts";

const NOBODY: Likeable = { name: null, street: null, city: null, postcode: null, phone: null, dateOfBirth: null };
const ingrid: Likeable = {
  name: "Ingrid Solberg",
  street: "14 Fyrveien",
  city: "Lista",
  postcode: "4563",
  phone: "+4790112233",
  dateOfBirth: "19840312",
};

test("Ingrid with a typing error and a new phone is found; her brother at the same address is not", () => {
  const again = { ...ingrid, name: "Solberg, Ingird", street: "14 Fyrveien ", phone: null, dateOfBirth: "19840321" };
  const brother = { ...ingrid, name: "Magnus Solberg", phone: "+4791998877", dateOfBirth: "19790105" };
  const [pair, ...others] = pairUp([ingrid, again, brother]);
  assert.deepEqual(others, []);
  assert.ok(pair?.one === ingrid && pair.other === again);
  assert.ok(pair.reasons.includes("Nearly the same date of birth"), pair.reasons.join(", "));
});

test("what is not known speaks neither for nor against", () => {
  assert.equal(likeness(ingrid, NOBODY).score, likeness(NOBODY, NOBODY).score);
  assert.ok(likeness({ ...NOBODY, name: "Anna Berg" }, { ...NOBODY, name: "Anna Berg" }).score < 0.9, "a common name alone is not enough");
});

test("Jaro-Winkler as in Winkler's own examples", () => {
  for (const [one, other, value] of [
    ["martha", "marhta", 0.961],
    ["dwayne", "duane", 0.84],
    ["dixon", "dicksonx", 0.813],
  ] as const)
    assert.ok(Math.abs(jaroWinkler(one, other) - value) < 0.001, `${one} ${other} ${jaroWinkler(one, other)}`);
});

test("likeness is the same both ways, between 0 and 1", () => {
  const text = fc.option(fc.string({ maxLength: 12 }), { nil: null });
  const somebody = fc.record({ name: text, street: text, city: text, postcode: text, phone: text, dateOfBirth: text });
  fc.assert(
    fc.property(somebody, somebody, (one, other) => {
      const { score } = likeness(one, other);
      assert.ok(score >= 0 && score <= 1);
      assert.ok(jaroWinkler(one.name ?? "", other.name ?? "") <= 1.0000001);
    }),
  );
});
