import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { now, stopAt } from "../../platform/clock.ts";
import { anywhere, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";
import { placeOrder } from "../orders/index.ts";
import { record } from "../interactions/index.ts";
import { findOrCreateCustomer, meetCustomers, mergeCustomers, unmergeCustomers } from "./index.ts";
import { joinPersons } from "./join-persons.ts";

let house: House;
let doors: Doors;

before(async () => {
  stopAt(new Date("2026-11-20T12:00:00Z"));
  house = await testHouse();
  doors = await openDoors(house);
  const wrote = { name: "Wrote", where: { did: { kind: "conversation.opened" } } };
  assert.equal((await doors.ask("POST", "/segments", wrote)).statusCode, 201);
  await settle();
});
after(() => doors.app.close());

interface Known {
  person: string;
  score: number | null;
  pieces: number;
  atRisk: boolean;
  timeline: number;
  orders: number;
  conversations: number;
  consents: { class: string; granted: boolean; wording: string; source: string }[];
  segments: { name: string; since: string }[];
}

test("Maria's two customers are one person, and two again as they were", async () => {
  const work = await livedThrough("maria@work.example", 3);
  stopAt(new Date("2026-11-20T12:10:00Z"));
  const home = await livedThrough("maria@home.example", 1);
  await says(work, true, "Maria may be asked at work.");
  stopAt(new Date("2026-11-20T12:20:00Z"));
  await says(home, false, "Never again, says Maria.");
  const before = [await knownOf(work), await knownOf(home)];

  const merged = await doors.ask("POST", "/merges", { from: publicId("cus", home), into: publicId("cus", work) });
  assert.equal(merged.statusCode, 201);
  const { id } = merged.json<{ id: string }>();
  await settle();
  const [one, other] = [await knownOf(work), await knownOf(home)];
  assert.deepEqual(one, other);
  assert.equal(one.person, publicId("cus", work));
  assert.equal(one.timeline, (before[0]?.timeline ?? 0) + (before[1]?.timeline ?? 0));
  assert.equal(one.pieces, (before[0]?.pieces ?? 0) + (before[1]?.pieces ?? 0));
  assert.equal(one.orders, 4);
  assert.equal(one.conversations, 2);
  assert.deepEqual(
    [one.consents, before[0]?.consents[0]?.granted, before[1]?.consents[0]?.granted],
    [before[1]?.consents, true, false],
    "what she said last holds for both",
  );
  assert.deepEqual(one.segments, before[0]?.segments, "she has been among those who wrote since she first did");
  assert.notDeepEqual(before[0]?.segments, before[1]?.segments);

  assert.equal((await doors.ask("POST", "/merges", { from: publicId("cus", work), into: publicId("cus", home) })).statusCode, 409);
  assert.equal((await doors.ask("DELETE", `/merges/${id}`)).statusCode, 204);
  await settle();
  assert.deepEqual([await knownOf(work), await knownOf(home)], before);
  assert.equal((await doors.ask("DELETE", `/merges/${id}`)).statusCode, 409);
  const [merge] = (await doors.ask("GET", `/customers/${publicId("cus", home)}/merges`)).json().items;
  assert.deepEqual(
    [merge.id, typeof merge.fromName, typeof merge.intoName, merge.reason],
    [id, "string", "string", "It was said through the API."],
  );
});

test("what Nils writes after the merge goes where his address points when it is taken back", async () => {
  const [one, other] = [await livedThrough("nils@one.example", 1), await livedThrough("nils@other.example", 1)];
  const before = await knownOf(other);
  const merge = await mergeCustomers(house.ada, { from: other, into: one });
  await writes(house, "nils@other.example", "And another thing: this is terrible!", { subject: "Another thing" });
  await settle();
  assert.equal((await knownOf(one)).conversations, 3);

  await unmergeCustomers(house.ada, merge.id);
  await settle();
  assert.equal((await knownOf(one)).conversations, 1);
  assert.equal((await knownOf(other)).conversations, before.conversations + 1);
});

test("any merges and unmerges end as if only those that stand had been done", async () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant("merge" as const), from: fc.nat(4), into: fc.nat(4) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("unmerge" as const), which: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("happen" as const), to: fc.nat(4) }) },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      run += 1;
      const people: number[] = [];
      for (let index = 0; index < 5; index += 1) {
        passMinute();
        people.push(await livedThrough(`person${index}.run${run}@crowd.example`, index === 2 ? 2 : 1));
        if (index > 1) await says(people[index] ?? 0, index > 2, `Said by number ${index}.`);
      }
      const done: { id: number; fromId: number; intoId: number; stands: boolean }[] = [];
      for (const each of steps) {
        passMinute();
        if (each.do === "merge") {
          const [fromId = 0, intoId = 0] = [people[each.from], people[each.into]];
          const merge = await mergeCustomers(house.ada, { from: fromId, into: intoId }).catch(() => null);
          if (merge) done.push({ id: merge.id, fromId, intoId, stands: true });
        } else if (each.do === "unmerge") {
          const merge = done.filter(({ stands }) => stands)[each.which % Math.max(1, done.filter(({ stands }) => stands).length)];
          if (!merge) continue;
          await unmergeCustomers(house.ada, merge.id);
          merge.stands = false;
        } else {
          await rates(people[each.to] ?? 0);
        }
      }
      await settle();
      const expected = joinPersons(
        people,
        done.filter(({ stands }) => stands),
      );
      const [found, known] = [await derivedOf(people), await Promise.all(people.map(knownOf))];
      for (const id of people) assert.equal((await person(id)).id, publicId("cus", expected.get(id) ?? 0));

      await onlyStanding(
        people,
        done.filter(({ stands }) => stands),
      );
      assertClose(found, await derivedOf(people));
      assert.deepEqual(await Promise.all(people.map(knownOf)), known);
    }),
    { numRuns: 6 },
  );
});

