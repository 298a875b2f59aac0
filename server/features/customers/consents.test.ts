import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { recordConsent } from "./consents.ts";
import { consentsOf, findOrCreateCustomer } from "./index.ts";

let house: House;
let doors: Doors;
let maria = 0;
let erik = 0;
const said = { channel: "email", class: "survey", granted: true, wording: "You may ask me.", source: "by phone" } as const;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  maria = await known("maria@fjord.example");
  erik = await known("erik@fjord.example");
});
after(() => doors.app.close());

test("what Erik said stays with Erik: ids among his words move it to nobody, in no other company", async () => {
  for (const ids of [
    { customer_id: maria },
    { workspace_id: doors.rivalId },
    { id: 1 },
    { member_id: 1 },
    { givenAt: "2020-01-01T00:00:00Z" },
  ]) {
    const answer = await doors.ask("PUT", `/customers/${publicId("cus", erik)}/consents`, { ...said, ...ids });
    assert.equal(answer.statusCode, 400, answer.body);
    assert.match(answer.json().detail, new RegExp(`“${Object.keys(ids)[0]}”`));
  }
  await transaction(house, (tx) => recordConsent(tx, erik, Object.assign({ customer_id: maria, workspace_id: doors.rivalId }, said)));
  assert.deepEqual(await consentsOf(reading(house), maria), []);
  assert.deepEqual(
    (await consentsOf(reading(house), erik)).map(({ wording }) => wording),
    ["You may ask me."],
  );
});

test("a consent without words is none, and which channels there are is said", async () => {
  for (const wording of ["", "   ", "\uFFFD"]) {
    const answer = await doors.ask("PUT", `/customers/${publicId("cus", erik)}/consents`, { ...said, wording });
    assert.deepEqual([answer.statusCode, answer.json().detail], [400, "body.wording must not be blank."]);
  }
  const answer = await doors.ask("PUT", `/customers/${publicId("cus", erik)}/consents`, { ...said, channel: "fax" });
  assert.equal(answer.json().detail, "body.channel must be one of email, sms, phone.");
});

async function known(email: string): Promise<number> {
  return (await transaction(house, (tx) => findOrCreateCustomer(tx, { email, source: "email" }))).id;
}
