import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pool, reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, writes, type House } from "../../testing/house.ts";
import { readTimeline } from "../interactions/index.ts";
import { changeProfile } from "./change-profile.ts";
import { consentsOf, stateConsent } from "./consents.ts";
import { findOrCreateCustomer, liftSuppression, suppress, suppressionOf, type Customer, type KnownBy } from "./index.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
});
after(() => doors.app.close());

test("Maria is one customer, however her address is written, and by the name that was known first", async () => {
  const maria = await meet({ email: "Maria@Fjord.Example", name: '"Maria Lindqvist"', source: "email" });
  const again = await meet({ email: " maria@FJORD.example ", name: "M. L.", source: "email", at: new Date(Date.now() + 86_400_000) });
  assert.deepEqual({ id: again.id, name: again.name }, { id: maria.id, name: "Maria Lindqvist" });
  assert.equal((await meet({ email: "maria+shop@fjord.example", source: "email" })).id === maria.id, false, "a plus-address stays apart");
  const jorg = await meet({ email: "info@müller.example", source: "email" });
  assert.equal((await meet({ email: "info@xn--mller-kva.example", source: "email" })).id, jorg.id);
});

test("a display name that is only the address, or hides control characters, is no name", async () => {
  assert.equal((await meet({ email: "noname@fjord.example", name: "noname@fjord.example", source: "email" })).name, null);
  assert.equal((await meet({ email: "odd@fjord.example", name: ' "Odd\u202e\u0000  Olsen" ', source: "email" })).name, "Odd Olsen");
});

test("a shop's customer is known by the shop's number, and by the address once it is told", async () => {
  const guest = await meet({ externalId: { source: "shop", id: "77" }, source: "shop" });
  const told = await meet({ externalId: { source: "shop", id: "77" }, email: "guest@fjord.example", name: "Greta", source: "shop" });
  assert.deepEqual({ id: told.id, name: told.name, email: told.email }, { id: guest.id, name: "Greta", email: "guest@fjord.example" });
  assert.equal((await meet({ email: "guest@fjord.example", source: "email" })).id, guest.id);
  assert.notEqual((await meet({ externalId: { source: "other-shop", id: "77" }, source: "shop" })).id, guest.id);
});

test("whoever orders as orders@ is known by the shop's number alone; whoever only writes from there is who writes from there", async () => {
  const by = (id: string): KnownBy => ({ externalId: { source: "shop", id }, email: "orders@fjord.example", source: "shop" });
  const [first, second] = [await meet(by("81")), await meet(by("82"))];
  assert.notEqual(first.id, second.id);
  assert.equal(second.email, "orders@fjord.example");
  assert.equal((await meet(by("81"))).id, first.id);
  const writer = await meet({ email: "orders@fjord.example", source: "email" });
  assert.equal((await meet({ email: "Orders@Fjord.example", source: "email" })).id, writer.id);
});

test("where address and number disagree, the address wins", async () => {
  await meet({ email: "old@fjord.example", externalId: { source: "shop", id: "88" }, source: "shop" });
  const writer = await meet({ email: "writer@fjord.example", source: "email" });
  assert.equal((await meet({ email: "writer@fjord.example", externalId: { source: "shop", id: "88" }, source: "shop" })).id, writer.id);
});

test("ten mails of a new customer at once make one customer", async () => {
  // All connections are open, so that none has a start.
  await Promise.all(Array.from({ length: 10 }, () => pool().query("SELECT pg_sleep(0.1)")));
  const met = await Promise.all(Array.from({ length: 10 }, () => meet({ email: "rush@fjord.example", name: "Rush", source: "email" })));
  assert.equal(new Set(met.map(({ id }) => id)).size, 1);
});

test("without an address and a number nobody is made", async () => {
  await assert.rejects(meet({ name: "Nobody", email: "not an address", source: "email" }), { status: 400 });
});

test("another company's Maria is another customer, and is not found here", async () => {
  const here = await meet({ email: "both@fjord.example", name: "Bothilda", source: "email" });
  const there = await transaction({ workspaceId: doors.rivalId }, (tx) =>
    findOrCreateCustomer(tx, { email: "both@fjord.example", source: "email" }),
  );
  assert.notEqual(there.id, here.id);
  assert.deepEqual(await found("query=bothilda", doors.rivalKey), []);
});

test("customers are found by the beginnings of their names and addresses, page by page", async () => {
  const ids: string[] = [];
  for (let number = 0; number < 5; number += 1)
    ids.push(
      publicId("cus", (await meet({ email: `zoe${number}@brook-field.example`, name: `Zoë Anne-Marie ${number}`, source: "email" })).id),
    );
  for (const query of ["query=Zoë", "query=zoe3%20brook", "query=marie", "query=brook-field.example"])
    assert.ok((await found(query)).length > 0, query);
  assert.deepEqual(await found("email=ZOE2@brook-field.example"), [ids[2]]);
  const pages: string[] = [];
  for (let cursor: string | null = ""; cursor !== null && pages.length < 20;) {
    const answer: { items: { id: string }[]; nextCursor: string | null } = (
      await doors.ask("GET", `/customers?query=zoë&limit=2${cursor && `&cursor=${cursor}`}`)
    ).json();
    pages.push(...answer.items.map(({ id }) => id));
    cursor = answer.nextCursor;
  }
  assert.deepEqual(pages.toSorted(), ids.toSorted());
});

