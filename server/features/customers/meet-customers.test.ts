import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sql } from "kysely";
import { anywhere, reading, transaction } from "../../platform/db/index.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { findCustomer, meetCustomers, mergeCustomers, unmergeCustomers, type IdentityKind, type Met, type Sighting } from "./index.ts";

let house: House;
let day = 0;

before(async () => {
  house = await testHouse();
});

test("Anna is one customer by her user id, her address and her device, in whichever order they are heard", async () => {
  const [device] = await hear(browser({ anonymous_id: "anna-phone" }));
  const [signedUp] = await hear(browser({ anonymous_id: "anna-phone", user_id: "u-anna", email: "Anna@Fjord.example" }));
  const [byServer] = await hear(server({ email: "anna@fjord.example" }));
  const [again] = await hear(browser({ anonymous_id: "anna-phone" }));
  assert.deepEqual(new Set([device, signedUp, byServer, again]).size, 1);
});

test("what came under a new device before Anna signs in there is hers from then on", async () => {
  const [anna] = await hear(server({ user_id: "u-late", email: "late@fjord.example" }));
  const [laptop] = await hear(browser({ anonymous_id: "late-laptop" }));
  assert.notEqual(laptop, anna);
  await hear(browser({ anonymous_id: "late-laptop", user_id: "u-late" }));
  await settle();
  assert.equal((await findCustomer(reading(house), laptop ?? 0))?.id, anna);
});

test("Ben signs in on the family tablet: what Ada did on it stays Ada's, what comes is Ben's", async () => {
  const [ada] = await hear(browser({ anonymous_id: "tablet", user_id: "u-ada" }));
  const [ben] = await hear(browser({ anonymous_id: "tablet", user_id: "u-ben" }));
  const [next] = await hear(browser({ anonymous_id: "tablet" }));
  await settle();
  assert.notEqual(ben, ada);
  assert.equal(next, ben);
  assert.equal((await findCustomer(reading(house), ada ?? 0))?.id, ada);
  const { rows } = await sql<{ customer: number }>`select customer_id as customer from past_identities where value = 'tablet'`.execute(
    anywhere().db,
  );
  assert.deepEqual(rows, [{ customer: ada }]);
});

test("the same is so when all of it is heard at once", async () => {
  const [ada, ben, next] = await hear(
    browser({ anonymous_id: "sofa", user_id: "u-ada-2" }),
    browser({ anonymous_id: "sofa", user_id: "u-ben-2" }),
    browser({ anonymous_id: "sofa" }),
  );
  assert.notEqual(ben, ada);
  assert.equal(next, ben);
});

test("values that stand for nobody join nobody", async () => {
  for (const value of ["null", "undefined", "anonymous", "0", "[object Object]", " NULL ", "00000000-0000-0000-0000-000000000000"]) {
    const [met] = await meet([browser({ user_id: value })]);
    assert.equal(met?.customerId, null, value);
    assert.match(met?.refused[0]?.reason ?? "", /blocked/);
  }
  assert.equal((await meet([server({ email: "test@glaze.example" })]))[0]?.customerId, null);
  assert.equal((await meet([server({ phone: "12" })]))[0]?.customerId, null);
});

test("a number is the same however it is written, if it says its country", async () => {
  const [one] = await hear(server({ phone: "+47 22 33 44 55" }));
  const [other] = await hear(server({ phone: "004722334455" }));
  assert.equal(one, other);
  assert.equal((await meet([server({ phone: "22334455" })]))[0]?.customerId, null);
});

test("a browser never makes two known customers one; a server does, and the first is listed for a person to decide", async () => {
  const [olga] = await hear(server({ user_id: "u-olga" }));
  const [address] = await hear(server({ email: "olga@fjord.example" }));
  await hear(browser({ user_id: "u-olga", email: "olga@fjord.example" }));
  await settle();
  assert.equal((await findCustomer(reading(house), address ?? 0))?.id, address);
  assert.equal(await stopped(olga, address), 1);

  await hear(server({ user_id: "u-olga", email: "olga@fjord.example" }));
  await settle();
  assert.equal((await findCustomer(reading(house), address ?? 0))?.id, olga);
});

test("two user ids are two people, whatever else they share", async () => {
  const [pat] = await hear(server({ user_id: "u-pat", email: "family@fjord.example" }));
  const [kim] = await hear(server({ user_id: "u-kim", email: "family@fjord.example" }));
  await settle();
  assert.notEqual(kim, pat);
  assert.equal(await stopped(pat, kim), 1);
});

test("an avalanche is stopped: more merges within an hour than the rules allow wait for a person", async () => {
  await hear(server({ user_id: "u-kiosk" }));
  for (let index = 0; index < 14; index += 1) {
    await hear(browser({ anonymous_id: `kiosk-${index}` }));
    await hear(browser({ anonymous_id: `kiosk-${index}`, user_id: "u-kiosk" }));
  }
  await settle();
  const { rows } = await sql<{ merges: number }>`select count(*) as merges from merges where reason like 'They used the same device%'
    and into_id = (select customer_id from identities where value = 'u-kiosk')`.execute(anywhere().db);
  assert.equal(rows[0]?.merges, 10);
});

