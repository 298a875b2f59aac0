import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;
let source = { id: "", writeKey: "" };

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  source = (await doors.ask("POST", "/sources", { name: "Web shop" })).json();
});
after(() => doors.app.close());

test("events without messageId: a batch sent again changes nothing, and two that look alike in it are two", async () => {
  const tick = { type: "track", event: "Ticked", userId: "uhr" };
  const ticks = async (): Promise<number | undefined> => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from interactions where workspace_id = ${house.workspaceId} and properties->>'name' = 'Ticked'`.execute(
      anywhere().db,
    );
    return rows[0]?.count;
  };
  const timeless = { sentAt: "2026-11-13T09:00:00Z", batch: [tick, tick, { ...tick, properties: { n: 1 } }] };
  for (let time = 0; time < 3; time += 1) await send("batch", timeless);
  assert.equal(await ticks(), 3);
  await send("batch", { ...timeless, sentAt: "2026-11-13T09:00:05Z" });
  assert.equal(await ticks(), 6, "sent at another moment they are others");

  const timed = { ...tick, timestamp: "2026-11-13T09:10:00Z" };
  await send("batch", { sentAt: "2026-11-13T09:10:01Z", batch: [timed, timed] });
  await send("batch", { sentAt: "2026-11-13T09:15:01Z", batch: [timed, timed] });
  assert.equal(await ticks(), 8, "with a time of their own it does not matter when they were sent");

  await send("track", { ...tick, sentAt: "2026-11-13T09:20:00Z" });
  await send("track", { ...tick, sentAt: "2026-11-13T09:20:00Z" });
  assert.equal(await ticks(), 9);
  for (let time = 0; time < 2; time += 1) await send("batch", { batch: [tick] });
  assert.equal(await ticks(), 11, "what tells nothing of when is taken each time");
});

function send(path: string, payload: object) {
  return doors.app.inject({ method: "POST", url: `/v1/${path}`, headers: { authorization: `Bearer ${source.writeKey}` }, payload });
}
