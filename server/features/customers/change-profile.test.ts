import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { findOrCreateCustomer } from "./index.ts";

let house: House;
let doors: Doors;
let maria = 0;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  maria = (await transaction(house, (tx) => findOrCreateCustomer(tx, { email: "maria@fjord.example", source: "email" }))).id;
});
after(() => doors.app.close());

test("Ada learns by name which key of a change is none; an empty change changes nothing", async () => {
  const answer = await change({ email: "maria@home.example" });
  assert.equal(answer.statusCode, 400);
  assert.match(answer.json().detail, /^body has no “email”/);
  assert.equal((await change({ email: null })).statusCode, 400);
  assert.equal((await change({})).statusCode, 200);
});

test("a phone number is one that can be called; what came before as it is stands in nobody's way", async () => {
  assert.equal((await change({ phone: "abc" })).statusCode, 400);
  assert.equal((await change({ phone: "+47 22 12 34 56" })).json().phone, "+47 22 12 34 56");
  await transaction(house, ({ db }) => sql`update customers set phone = 'ask for Maria' where id = ${maria}`.execute(db));
  assert.equal((await change({ name: "Maria Lind", phone: "ask for Maria" })).json().name, "Maria Lind");
  assert.equal((await change({ phone: null })).json().phone, null);
});

test("nobody is called by a blank: it is refused, and the name stays", async () => {
  for (const name of ["", "  ", "\0"]) assert.equal((await change({ name })).statusCode, 400, JSON.stringify(name));
  assert.equal((await change({ name: "  Maria Lind " })).json().name, "Maria Lind");
  assert.equal((await change({ name: null })).json().name, null);
});

function change(body: object) {
  return doors.ask("PATCH", `/customers/${publicId("cus", maria)}`, body);
}
