import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { sql } from "kysely";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { migrationsFolder } from "../../platform/db/migrate.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { createWorkspace } from "../access/index.ts";
import { saveRuleChanges } from "./identity-rules.ts";
import { meetCustomers, mergeCustomers } from "./index.ts";

let house: House;
/** As long ago: nobody was shown by an address that they had not said. */
const forgetAddresses = () => sql`update customers set email = null`.execute(anywhere().db);
const fillIn = async () => sql.raw(await readFile(join(migrationsFolder, "0025_lone_addresses.sql"), "utf8")).execute(anywhere().db);

before(async () => {
  house = await testHouse();
});

test("whoever was stored with one address alone is shown by it, once and for all", async () => {
  const [lone, two, none] = [
    await known(house, "lone@fjord.example"),
    await known(house, "a@fjord.example", "b@fjord.example"),
    await known(house),
  ];
  await forgetAddresses();
  const said = await known(house, "said@fjord.example");
  await sql`update customers set email = 'Own@fjord.example' where id = ${said}`.execute(anywhere().db);
  await fillIn();
  await fillIn();
  assert.deepEqual(await emailsOf(lone, two, none, said), ["lone@fjord.example", null, null, "Own@fjord.example"]);
});

test("an address that names nobody in this workspace shows nobody, also where another workspace allows it", async () => {
  const other = await createWorkspace({ name: "Fjord Tea", sample: false });
  const rules = { limits: {}, mergesPerHour: null };
  await transaction(house, (tx) => saveRuleChanges(tx, { ...rules, blocked: [], allowed: ["info@*"] }));
  await transaction({ workspaceId: other.id }, (tx) => saveRuleChanges(tx, { ...rules, blocked: [], allowed: ["info@*"] }));
  const [here, there] = [await known(house, "info@fjord.example"), await known({ workspaceId: other.id }, "info@fjord.example")];
  const till = await known(house, "Till-7@fjord.example");
  await forgetAddresses();
  await transaction(house, (tx) => saveRuleChanges(tx, { ...rules, blocked: ["TILL-*"], allowed: [] }));
  await fillIn();
  assert.deepEqual(await emailsOf(here, there, till), [null, "info@fjord.example", null]);
});

test("whoever was erased stays nameless, and of two who are one person each has their own", async () => {
  const [gone, ann, bea] = [
    await known(house, "gone@fjord.example"),
    await known(house, "ann@fjord.example"),
    await known(house, "bea@fjord.example"),
  ];
  await mergeCustomers(house.ada, { from: bea, into: ann });
  await forgetAddresses();
  await sql`update customers set erased_at = now() where id = ${gone}`.execute(anywhere().db);
  await fillIn();
  assert.deepEqual(await emailsOf(gone, ann, bea), [null, "ann@fjord.example", "bea@fjord.example"]);
});

let met = 0;

async function known(who: { workspaceId: number }, ...emails: string[]): Promise<number> {
  met += 1;
  const identities = [{ kind: "user_id" as const, value: `u-lone-${met}` }, ...emails.map((value) => ({ kind: "email" as const, value }))];
  const [hears] = await transaction(who, (tx) =>
    meetCustomers(tx, [{ identities, at: tx.now, source: "shop", isVerified: true, traits: null }]),
  );
  return hears?.customerId ?? 0;
}

async function emailsOf(...ids: number[]): Promise<(string | null)[]> {
  const { rows } = await sql<{
    id: number;
    email: string | null;
  }>`select id, email from customers where id = any(${ids}::bigint[])`.execute(anywhere().db);
  return ids.map((id) => rows.find((row) => row.id === id)?.email ?? null);
}
