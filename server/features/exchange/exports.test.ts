import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pool } from "../../platform/db/index.ts";
import { createWorkspace } from "../access/index.ts";
import { openDoors, keyOf, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, writes } from "../../testing/house.ts";
import { csvLine } from "./write-rows.ts";

let doors: Doors;

before(async () => {
  const house = await testHouse();
  doors = await openDoors(house);
  await writes(house, "maria@fjord.example", '=HYPERLINK("http://bad.example")\nWhere, "please", is our box?');
  const order = (externalId: string, more: object) => ({
    ...{ externalId, items: [{ name: "Box of 24", quantity: 1, price: 46 }], total: 46, currency: "GBP", placedAt: "2026-11-13T08:00:00Z" },
    customer: { email: "maria@fjord.example", name: "+Maria" },
    ...more,
  });
  const shipments = [{ id: "s1", carrier: "@Swift", shippedAt: "2026-11-13T09:00:00Z", deliveredAt: "2026-11-14T09:00:00Z" }];
  for (const [id, more] of [
    ["1001", { promisedAt: "2026-11-13T18:00:00Z", shipments, refunds: [{ id: "r1", amount: 4.5, refundedAt: "2026-11-15T09:00:00Z" }] }],
    ["'=1002", { total: -3.25, payments: [{ id: "p1", amount: -3.25, paidAt: "2026-11-13T09:00:00Z" }] }],
  ] as const)
    assert.equal((await doors.ask("POST", "/orders", order(id, more))).statusCode, 201);
  const people = 'userId,name,fields\nu1,"-Åse ""Å"" Bjørk","{""a"":[1,{""b"":""x""}]}"\nu2,,\n';
  const { id } = (await upload("customers", people, "csv", doors.key)).json();
  await doors.ask("POST", `/imports/${id}/run`);
  await settle();
});
after(() => doors.app.close());

const THINGS = ["customers", "interactions", "orders"] as const;

for (const format of ["csv", "ndjson"] as const)
  test(`everything that is exported as ${format} can be imported again, and changes nothing`, async () => {
    const before = await everything();
    for (const thing of THINGS) {
      const file = await exported(thing, format);
      const added = (await upload(thing, file, format, doors.key)).json();
      for (const what of ["trial", "run"] as const) {
        await doors.ask("POST", `/imports/${added.id}/${what}`);
        await settle();
        const { counts } = (await doors.ask("GET", `/imports/${added.id}`)).json();
        assert.deepEqual([counts.new, counts.changed, counts.refused], [0, 0, 0], `${thing} ${what}`);
        assert.ok(counts.unchanged > 1);
      }
    }
    assert.deepEqual(await everything(), before);
  });

test("in another company the same files make the same customers and orders, and a second time nothing more", async () => {
  const other = await keyOf((await createWorkspace({ name: "Glaze Norway", sample: false })).id);
  for (const round of [1, 2])
    for (const thing of ["customers", "orders"] as const) {
      const { id } = (await upload(thing, await exported(thing, "csv"), "csv", other)).json();
      await doors.ask("POST", `/imports/${id}/run`, undefined, other);
      await settle();
      const { counts } = (await doors.ask("GET", `/imports/${id}`, undefined, other)).json();
      assert.deepEqual([counts.new > 1, counts.changed, counts.refused], [round === 1, 0, 0], `${thing} ${JSON.stringify(counts)}`);
    }
  const shown = async (key: string) => {
    const { items } = (await doors.ask("GET", "/orders?limit=50", undefined, key)).json();
    return items.map(({ id: _id, customerId: _customer, ...order }: { id: string; customerId: string }) => order);
  };
  assert.deepEqual(await shown(other), await shown(doors.key));
});

test("no cell of a CSV file is a formula, and what looked like one comes back as it was", async () => {
  const orders = await exported("orders", "csv");
  assert.match(orders, /'-3.25/);
  assert.match(orders, /''=1002/);
  assert.match(await exported("customers", "csv"), /'\+Maria|"'-Åse/);
  for (const cell of ["=1+1", "+47", "-5", "@a", "\tx", "\rx", "\n=1+1", "＝1+1", "＠a"]) assert.match(csvLine([cell]), /^"?'/);
  assert.equal(csvLine(["a", null, 5, { b: '"' }]), 'a,,5,"{""b"":""\\""""}"\r\n');
});

test("an export of a segment holds only those who are in it", async () => {
  const where = { profile: "name", contains: "Bjørk" };
  const made = await doors.ask("POST", "/segments", { name: "Åse", where });
  assert.equal(made.statusCode, 201, made.body);
  await settle();
  const only = (await doors.ask("GET", `/exports/customers?format=ndjson&segment=${made.json().id}`)).body.trim().split("\n");
  assert.deepEqual(
    only.map((line) => JSON.parse(line).userId),
    ["u1"],
  );
  assert.equal((await doors.ask("GET", `/exports/orders?format=ndjson&segment=${made.json().id}`)).body, "");
  assert.equal((await doors.ask("GET", "/exports/orders?segment=seg_zz")).statusCode, 404);
});

test("an export needs the permission to read what is in it, and is noted", async () => {
  const key = await keyOf(1, ["orders:read"]);
  assert.equal((await doors.ask("GET", "/exports/customers", undefined, key)).statusCode, 403);
  assert.equal((await doors.ask("GET", "/exports/orders", undefined, key)).statusCode, 200);
  const { rows } = await pool().query("select subject from audit_entries where action = 'exchange.export' order by id desc limit 1");
  assert.equal(rows[0].subject, "orders");
});

async function exported(thing: string, format: string): Promise<string> {
  const answer = await doors.ask("GET", `/exports/${thing}?format=${format}`);
  assert.equal(answer.statusCode, 200);
  return answer.body;
}

async function upload(thing: string, payload: string, format: "csv" | "ndjson", key: string) {
  const type = { csv: "text/csv", ndjson: "application/x-ndjson" }[format];
  return doors.app.inject({
    method: "POST",
    url: `/api/v1/imports?thing=${thing}`,
    headers: { authorization: `Bearer ${key}`, "content-type": type },
    payload,
  });
}

/** Every row of what can be exported, and of what follows from it. */
async function everything(): Promise<unknown[]> {
  const tables = ["customers", "identities", "interactions", "interaction_keys", "orders", "evidence", "merges", "merge_suggestions"];
  return Promise.all(tables.map(async (table) => (await pool().query(`select * from ${table} t order by t::text`)).rows));
}
