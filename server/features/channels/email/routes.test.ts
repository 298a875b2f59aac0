import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createWorkspace, systemActor, type Actor } from "../../access/index.ts";
import { createHttp, type RoomApp } from "../../../platform/http/index.ts";
import { deliver } from "../../../testing/mail.ts";
import { HELP, openMailHouse, type MailHouse } from "./mail-house.ts";
import { routes } from "./routes.ts";

let house: MailHouse;
let app: RoomApp;
let asking: Actor;
before(async () => {
  house = await openMailHouse();
  asking = house.ada;
  app = await createHttp();
  app.decorateRequest("actor", null);
  app.addHook("onRequest", async (request) => {
    request.actor = asking;
  });
  routes(app);
});
after(async () => {
  await app.close();
  await house.close();
});

async function call(method: "GET" | "POST" | "DELETE", url: string, payload?: object) {
  const answer = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  const isJson = String(answer.headers["content-type"]).includes("json");
  return {
    status: answer.statusCode,
    body: isJson && answer.body !== "" ? answer.json() : null,
    headers: answer.headers,
    raw: answer.rawPayload,
  };
}

test("Ada adds an address; a bad one and somebody else's are refused with a sentence", async () => {
  const added = await call("POST", "/mail/addresses", { address: "Orders@Glaze.example" });
  assert.equal(added.status, 201);
  assert.equal(added.body.address, "orders@glaze.example");
  assert.equal((await call("POST", "/mail/addresses", { address: "orders@glaze.example" })).body.id, added.body.id);
  assert.equal((await call("POST", "/mail/addresses", { address: "not an address" })).status, 400);
  assert.equal((await call("POST", "/mail/addresses", { address: "a+b@glaze.example" })).status, 400);
  asking = systemActor((await createWorkspace({ name: "Crumbs", sample: false })).id);
  assert.equal((await call("POST", "/mail/addresses", { address: HELP })).status, 409);
  asking = house.ada;
  assert.deepEqual(
    (await call("GET", "/mail/addresses")).body.items.map((each: { address: string }) => each.address),
    [HELP, "orders@glaze.example"],
  );
});

test("an account's secret goes in and never comes out", async () => {
  const added = await call("POST", "/mail/accounts", { host: "imap.glaze.example", username: HELP, secret: "sesame" });
  assert.equal(added.status, 201);
  assert.equal(added.body.port, 993);
  assert.ok(!JSON.stringify((await call("GET", "/mail/accounts")).body).includes("sesame"));
  assert.equal((await call("POST", "/mail/accounts", { host: "imap.glaze.example", username: HELP, secret: "x" })).status, 409);
  asking = systemActor((await createWorkspace({ name: "Nosy", sample: false })).id);
  assert.equal((await call("DELETE", `/mail/accounts/${added.body.id}`)).status, 404);
  asking = house.ada;
  assert.equal((await call("DELETE", `/mail/accounts/${added.body.id}`)).status, 204);
  assert.equal((await call("DELETE", `/mail/accounts/${added.body.id}`)).status, 404);
});

test("what was set aside is seen, downloaded byte for byte, and read again", async () => {
  await deliver(house.smtp.port, { from: "", to: [HELP] }, "Subject: no sender\n\nwho?");
  await deliver(house.smtp.port, { from: "maria@kunde.example", to: [HELP] }, "From: maria@kunde.example\nSubject: box\n\nwhere?");
  await house.settled();
  const list = await call("GET", "/mail/ledger?outcome=set-aside");
  const [entry] = list.body.items;
  assert.match(entry.reason, /no sender/);
  assert.equal(list.body.totals.sentence, "2 received, 1 became messages, 1 set aside because: It names no sender who could be answered.");

  const raw = await call("GET", `/mail/ledger/${entry.id}/raw`);
  assert.equal(raw.raw.toString(), "Subject: no sender\r\n\r\nwho?\r\n");
  assert.match(String(raw.headers["content-disposition"]), /^attachment/);
  assert.equal(raw.headers["x-content-type-options"], "nosniff");
  assert.equal(raw.headers["content-type"], "application/octet-stream");

  assert.equal((await call("POST", `/mail/ledger/${entry.id}/retry`)).status, 202);
  await house.settled();
  assert.equal((await call("GET", "/mail/ledger?outcome=set-aside")).body.items.length, 1);
  const message = (await call("GET", "/mail/ledger?outcome=message")).body.items[0];
  assert.equal((await call("POST", `/mail/ledger/${message.id}/retry`)).status, 409);
  asking = systemActor((await createWorkspace({ name: "Curious", sample: false })).id);
  assert.equal((await call("GET", `/mail/ledger/${entry.id}/raw`)).status, 404);
  assert.equal((await call("POST", `/mail/ledger/${entry.id}/retry`)).status, 404);
  assert.equal((await call("GET", "/mail/ledger")).body.totals.received, 0);
  asking = house.ada;
});

test("the ledger comes in pages", async () => {
  const first = await call("GET", "/mail/ledger?limit=1");
  const second = await call("GET", `/mail/ledger?limit=1&cursor=${first.body.nextCursor}`);
  assert.notEqual(first.body.items[0].id, second.body.items[0].id);
  assert.equal((await call("GET", "/mail/ledger?cursor=nonsense")).status, 400);
});