/** Takes everybody apart and does once more only the merges that stand. */
async function onlyStanding(people: number[], standing: { fromId: number; intoId: number }[]): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from merges where merged_at is not null and undone_at is null and from_id = any(${people}::bigint[])`.execute(anywhere().db);
  for (const { id } of rows) await unmergeCustomers(house.ada, id);
  for (const { fromId, intoId } of standing) await mergeCustomers(house.ada, { from: fromId, into: intoId });
  await settle();
}

interface Derived {
  customer: number;
  good: number;
  bad: number;
  pieces: number;
  atRisk: boolean;
  /** Since when they are among those who wrote. */
  since: Date | null;
}

/** No two things happen at one moment. */
function passMinute(): void {
  stopAt(new Date(now().getTime() + 60_000));
}

async function derivedOf(people: number[]): Promise<Derived[]> {
  const { rows } = await sql<Derived>`
    select c.id as customer, s.good, s.bad, s.pieces, c.at_risk as "atRisk",
      (select m.since from segment_members m join segments g on g.id = m.segment_id and g.name = 'Wrote' where m.customer_id = coalesce(a.root_id, c.id)) as since
    from customers c
    left join customer_aliases a on a.customer_id = c.id
    left join experience_scores s on s.customer_id = coalesce(a.root_id, c.id)
    where c.id = any(${people}::bigint[]) order by c.id`.execute(anywhere().db);
  return rows;
}

function assertClose(found: Derived[], expected: Derived[]): void {
  assert.equal(found.length, expected.length);
  for (const [index, row] of found.entries()) {
    const other = expected[index];
    assert.ok(other);
    assert.ok(row.since);
    assert.deepEqual([row.customer, row.pieces, row.atRisk, row.since], [other.customer, other.pieces, other.atRisk, other.since]);
    assert.ok(
      Math.abs(row.good - other.good) < 1e-9 && Math.abs(row.bad - other.bad) < 1e-9,
      `${row.good} ${other.good}, ${row.bad} ${other.bad}`,
    );
  }
}

/** A customer with some late orders, a complaint and a rating. */
async function livedThrough(email: string, late: number): Promise<number> {
  const customer = await transaction(house, (tx) =>
    findOrCreateCustomer(tx, { email, name: email.split("@")[0] ?? null, source: "email" }),
  );
  for (let index = 0; index < late; index += 1) {
    await placeOrder(house.ada, {
      externalId: `${email}-${index}`,
      customer: { email, name: null },
      items: [{ name: "Glazed rings", quantity: 12 }],
      total: 24,
      currency: "EUR",
      placedAt: "2026-11-01T08:00:00Z",
      promisedAt: "2026-11-02T10:00:00Z",
    });
  }
  await writes(house, email, "My box is late again, and I am very disappointed.");
  await settle();
  return customer.id;
}

async function rates(customerId: number): Promise<void> {
  await transaction(house, (tx) =>
    record(tx, {
      kind: "survey.answered",
      customerId,
      initiative: "reactive",
      properties: { rating: 2 },
      source: "test",
      sourceKey: crypto.randomUUID(),
    }),
  );
}

async function knownOf(customerId: number): Promise<Known> {
  const id = publicId("cus", customerId);
  const { score, line } = (await doors.ask("GET", `/customers/${id}/experience`)).json<{ score: number | null; line: unknown[] }>();
  return {
    person: (await person(customerId)).id,
    score: score === null ? null : Math.round(score * 1e6) / 1e6,
    pieces: line.length,
    atRisk: (await person(customerId)).atRisk,
    timeline: await count(`/customers/${id}/timeline?limit=100`),
    orders: await count(`/customers/${id}/orders`),
    conversations: await count(`/conversations?customer=${id}`),
    consents: await consents(id),
    segments: (await doors.ask("GET", `/customers/${id}/segments`)).json<{ items: Known["segments"] }>().items,
  };
}

async function consents(id: string): Promise<Known["consents"]> {
  const { items } = (await doors.ask("GET", `/customers/${id}/consents`)).json<{ items: Known["consents"] }>();
  return items.map(({ class: about, granted, wording, source }) => ({ class: about, granted, wording, source }));
}

/** To being asked; to news nobody says anything. */
async function says(customerId: number, granted: boolean, wording: string): Promise<void> {
  const said = { channel: "email", class: "survey", granted, wording, source: "by phone" };
  assert.ok((await doors.ask("PUT", `/customers/${publicId("cus", customerId)}/consents`, said)).statusCode < 300);
}

async function count(path: string): Promise<number> {
  return (await doors.ask("GET", path)).json<{ items: unknown[] }>().items.length;
}

async function person(customerId: number): Promise<{ id: string; atRisk: boolean }> {
  return (await doors.ask("GET", `/customers/${publicId("cus", customerId)}`)).json();
}

test("customers who look alike are listed with reasons; Ada merges one pair and leaves another apart", async () => {
  const people = [
    ["Ingrid Solberg", "14 Fyrveien", "19840312"],
    ["Ingird Solberg", "14 Fyrveien", "19840312"],
    ["Per Lunde", "3 Storgata", "19700101"],
    ["Per Lunde", "3 Storgaten", "19700101"],
  ];
  for (const [index, [name = "", street = "", birthday = ""]] of people.entries()) {
    await transaction(house, (tx) =>
      meetCustomers(tx, [
        {
          identities: [{ kind: "user_id", value: `alike-${index}` }],
          at: tx.now,
          source: "test",
          isVerified: true,
          traits: { name, fields: { address: { street, city: "Lista", postalCode: "4563" }, birthday } },
        },
      ]),
    );
  }
  assert.equal((await doors.ask("POST", "/merge-suggestions")).statusCode, 202);
  await settle();
  type Item = { id: string; one: { id: string; name: string }; other: { id: string }; kind: string; reasons: string[] };
  const listed = async (): Promise<Item[]> =>
    (await doors.ask("GET", "/merge-suggestions")).json<{ items: Item[] }>().items.filter(({ kind }) => kind === "alike");
  const [first, second, ...others] = await listed();
  assert.deepEqual(others, []);
  assert.ok(first && second && first.reasons.includes("The same street"));

  assert.equal((await doors.ask("PUT", `/merge-suggestions/${first.id}/decision`, { decision: "merged" })).statusCode, 204);
  assert.equal((await doors.ask("PUT", `/merge-suggestions/${second.id}/decision`, { decision: "dismissed" })).statusCode, 204);
  assert.equal((await doors.ask("PUT", `/merge-suggestions/${second.id}/decision`, { decision: "merged" })).statusCode, 404);
  assert.equal((await doors.ask("GET", `/customers/${first.one.id}`)).json<{ id: string }>().id, first.other.id);
  assert.equal((await doors.ask("GET", `/customers/${second.one.id}`)).json<{ id: string }>().id, second.one.id);
  await doors.ask("POST", "/merge-suggestions");
  await settle();
  assert.deepEqual(await listed(), [], "what was decided is not asked again");
});
