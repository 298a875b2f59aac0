import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { publicId } from "../platform/ids.ts";
import { openDoors, type Doors } from "../testing/doors.ts";
import { testHouse, writes, type House } from "../testing/house.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

test("odd searches find nobody and break nothing", async () => {
  for (const query of ["query=💥", "query=%F0%9F%92%A5%00", "query=%25_%5C'", `query=${"a".repeat(150)}`]) {
    const answer = await doors.ask("GET", `/customers?${query}`);
    assert.equal(answer.statusCode, 200, `${query}: ${answer.body}`);
  }
});

test("signs are looked for as they are: whoever looks for a percent sign is not shown everybody", async () => {
  await writes(house, "erik@fjord.example", "Hello.");
  for (const sign of ["💥", "%", "_", "--", "\\", "*", ":*", "'"]) {
    for (const list of ["/customers", "/conversations"]) {
      const answer = await doors.ask("GET", `${list}?query=${encodeURIComponent(sign)}`);
      assert.deepEqual([answer.statusCode, answer.json().items], [200, []], `${list} ${sign}`);
    }
  }
  assert.ok((await doors.ask("GET", "/customers?query=%20")).json().items.length > 0, "nothing was looked for");
});

test("a question that a list does not know is refused by its name, not left out", async () => {
  for (const name of ["emial", "__proto__", "constructor[prototype]"]) {
    const answer = await doors.ask("GET", `/customers?${name}=x`);
    assert.equal(answer.statusCode, 400, name);
    assert.ok(answer.json().detail.startsWith(`querystring has no “${name}”;`), answer.body);
  }
});

const lists = ["/customers", "/conversations", "/orders", "/proposals", "/survey-responses", "/mail/ledger", "/audit"];

test("a limit that is no whole number from 1 to 200, or a cursor of garbage, is refused with a sentence, by every list", async () => {
  const garbage = [
    "AAAA",
    "%F0%9F%92%A5",
    "bnVsbA",
    Buffer.from('["x","y","z","w"]').toString("base64url"),
    cursorOf(["2026-01-01", 1e300]),
    cursorOf([1e300]),
    cursorOf(["x"]),
    cursorOf(["+275761", 1]),
  ];
  const { conversationId } = await writes(house, "cursors@fjord.example", "Hello.");
  for (const list of [...lists, `/conversations/${publicId("con", conversationId)}/messages`]) {
    for (const query of [
      ...["1.5", "99999999999", "0", "-1", "x", "1e3"].map((limit) => `limit=${limit}`),
      ...garbage.map((each) => `cursor=${each}`),
    ]) {
      const answer = await doors.ask("GET", `${list}?${query}`);
      assert.equal(answer.statusCode, 400, `${list}?${query}: ${answer.body}`);
      assert.ok(answer.json().detail.length > 10);
    }
  }
});

test("an id has one spelling: leading zeros, capitals and numbers without end are nobody's", async () => {
  const { conversationId } = await writes(house, "maria@fjord.example", "Hello.");
  const id = publicId("con", conversationId);
  const number = id.slice(4);
  assert.equal((await doors.ask("GET", `/conversations/${id}`)).statusCode, 200);
  for (const other of [
    `con_0${number}`,
    `con_00${number}`,
    id.toUpperCase(),
    `cus_${number}`,
    number,
    "con_",
    "con_zzzzzzzzzzz",
    "con_2gosa7pa2gw",
    `con_${number}%20`,
    "con_-1",
  ]) {
    assert.equal((await doors.ask("GET", `/conversations/${other}`)).statusCode, 404, other);
  }
});

function cursorOf(values: unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}