test("Ada takes Tor and the kiosk apart: what comes next does not make them one again, and waits for a person", async () => {
  const [tor] = await hear(server({ user_id: "u-tor" }));
  const [kiosk] = await hear(browser({ anonymous_id: "lobby" }));
  await hear(browser({ anonymous_id: "lobby", user_id: "u-tor" }));
  await settle();
  assert.equal(await personOf(kiosk), tor);
  await unmergeCustomers(house.ada, await lastMerge());

  const [again] = await hear(browser({ anonymous_id: "lobby", user_id: "u-tor" }));
  await settle();
  assert.equal(again, tor);
  assert.equal(await personOf(kiosk), kiosk);
  assert.equal(await stopped(kiosk, tor), 1);
  assert.deepEqual(await hear(browser({ anonymous_id: "lobby" })), [kiosk], "the device was never his");
});

test("whom Ada took apart stays apart though they are found through others, until she says so again", async () => {
  const [una] = await hear(server({ user_id: "u-una" }));
  const [vera] = await hear(server({ email: "vera@fjord.example" }));
  const [work] = await hear(server({ email: "vera@work.example" }));
  const merge = await mergeCustomers(house.ada, { from: una ?? 0, into: vera ?? 0 });
  await unmergeCustomers(house.ada, merge.id);
  await mergeCustomers(house.ada, { from: work ?? 0, into: vera ?? 0 });
  await hear(server({ user_id: "u-una", email: "vera@work.example" }));
  await settle();
  assert.notEqual(await personOf(una), await personOf(vera));
  await mergeCustomers(house.ada, { from: una ?? 0, into: vera ?? 0 });
  assert.equal(await personOf(una), vera);
});

test("an address or number that is Quinn's does not become Pia's, so that no letter to Pia goes to Quinn", async () => {
  const said = (user: string, email: string, phone: string): Sighting => ({
    ...server({ user_id: user, email, phone }),
    traits: { email, phone },
  });
  const [pia, quinn] = [said("u-pia", "pia@fjord.example", "+4722330001"), said("u-quinn", "quinn@fjord.example", "+4722330002")];
  const theirs = async (id: number | null | undefined): Promise<unknown[]> => {
    const customer = await findCustomer(reading(house), id ?? 0);
    return [customer?.email, customer?.phone];
  };
  const [one, , again] = await hear(pia, quinn, said("u-pia", "quinn@fjord.example", "+4722330002"));
  assert.equal(again, one);
  assert.deepEqual(await theirs(one), ["pia@fjord.example", "+4722330001"]);
  const [later] = await hear(said("u-rosa", "quinn@fjord.example", "+4722330002"));
  assert.deepEqual(await theirs(later), [null, null]);
});

test("two transactions that meet the same new customer at once end with one", async () => {
  const met = await Promise.all(Array.from({ length: 6 }, () => hear(browser({ user_id: "u-rush", anonymous_id: "rush" }))));
  assert.equal(new Set(met.flat()).size, 1);
});

test("what a server says of a name replaces what was known; what a browser says only fills in", async () => {
  const [id = 0] = await hear({ ...browser({ user_id: "u-name" }), traits: { name: "Mia", fields: { plan: "small" } } });
  await hear({ ...browser({ user_id: "u-name" }), traits: { name: "Somebody", locale: "nb-NO", fields: { plan: "large", size: 12 } } });
  assert.deepEqual(await profile(id), { name: "Mia", locale: "nb-NO", fields: { plan: "small", size: 12 } });
  await hear({ ...server({ user_id: "u-name" }), traits: { name: "Mia Berg", fields: { plan: "large" } } });
  assert.deepEqual(await profile(id), { name: "Mia Berg", locale: "nb-NO", fields: { plan: "large", size: 12 } });
});

function browser(identities: Partial<Record<IdentityKind, string>>): Sighting {
  return { ...server(identities), source: "src_browser", isVerified: false };
}

function server(identities: Partial<Record<IdentityKind, string>>): Sighting {
  const named = Object.entries(identities).map(([kind, value]) => ({ kind: kind as IdentityKind, value }));
  day += 1;
  return { identities: named, at: new Date(Date.UTC(2026, 10, 1, 0, day)), source: "src_server", isVerified: true, traits: null };
}

async function meet(sightings: Sighting[]): Promise<Met[]> {
  return transaction(house, (tx) => meetCustomers(tx, sightings));
}

async function hear(...sightings: Sighting[]): Promise<(number | null)[]> {
  return (await meet(sightings)).map(({ customerId }) => customerId);
}

async function personOf(id: number | null | undefined): Promise<number | undefined> {
  return (await findCustomer(reading(house), id ?? 0))?.id;
}

async function lastMerge(): Promise<number> {
  const { rows } = await sql<{ id: number }>`select id from merges where merged_at is not null order by id desc limit 1`.execute(
    anywhere().db,
  );
  return rows[0]?.id ?? 0;
}

async function stopped(one: number | null | undefined, other: number | null | undefined): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from merge_suggestions where kind = 'stopped' and array[one_id, other_id] @> array[${one ?? 0}, ${other ?? 0}]::bigint[]`.execute(
    anywhere().db,
  );
  return rows[0]?.count ?? 0;
}

async function profile(id: number | null): Promise<{ name: unknown; locale: unknown; fields: unknown }> {
  const customer = await findCustomer(reading(house), id ?? 0);
  return { name: customer?.name, locale: customer?.locale, fields: customer?.fields };
}
