import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { stopAt, travelBack } from "../../platform/clock.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import { record } from "../interactions/index.ts";
import { forgetOld } from "./retention.ts";

let house: House;
let doors: Doors;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

test("what was done on pages is forgotten after as many days as Ada says, and nothing else", async () => {
  stopAt(new Date("2026-06-01T12:00:00Z"));
  await happens();
  stopAt(new Date("2026-11-01T12:00:00Z"));
  await happens();
  assert.equal(await forgetOld(), 0, "without a rule everything is kept");

  assert.equal((await doors.ask("PUT", "/retention/web-events", { days: 90 })).statusCode, 204);
  assert.equal((await doors.ask("PUT", "/retention/no-such-kind", { days: 90 })).statusCode, 400);
  assert.equal(await forgetOld(), 1);
  const { rows } = await sql<{ kind: string; kept: boolean }>`
    select kind, properties <> '{}' as kept from interactions where kind in ('page.viewed', 'order.placed') order by position`.execute(
    anywhere().db,
  );
  assert.deepEqual(rows, [
    { kind: "page.viewed", kept: false },
    { kind: "order.placed", kept: true },
    { kind: "page.viewed", kept: true },
    { kind: "order.placed", kept: true },
  ]);
  assert.equal(await forgetOld(), 0);

  stopAt(new Date("2027-03-01T12:00:00Z"));
  assert.equal(await forgetOld(), 1, "what has grown old since goes too");
  assert.equal(await forgetOld(), 0);
  travelBack();
});

test("a long log is forgotten to its end in one night", async () => {
  stopAt(new Date("2027-06-01T12:00:00Z"));
  await sql`insert into interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative, properties)
    select ${house.workspaceId}, 1, 'page.viewed', now(), '2027-06-01T12:00:00Z', 'reactive', '{"url": "/rings"}' from generate_series(1, 25000)`.execute(
    anywhere().db,
  );
  stopAt(new Date("2027-12-01T12:00:00Z"));
  assert.equal(await forgetOld(), 25_000);
  travelBack();
});

async function happens(): Promise<void> {
  await transaction(house, async (tx) => {
    const { id } = await findOrCreateCustomer(tx, { email: "maria@fjord.example", source: "email" });
    await record(tx, [
      { kind: "page.viewed", customerId: id, initiative: "reactive", properties: { url: "/rings" } },
      { kind: "order.placed", customerId: id, initiative: "reactive", properties: { number: "1042" } },
    ]);
  });
}
