import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { now, travelBack, travelTo } from "../../platform/clock.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse } from "../../testing/house.ts";
import { sweep } from "./jobs.ts";

let doors: Doors;

before(async () => {
  doors = await openDoors(await testHouse());
});
after(() => doors.app.close());

const MAPPING = `{ "customer": { "userId": user }, "name": "Ticket Bought", "key": $string(n) }`;

test("the last ten bodies that came to a hook can be tried: taken, refused or failed, JSON or a form, each as it came", async () => {
  const { id, path } = await hookWith(MAPPING);
  for (let n = 0; n < 9; n += 1) await knock(path, { user: "pia", n });
  await knock(path, "user=pia&n=form", "application/x-www-form-urlencoded");
  await knock(path, { n: "of nobody" });
  await knock(path, "no JSON");
  await knock(path, { user: "pia", n: "large", text: "x".repeat(70_000) });
  await doors.ask("PATCH", `/hooks/${id}`, { mapping: "$error('no')" });
  assert.equal((await knock(path, { user: "pia", n: "failed", name: 'Pia "P" \\ Ås' })).statusCode, 422);
  assert.deepEqual(
    (await bodies(id)).map(({ body }) => body),
    [
      { user: "pia", n: "failed", name: 'Pia "P" \\ Ås' },
      { n: "of nobody" },
      { user: "pia", n: "form" },
      ...[8, 7, 6, 5, 4, 3, 2].map((n) => ({ user: "pia", n })),
    ],
  );
  assert.equal((await doors.ask("GET", `/hooks/${id}/bodies`, undefined, doors.rivalKey)).statusCode, 404);
});

test("many that come at once leave the last ten, and each hook has its own", async () => {
  const [one, other] = [await hookWith(MAPPING), await hookWith(MAPPING)];
  await knock(other.path, { user: "pia", n: 1 });
  await Promise.all(Array.from({ length: 60 }, (_, n) => knock(one.path, { user: `pia-${n}`, n })));
  await knock(one.path, { user: "pia", n: "last" });
  assert.equal((await bodies(one.id)).length, 10);
  assert.equal(await countOf(), 20 + 1);
  assert.equal((await bodies(other.id)).length, 1);
});

test("bodies go after a week, with their hook, and with whom they were of, also when they do not name them", async () => {
  const { id, path } = await hookWith(`{ "customer": { "userId": $string(n) }, "name": "Ticket Bought" }`);
  for (const n of [4711, 4712]) await knock(path, { n });
  const [quinn] = (await doors.ask("GET", "/customers?userId=4711")).json<{ items: { id: string }[] }>().items;
  assert.equal((await doors.ask("DELETE", `/customers/${quinn?.id}/personal-data`)).statusCode, 200);
  assert.deepEqual(
    (await bodies(id)).map(({ body }) => body),
    [{ n: 4712 }],
  );
  assert.equal((await doors.ask("DELETE", `/hooks/${id}`)).statusCode, 204);
  assert.equal(await countOf(), 21);
  travelTo(new Date(now().getTime() + 8 * 86_400_000));
  await sweep();
  travelBack();
  assert.equal(await countOf(), 0);
});

interface Kept {
  id: string;
  at: string;
  body: unknown;
}

async function bodies(id: string): Promise<Kept[]> {
  return (await doors.ask("GET", `/hooks/${id}/bodies`)).json<{ items: Kept[] }>().items;
}

async function countOf(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from hook_bodies`.execute(anywhere().db);
  return rows[0]?.count ?? 0;
}

async function hookWith(mapping: string): Promise<{ id: string; path: string }> {
  const made = await doors.ask("POST", "/hooks", { name: "Tickets", mapping });
  return { id: made.json().id, path: new URL(made.json().url).pathname };
}

function knock(path: string, payload: object | string, contentType = "application/json") {
  return doors.app.inject({ method: "POST", url: path, headers: { "content-type": contentType }, payload });
}
