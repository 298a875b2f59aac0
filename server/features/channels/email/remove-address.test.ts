import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pool } from "../../../platform/db/index.ts";
import { keyOf, type Doors } from "../../../testing/doors.ts";
import { settle, type House } from "../../../testing/house.ts";
import { deliver } from "../../../testing/mail.ts";
import { openMailDoors } from "../../../testing/mail-doors.ts";
import type { SmtpListener } from "./index.ts";

let house: House;
let doors: Doors;
let smtp: SmtpListener;
let close: () => Promise<void>;
before(async () => {
  ({ house, doors, smtp, close } = await openMailDoors());
});
after(() => close());

test("mail to an address that Ada removes is refused; what came to it stays, and is answered from another one", async () => {
  const old = await add("old@glaze.example");
  assert.match(await mariaWritesTo("old@glaze.example"), /^250/);
  await settle();

  assert.equal((await remove(old)).statusCode, 204);
  assert.match(await mariaWritesTo("old@glaze.example"), /^550/);
  assert.match(await mariaWritesTo("old+tag@glaze.example"), /^550/);
  assert.deepEqual(await addresses(), ["hello@glaze.example"]);
  const [entry] = (await doors.ask("GET", "/mail/ledger")).json().items;
  assert.deepEqual([entry.outcome, entry.to], ["message", ["old@glaze.example"]]);
  const [conversation] = (await doors.ask("GET", "/conversations")).json().items;
  await doors.ask("POST", `/conversations/${conversation.id}/messages`, { kind: "reply", text: "It is on its way." });
  const { rows: sent } = await pool().query("SELECT from_address AS from, state FROM email_deliveries");
  assert.deepEqual(sent, [{ from: "hello@glaze.example", state: "kept" }]);
  const { items } = (await doors.ask("GET", "/audit")).json();
  const { action, subject, before: was } = items.find((each: { action: string }) => each.action === "email.remove-address");
  assert.deepEqual({ action, subject, was }, { action: "email.remove-address", subject: old, was: { address: "old@glaze.example" } });
});

test("another company, and whoever may only read mail, cannot remove an address; removed twice it is not found", async () => {
  const id = await add("orders@glaze.example");
  assert.equal((await remove(id, doors.rivalKey)).statusCode, 404);
  assert.equal((await remove(id, await keyOf(house.workspaceId, ["mail:read"]))).statusCode, 403);
  assert.ok((await addresses()).includes("orders@glaze.example"));
  assert.deepEqual([(await remove(id)).statusCode, (await remove(id)).statusCode], [204, 404]);
});

test("the last address may go, and another company may then have it", async () => {
  const id = await add("last@rings.example", doors.rivalKey);
  assert.equal((await remove(id, doors.rivalKey)).statusCode, 204);
  assert.deepEqual(await addresses(doors.rivalKey), []);
  await add("last@rings.example");
  assert.match(await mariaWritesTo("last@rings.example"), /^250/);
});

async function add(address: string, key = doors.key): Promise<string> {
  const answer = await doors.ask("POST", "/mail/addresses", { address }, key);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json().id;
}

function remove(id: string, key = doors.key) {
  return doors.ask("DELETE", `/mail/addresses/${id}`, undefined, key);
}

async function addresses(key = doors.key): Promise<string[]> {
  return (await doors.ask("GET", "/mail/addresses", undefined, key)).json().items.map((each: { address: string }) => each.address);
}

function mariaWritesTo(to: string): Promise<string> {
  const letter = `From: maria@kunde.example\nTo: ${to}\nSubject: Where is it?\n\nMy box is late.\n`;
  return deliver(smtp.port, { from: "maria@kunde.example", to: [to] }, letter);
}
