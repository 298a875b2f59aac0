import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { meetCustomers, type Named, type Sighting, type Traits } from "./index.ts";
import { readTraits } from "./traits.ts";

let house: House;
let doors: Doors;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

test("whoever is known by one address only is shown by it, and an address they say later does not replace it", async () => {
  const lone = await hear([{ kind: "email", value: "Lone@Fjord.example" }]);
  assert.equal(await emailOf(lone), "lone@fjord.example");
  await hear([{ kind: "email", value: "lone@fjord.example" }], { traits: { email: "second@fjord.example" } });
  assert.equal(await emailOf(lone), "lone@fjord.example");
});

test("what somebody says of themselves goes before what they are known by", async () => {
  const said = await hear([{ kind: "email", value: "known@fjord.example" }], { traits: { email: "Said@fjord.example" } });
  assert.equal(await emailOf(said), "Said@fjord.example");
  const nonsense = await hear([{ kind: "email", value: "kept@fjord.example" }], { traits: { email: "call me" } });
  assert.equal(await emailOf(nonsense), "kept@fjord.example");
});

test("of two addresses a browser tells of at once neither is surer; a server's first one is", async () => {
  const two = (who: string): Named[] => [1, 2].map((number) => ({ kind: "email", value: `${who}-${number}@fjord.example` }));
  assert.equal(await emailOf(await hear([{ kind: "user_id", value: "u-browser" }, ...two("browser")], { isVerified: false })), null);
  assert.equal(await emailOf(await hear([{ kind: "user_id", value: "u-server" }, ...two("server")])), "server-1@fjord.example");
});

test("an address that comes to be known later is filled in; one that is another's is not", async () => {
  const nils = await hear([{ kind: "user_id", value: "u-nils" }]);
  assert.equal(await emailOf(nils), null);
  await hear([
    { kind: "user_id", value: "u-nils" },
    { kind: "email", value: "nils@fjord.example" },
  ]);
  assert.equal(await emailOf(nils), "nils@fjord.example");

  const oda = await hear([{ kind: "user_id", value: "u-oda" }]);
  await hear(
    [
      { kind: "user_id", value: "u-oda" },
      { kind: "email", value: "nils@fjord.example" },
    ],
    { isVerified: false },
  );
  await settle();
  assert.equal(await emailOf(oda), null);
});

test("a merge shows the address for both, its taking back for whose it is; an erasure leaves none", async () => {
  const [known, device] = [
    await hear([{ kind: "email", value: "ragna@fjord.example" }]),
    await hear([{ kind: "user_id", value: "u-ragna" }]),
  ];
  const merged = await doors.ask("POST", "/merges", { from: publicId("cus", known), into: publicId("cus", device) });
  assert.equal(merged.statusCode, 201, merged.body);
  await settle();
  assert.deepEqual([await emailOf(known), await emailOf(device)], ["ragna@fjord.example", "ragna@fjord.example"]);
  assert.equal((await doors.ask("DELETE", `/merges/${merged.json().id}`)).statusCode, 204);
  await settle();
  assert.deepEqual([await emailOf(known), await emailOf(device)], ["ragna@fjord.example", null]);

  assert.equal((await doors.ask("DELETE", `/customers/${publicId("cus", known)}/personal-data`)).statusCode, 200);
  await settle();
  assert.equal((await doors.ask("GET", "/customers?query=ragna")).json().items.length, 0);
});

test("numbers as people write them are phones; words, dates and sums are not", () => {
  const read = (phone: string): string | null => readTraits({ phone }).phone;
  for (const phone of ["+47 22 33 44 55", "(0161) 496-0000", "0161 496 0000 ext. 12", "22334455", "030/901820", "1-800-555.0199"])
    assert.equal(read(phone), phone);
  for (const phone of ["call me", "5", "[object Object]", "1,000,000", "x@fjord.example", "null", "12 or 13 in the evening"])
    assert.equal(read(phone), null);
});

async function hear(identities: readonly Named[], more: { traits?: Traits; isVerified?: boolean } = {}): Promise<number> {
  const sighting: Sighting = { identities, at: new Date(), source: "src_1", isVerified: true, traits: null, ...more };
  const [met] = await transaction(house, (tx) => meetCustomers(tx, [sighting]));
  return met?.customerId ?? 0;
}

async function emailOf(id: number): Promise<string | null> {
  return (await doors.ask("GET", `/customers/${publicId("cus", id)}`)).json().email;
}
