import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { transaction } from "../../platform/db/index.ts";
import { record } from "../interactions/index.ts";
import { findOrCreateCustomer } from "./index.ts";

let house: House;
let doors: Doors;

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  for (const [index, [name, rating]] of (
    [
      ["Cleo", 1],
      ["Anna", 5],
      ["Ben", 3],
      ["Dora", null],
    ] as const
  ).entries()) {
    await transaction(house, async (tx) => {
      const at = new Date(Date.UTC(2026, 10, 1 + index));
      const { id } = await findOrCreateCustomer(tx, { email: `${name}@fjord.example`, name, source: "email", at });
      for (let time = 0; rating !== null && time < 3; time += 1) {
        const once = { source: "test", sourceKey: `${name} ${time}`, conversationId: index * 10 + time + 1 };
        await record(tx, {
          kind: "survey.answered",
          customerId: id,
          initiative: "reactive",
          properties: { rating },
          occurredAt: at,
          ...once,
        });
      }
    });
  }
  await settle();
});
after(() => doors.app.close());

test("customers are listed by name, by score and by when they were heard or met, page by page without a gap", async () => {
  assert.deepEqual(await walk("sort=name"), ["Anna", "Ben", "Cleo", "Dora"]);
  assert.deepEqual(await walk("sort=score"), ["Cleo", "Ben", "Anna", "Dora"]);
  assert.deepEqual(await walk("sort=lastHeard"), ["Dora", "Ben", "Anna", "Cleo"]);
  assert.deepEqual(await walk("sort=since"), ["Dora", "Ben", "Anna", "Cleo"]);
  assert.deepEqual(await walk(""), ["Dora", "Ben", "Anna", "Cleo"]);
});

test("a list can be narrowed to a segment; one that is not there is not found", async () => {
  const segment = await doors.ask("POST", "/segments", { name: "A", where: { profile: "name", is: "Anna" } });
  await settle();
  assert.deepEqual(await walk(`segment=${segment.json<{ id: string }>().id}`), ["Anna"]);
  assert.equal((await doors.ask("GET", `/customers?segment=${publicId("seg", 9999)}`)).statusCode, 404);
});

test("a cursor of another order is refused", async () => {
  const { nextCursor } = (await doors.ask("GET", "/customers?sort=name&limit=1")).json<{ nextCursor: string }>();
  assert.equal((await doors.ask("GET", `/customers?sort=score&limit=1&cursor=${nextCursor}`)).statusCode, 400);
});

test("who has no name comes last by name", async () => {
  const nobody = await transaction(house, (tx) => findOrCreateCustomer(tx, { externalId: { source: "shop", id: "77" }, source: "shop" }));
  const { items } = (await doors.ask("GET", "/customers?sort=name")).json<{ items: { id: string; name: string | null }[] }>();
  assert.deepEqual([items[0]?.name, items.at(-1)?.id], ["Anna", publicId("cus", nobody.id)]);
});

async function walk(query: string): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const list = await doors.ask("GET", `/customers?limit=1&${query}${cursor ? `&cursor=${cursor}` : ""}`);
    assert.equal(list.statusCode, 200, list.body);
    const { items, nextCursor } = list.json<{ items: { name: string }[]; nextCursor: string | null }>();
    names.push(...items.map(({ name }) => name));
    cursor = nextCursor;
  }
  return names;
}
