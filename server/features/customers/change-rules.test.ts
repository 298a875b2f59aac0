import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { now } from "../../platform/clock.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import { keyOf, openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { findCustomer, meetCustomers, type IdentityKind } from "./index.ts";

let house: House;
let doors: Doors;
const untouched = { blocked: [], allowed: [], limits: {}, mergesPerHour: null };

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());
beforeEach(() => put(untouched));

test("Ada blocks the hotel's desk: whoever books from there stays who they are, until she takes it away", async () => {
  await put({ blocked: ["Desk@*"] });
  assert.deepEqual((await rules()).own.blocked, ["desk@*"]);
  const guest = await meet({ user_id: "u-guest", email: "desk@hotel.example" });
  assert.equal(await meet({ email: "desk@hotel.example" }), null);

  await put(untouched);
  const desk = await meet({ email: "desk@hotel.example" });
  assert.ok(desk !== null && desk !== guest);
  await meet({ user_id: "u-guest", email: "desk@hotel.example" });
  await settle();
  assert.equal((await findCustomer(reading(house), desk))?.id, guest);
});

test("a default can be allowed again: info@ of a company of one names somebody", async () => {
  assert.equal(await meet({ email: "info@solo.example" }), null);
  await put({ allowed: ["info@*"] });
  assert.notEqual(await meet({ email: "info@solo.example" }), null);
  assert.equal(await meet({ email: "office@solo.example" }), null);
  const { blocked, defaults } = await rules();
  assert.ok(!blocked.includes("info@*") && blocked.includes("office@*"));
  assert.ok(defaults.blocked.some((each: { value: string; why: string }) => each.value === "info@*" && each.why === "shared"));
});

test("a customer number 0 can be allowed; rows of other zeros stay blocked", async () => {
  await put({ allowed: ["0"] });
  assert.notEqual(await meet({ user_id: "0" }), null);
  assert.equal(await meet({ user_id: "000" }), null);
});

test("a blocked number is the same however it is written", async () => {
  await put({ blocked: ["+47 22 33 44 55"] });
  assert.deepEqual((await rules()).own.blocked, ["+4722334455"]);
  assert.equal(await meet({ phone: "0047 22 33 44 55" }), null);
});

test("a limit changed holds, and what is not said is the default again", async () => {
  await put({ limits: { email: 1 }, mergesPerHour: 3 });
  assert.deepEqual((({ limits, mergesPerHour }) => [limits.email, limits.phone, mergesPerHour])(await rules()), [1, 5, 3]);
  const pia = await meet({ user_id: "u-pia", email: "pia@fjord.example" });
  assert.equal(await meet({ user_id: "u-pia", email: "pia@home.example" }), pia);
  assert.notEqual(await meet({ email: "pia@home.example" }), pia);
  await put(untouched);
  assert.deepEqual((({ limits, mergesPerHour }) => [limits.email, mergesPerHour])(await rules()), [10, 10]);
});

test("what would block nearly everybody, or allows what is not blocked, is refused and changes nothing", async () => {
  for (const wrong of [
    { blocked: ["*"] },
    { blocked: ["a*"] },
    { blocked: ["*@hotel.example"] },
    { blocked: ["  "] },
    { allowed: ["maria@*"] },
  ]) {
    const answer = await doors.ask("PUT", "/identity-rules", { ...untouched, ...wrong });
    assert.equal(answer.statusCode, 400, JSON.stringify(wrong));
  }
  assert.deepEqual((await rules()).own, untouched);
});

test("who may only read sees the rules and cannot change them", async () => {
  const viewer = await keyOf(house.workspaceId, ["workspace:read"]);
  assert.equal((await doors.ask("GET", "/identity-rules", undefined, viewer)).statusCode, 200);
  assert.equal((await doors.ask("PUT", "/identity-rules", untouched, viewer)).statusCode, 403);
});

async function put(changes: object): Promise<void> {
  const answer = await doors.ask("PUT", "/identity-rules", { ...untouched, ...changes });
  assert.equal(answer.statusCode, 204, answer.body);
}

async function rules() {
  return (await doors.ask("GET", "/identity-rules")).json();
}

async function meet(identities: Partial<Record<IdentityKind, string>>): Promise<number | null> {
  const named = Object.entries(identities).map(([kind, value]) => ({ kind: kind as IdentityKind, value }));
  const sighting = { identities: named, at: now(), source: "src_server", isVerified: true, traits: null };
  return (await transaction(house, (tx) => meetCustomers(tx, [sighting])))[0]?.customerId ?? null;
}
