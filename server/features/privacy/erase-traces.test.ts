import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { now } from "../../platform/clock.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { tablesWith } from "../../testing/everything.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { receiveMessage } from "../conversations/index.ts";
import { findOrCreateCustomer, meetCustomers, suppress, suppressionOf, type IdentityKind } from "../customers/index.ts";
import { record } from "../interactions/index.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

test("Hedvig was taken for Gina for a while: why stands nowhere any more, not in Gina's log either", async () => {
  const [hedvig, gina] = [await known("hedvig@loft.example"), await known("gina@loft.example")];
  const reason = "They share the email address hedvig@loft.example.";
  const { id } = (await doors.ask("POST", "/merges", { from: hedvig, into: gina, reason })).json<{ id: string }>();
  assert.equal((await doors.ask("DELETE", `/merges/${id}`)).statusCode, 204);
  assert.ok((await tablesWith(["hedvig@loft"])).includes("interactions"));
  await erase(hedvig);
  assert.deepEqual(await tablesWith(["hedvig@loft"]), []);
  assert.ok((await tablesWith(["gina@loft"])).includes("customers"));
});

test("what Relling wrote into Werle's conversation goes with him; what Werle wrote there stays, and is found", async () => {
  const { conversationId } = await writes(house, "werle@works.example", "Where is the inkwell?", { subject: "Inkwell" });
  await transaction(house, async (tx) => {
    const customer = await findOrCreateCustomer(tx, { email: "relling@attic.example", name: "Dr Relling", source: "email" });
    const said = { subject: "", text: "My lifelie is late, too.", wholeText: "My lifelie is late, too. Relling", html: "<p>lifelie</p>" };
    const mail = { channel: "email", hasRemoteImages: false, authentication: null, isAutomatic: false, files: [], mailAddressId: null };
    await receiveMessage(tx, { ...mail, ...said, customer, conversationId, at: tx.now });
  });
  await settle();
  const words = ["relling", "lifelie"];
  for (const table of ["messages", "conversations", "interactions"]) assert.ok((await tablesWith(words)).includes(table), table);
  const relling = await idOf("relling@attic.example");
  assert.match((await doors.ask("GET", `/customers/${relling}/export`)).body, /lifelie/);
  assert.doesNotMatch((await doors.ask("GET", `/customers/${relling}/export`)).body, /Where is the inkwell/);

  await erase(relling);
  assert.deepEqual(await tablesWith(words), []);
  const found = (await doors.ask("GET", "/conversations?query=inkwell")).json<{ items: { id: string }[] }>();
  assert.deepEqual(
    found.items.map(({ id }) => id),
    [publicId("con", conversationId)],
  );
  assert.ok((await tablesWith(["where is the inkwell"])).includes("messages"));
});

test("the device that Gregers was found to have a moment ago goes with him, though nobody has got round to joining them", async () => {
  await meet({ user_id: "u-gregers-1884" });
  const [device] = await meet({ anonymous_id: "thirteenth-table" });
  await transaction(house, (tx) =>
    record(tx, { kind: "page.viewed", customerId: device ?? 0, initiative: "reactive", properties: { url: "/thirteenth" } }),
  );
  const [gregers] = await meet({ anonymous_id: "thirteenth-table", user_id: "u-gregers-1884" });
  await erase(publicId("cus", gregers ?? 0));
  assert.deepEqual(await tablesWith(["thirteenth", "u-gregers"]), []);
});

test("whoever was erased is nobody whom others could be taken for", async () => {
  const [gone, lives] = [await known("gone@loft.example"), await known("lives@loft.example")];
  await erase(gone);
  assert.equal((await doors.ask("POST", "/merges", { from: lives, into: gone })).statusCode, 409);
  assert.equal((await doors.ask("POST", "/merges", { from: gone, into: lives })).statusCode, 409);
});

test("however many devices somebody had, the address they came to be known by last is forgotten too", async () => {
  const [ballested] = await meet({ user_id: "u-ballested", email: "ballested@first.example" });
  for (let device = 0; device < 220; device += 1) await meet({ user_id: "u-ballested", anonymous_id: `band-${device}` });
  await meet({ user_id: "u-ballested", email: "ballested@band.example" });
  await transaction(house, (tx) =>
    suppress(tx, { channel: "email", address: "ballested@band.example", class: "marketing", reason: "He asked.", source: "phone" }),
  );
  await erase(publicId("cus", ballested ?? 0));
  assert.deepEqual(await tablesWith(["ballested"]), []);
  assert.equal(await suppressionOf(reading(house), "ballested@band.example", "marketing"), "Erased on request.");
});

async function known(email: string): Promise<string> {
  return publicId("cus", (await transaction(house, (tx) => findOrCreateCustomer(tx, { email, source: "email" }))).id);
}

async function meet(identities: Partial<Record<IdentityKind, string>>): Promise<(number | null)[]> {
  const named = Object.entries(identities).map(([kind, value]) => ({ kind: kind as IdentityKind, value }));
  const sighting = { identities: named, at: now(), source: "src_1", isVerified: true, traits: null };
  return (await transaction(house, (tx) => meetCustomers(tx, [sighting]))).map(({ customerId }) => customerId);
}

async function idOf(email: string): Promise<string> {
  const { items } = (await doors.ask("GET", `/customers?email=${encodeURIComponent(email)}`)).json<{ items: { id: string }[] }>();
  return items[0]?.id ?? "";
}

async function erase(id: string): Promise<void> {
  const erased = await doors.ask("DELETE", `/customers/${id}/personal-data`);
  assert.equal(erased.statusCode, 200, erased.body);
  await settle();
}
