import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere, pool } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";
import { store } from "./intake.ts";
import type { ReadEvent } from "./read-event.ts";

let house: House;
let doors: Doors;
let writeKey = "";

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  writeKey = (await doors.ask("POST", "/sources", { name: "Web shop" })).json().writeKey;
});
after(() => doors.app.close());

function eventOf(userId: string, propertiesJson: string): ReadEvent {
  const sighting = {
    identities: [{ kind: "user_id" as const, value: userId }],
    at: new Date(),
    source: "src_1",
    isVerified: true,
    traits: null,
  };
  const interactions = [{ kind: "event.tracked", initiative: "reactive" as const, propertiesJson, source: "src_1" }];
  return { sighting, interactions, came: { userId }, unnamed: "It does not say whose it is." };
}

async function stored(name: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from interactions where workspace_id = ${house.workspaceId} and properties->>'name' = ${name}`.execute(
    anywhere().db,
  );
  return rows[0]?.count ?? 0;
}

test("what the database cannot keep is refused alone; requests that were written with it are stored", async () => {
  const good = '{"name":"good"}';
  const delivery = { workspaceId: house.workspaceId, origin: "src_1", refusals: [] };
  const outcomes = await Promise.all([
    store({ ...delivery, events: [eventOf("anna", good)] }),
    store({ ...delivery, events: [eventOf("anna", good), eventOf("bert", '{"name":'), eventOf("carl", good)] }),
    store({ ...delivery, events: [eventOf("dora", good)] }),
  ]);
  assert.deepEqual(
    outcomes.map(({ taken, refused }) => [taken, refused]),
    [
      [1, 0],
      [2, 1],
      [1, 0],
    ],
  );
  assert.equal(await stored("good"), 4);
  const { rows } = await sql<{ reason: string; event: string }>`select reason, event from refusals`.execute(anywhere().db);
  assert.deepEqual(rows, [{ reason: "It could not be stored.", event: '{"userId":"bert"}' }]);
});

test("when the database is slow, clients hear 429 with Retry-After, and all that was accepted is stored", async () => {
  const send = async (number: number) => {
    const batch = Array.from({ length: 100 }, (_, index) => ({
      type: "track",
      event: "Waited",
      userId: `u${index}`,
      messageId: `${number}-${index}`,
    }));
    return doors.app.inject({ method: "POST", url: "/v1/batch", headers: { authorization: `Bearer ${writeKey}` }, payload: { batch } });
  };
  assert.equal((await send(0)).statusCode, 200);
  const slow = await pool().connect();
  await slow.query("begin; lock table interactions in exclusive mode");
  const answers = Promise.all(Array.from({ length: 300 }, (_, number) => send(number + 1)));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await slow.query("commit");
  slow.release();
  const refused = (await answers).filter((answer) => answer.statusCode === 429);
  const accepted = (await answers).filter((answer) => answer.statusCode === 200);
  assert.ok(refused.length > 0 && accepted.length > 0, `${refused.length} refused, ${accepted.length} accepted`);
  assert.equal(refused.length + accepted.length, 300);
  assert.equal(refused[0]?.headers["retry-after"], "1");
  assert.equal(await stored("Waited"), 100 * (accepted.length + 1));
  assert.equal((await send(1_000)).statusCode, 200, "and then it goes on");
});

test("large events count as several of what may wait: memory is bounded, however few they are", async () => {
  const text = "x".repeat(30_000);
  const send = async (number: number) => {
    const batch = Array.from({ length: 15 }, (_, index) => ({
      ...{ type: "track", event: "Waited long", userId: `u${index}`, messageId: `large-${number}-${index}` },
      properties: { text },
    }));
    return doors.app.inject({ method: "POST", url: "/v1/batch", headers: { authorization: `Bearer ${writeKey}` }, payload: { batch } });
  };
  const slow = await pool().connect();
  await slow.query("begin; lock table interactions in exclusive mode");
  const answers = Promise.all(Array.from({ length: 120 }, (_, number) => send(number)));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await slow.query("commit");
  slow.release();
  const statuses = (await answers).map(({ statusCode }) => statusCode);
  const accepted = statuses.filter((status) => status === 200).length;
  assert.deepEqual([...new Set(statuses)].toSorted(), [200, 429]);
  assert.equal(await stored("Waited long"), 15 * accepted);
});
