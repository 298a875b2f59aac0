import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hasFile } from "../../platform/files/index.ts";
import { pool } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse } from "../../testing/house.ts";

let doors: Doors;
before(async () => {
  doors = await openDoors(await testHouse());
});
after(() => doors.app.close());

test("when Wilhelmina is erased, the refused lines that name her and the files that wait go too; an ended import keeps none", async () => {
  const done = await upload("email,name,firstSeenAt\nwilhelmina@fjord.example,Wilhelmina,2025-01-01\nwilhelmina@fjord.example,W,soon\n");
  await doors.ask("POST", `/imports/${done}/run`);
  await settle();
  const waiting = await upload("email\nwilhelmina@fjord.example\n");
  const [ended, open] = await filesOf();
  assert.equal(await hasFile(ended ?? ""), false);
  assert.equal(await hasFile(open ?? ""), true);
  assert.equal((await doors.ask("GET", `/imports/${done}/refused`)).json().items.length, 1);

  const [her] = (await doors.ask("GET", "/customers?email=wilhelmina@fjord.example")).json().items;
  const erased = await doors.ask("DELETE", `/customers/${her.id}/personal-data`);
  assert.ok(erased.statusCode < 300, erased.body);
  await settle();
  assert.equal((await doors.ask("GET", `/imports/${done}/refused`)).json().items.length, 0);
  const { state, error, sample } = (await doors.ask("GET", `/imports/${waiting}`)).json();
  assert.deepEqual([state, sample], ["cancelled", []]);
  assert.match(error, /Somebody was erased/);
  assert.equal(await hasFile(open ?? ""), false);
});

async function upload(payload: string): Promise<string> {
  const headers = { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" };
  const answer = await doors.app.inject({ method: "POST", url: "/api/v1/imports?thing=customers", headers, payload });
  assert.equal(answer.statusCode, 201, answer.body);
  const { id }: { id: string } = answer.json();
  return id;
}

async function filesOf(): Promise<string[]> {
  const { rows } = await pool().query<{ digest: string }>("select digest from imports order by id");
  return rows.map((row) => row.digest);
}