test("Ada corrects what is known of Maria; what she does not mention stays", async () => {
  const maria = await meet({ email: "profile@fjord.example", name: "Maria", source: "email" });
  const changed = await changeProfile(house.ada, maria.id, { addressAs: "Mia", locale: "nb-NO", fields: { box: 24 } });
  assert.deepEqual(
    { name: changed.name, addressAs: changed.addressAs, locale: changed.locale },
    { name: "Maria", addressAs: "Mia", locale: "nb-NO" },
  );
  assert.equal((await changeProfile(house.ada, maria.id, {})).addressAs, "Mia");
  for (const change of [{ locale: "not a language!" }, { timeZone: "Moon/Sea" }]) {
    assert.equal((await doors.ask("PATCH", `/customers/${publicId("cus", maria.id)}`, change)).statusCode, 400, JSON.stringify(change));
  }
});

test("the timeline shows what happened, the newest first, and can be narrowed", async () => {
  const { customerId } = await writes(house, "timeline@fjord.example", "Where is it?", { at: new Date("2026-11-16T10:00:00Z") });
  await writes(house, "timeline@fjord.example", "Hello?", { at: new Date("2026-11-16T11:00:00Z") });
  const timeline = async (query: string): Promise<{ kind: string; occurredAt: string }[]> =>
    (await doors.ask("GET", `/customers/${publicId("cus", customerId)}/timeline?${query}`)).json().items;
  const all = await timeline("");
  assert.deepEqual(
    all.map(({ occurredAt }) => occurredAt),
    all
      .map(({ occurredAt }) => occurredAt)
      .toSorted()
      .toReversed(),
  );
  assert.equal((await timeline("kind=message.received")).length, 2);
  assert.equal((await timeline("channel=chat")).length, 0);
  assert.equal((await timeline("initiative=reactive")).length, all.length);
});

test("consent is kept with its words and where they were said; the newest word stands", async () => {
  const maria = await meet({ email: "consent@fjord.example", source: "email" });
  const said = { channel: "email", class: "survey", source: "telephone", wording: "You may ask me how it was." } as const;
  await stateConsent(house.ada, maria.id, { ...said, granted: true });
  await stateConsent(house.ada, maria.id, { ...said, granted: false, wording: "Please stop asking." });
  const [stands, ...more] = await consentsOf(reading(house), maria.id);
  assert.deepEqual(
    { granted: stands?.granted, wording: stands?.wording, source: stands?.source, more: more.length },
    { granted: false, wording: "Please stop asking.", source: "telephone", more: 0 },
  );
  const [given] = await readTimeline(reading(house), maria.id, { kind: "consent.given", limit: 5 });
  assert.equal(given?.properties["wording"], said.wording);
  assert.equal(given?.memberId, house.ada.memberId);
});

test("a suppression holds its class back at once, everything but what must go when it is for all, and can be lifted", async () => {
  const address = "quiet@fjord.example";
  const why = (messageClass: Parameters<typeof suppressionOf>[2]): Promise<string | null> =>
    suppressionOf(reading(house), address, messageClass);
  await transaction(house, (tx) => suppress(tx, { channel: "email", address, class: "survey", reason: "They asked.", source: "page" }));
  assert.deepEqual([await why("survey"), await why("service"), await why("marketing")], ["They asked.", null, null]);
  await transaction(house, (tx) => suppress(tx, { channel: "email", address, class: "all", reason: "It bounces.", source: "email" }));
  assert.deepEqual([await why("service"), await why("transactional"), await why("safety")], ["It bounces.", null, null]);
  await transaction(house, async (tx) => {
    await liftSuppression(tx, address, "all");
    await liftSuppression(tx, address, "survey");
  });
  assert.equal(await why("survey"), null);
  await transaction(house, (tx) => suppress(tx, { channel: "email", address, class: "survey", reason: "Again.", source: "page" }));
  assert.equal(await why("survey"), "Again.");
  assert.equal(await suppressionOf(reading({ workspaceId: doors.rivalId }), address, "survey"), null);
});

async function meet(known: KnownBy): Promise<Customer> {
  return transaction(house, (tx) => findOrCreateCustomer(tx, known));
}

async function found(query: string, key = doors.key): Promise<string[]> {
  return (await doors.ask("GET", `/customers?${query}`, undefined, key)).json().items.map((each: { id: string }) => each.id);
}
