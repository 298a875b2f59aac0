import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere, reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { findOrCreateCustomer, mergeCustomers } from "../customers/index.ts";
import { pageOfInteractions, personalData, record } from "../interactions/index.ts";
import { createSegment } from "./save-segment.ts";

let house: House;
let doors: Doors;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  await createSegment(house.ada, { name: "Viewed", where: { did: { kind: "page.viewed" } } });
  await settle();
});
after(() => doors.app.close());

test("nobody began that Maria entered a segment: neither filter shows it, without one it is there, in old rows as well", async () => {
  const maria = await arrives("maria@fjord.example");
  await transaction(house, (tx) => record(tx, { kind: "page.viewed", customerId: maria, initiative: "reactive" }));
  await settle();
  await transaction(house, (tx) =>
    record(tx, [
      { kind: "segment.left", customerId: maria, initiative: "reactive", properties: { segment: "seg_1", because: "time" } },
      { kind: "experience.at-risk", customerId: maria, initiative: "reactive" },
      { kind: "message.sent", customerId: maria, initiative: "proactive" },
    ]),
  );

  assert.deepEqual(await timeline(maria, ""), [
    ["message.sent", "proactive"],
    ["experience.at-risk", null],
    ["segment.left", null],
    ["segment.entered", null],
    ["page.viewed", "reactive"],
  ]);
  assert.deepEqual(await timeline(maria, "&initiative=reactive"), [["page.viewed", "reactive"]]);
  assert.deepEqual(await timeline(maria, "&initiative=proactive"), [["message.sent", "proactive"]]);
});

test("nor is it said to have come from her in what she is told, or in an export", async () => {
  const ida = await arrives("ida@fjord.example");
  await transaction(house, (tx) => record(tx, { kind: "segment.left", customerId: ida, initiative: "reactive" }));
  const told = await personalData.tell(reading(house), { customerIds: [ida], addresses: [], words: [], identities: [], names: [] });
  assert.match(JSON.stringify(told), /"kind":"segment.left".*"initiative":null/);
  const rows = await pageOfInteractions(reading(house), { after: 0, upTo: 1_000_000, limit: 100, among: [ida] });
  assert.deepEqual(
    rows.map((row) => row.initiative),
    [null],
  );
});

test("what follows is written down as begun by nobody", async () => {
  const [ann, bea] = [await arrives("ann@fjord.example"), await arrives("bea@fjord.example")];
  await transaction(house, (tx) => record(tx, { kind: "page.viewed", customerId: ann, initiative: "reactive" }));
  await settle();
  await mergeCustomers(house.ada, { from: ann, into: bea });
  const { rows } = await sql<{ kind: string; initiative: string | null }>`
    select kind, initiative from interactions where customer_id = any(${[ann, bea]}::bigint[]) order by position`.execute(anywhere().db);
  assert.deepEqual(rows, [
    { kind: "page.viewed", initiative: "reactive" },
    { kind: "segment.entered", initiative: null },
    { kind: "customer.merged", initiative: null },
  ]);
});

async function arrives(email: string): Promise<number> {
  return (await transaction(house, (tx) => findOrCreateCustomer(tx, { email, source: "email" }))).id;
}

async function timeline(customerId: number, more: string): Promise<unknown[]> {
  const answer = await doors.ask("GET", `/customers/${publicId("cus", customerId)}/timeline?limit=20${more}`);
  return answer.json().items.map((item: { kind: string; initiative: string | null }) => [item.kind, item.initiative]);
}
