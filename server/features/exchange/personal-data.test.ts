import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hasFile } from "../../platform/files/index.ts";
import { pool } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse } from "../../testing/house.ts";
import { namePartsOf } from "./name-parts.ts";

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

test("refused lines go with whom they name in whichever way: a part of a name, a short id, a number that is written otherwise", async () => {
  const text = [
    "userId,email,phone,name,firstSeenAt",
    "u7,ada@lovelace.example,+47 22 33 44 66,Ada María King-Noel,2025-01-01",
    ",,,Ada King,",
    ",,,King,",
    ',,,"KING-Noel, A.",',
    "u7,,,,soon",
    ",,+47 (22) 33-44 66,,soon",
    ",,+47 22 33 44 67,,soon",
    ",,,Kingsley,",
    ",,,Ada of the bakery,",
    "u77,,,,soon",
  ].join("\n");
  const id = await upload(text);
  await doors.ask("POST", `/imports/${id}/run`);
  await settle();
  const orders = await upload("order_id,email,order_date\n1,Ada@Lovelace.example,soon\n2,eve@lovelace.example,soon\n", "orders");
  await doors.ask("POST", `/imports/${orders}/run`);
  await settle();
  assert.deepEqual([(await refusedIn(id)).length, (await refusedIn(orders)).length], [9, 2]);
  const [her] = (await doors.ask("GET", "/customers?userId=u7")).json().items;
  assert.ok((await doors.ask("DELETE", `/customers/${her.id}/personal-data`)).statusCode < 300);
  assert.deepEqual(await refusedIn(id), [",,+47 22 33 44 67,,soon", ",,,Kingsley,", ",,,Ada of the bakery,", "u77,,,,soon"]);
  assert.deepEqual(await refusedIn(orders), ["2,eve@lovelace.example,soon"]);
});

test("of a name its longer parts are looked for, and all of one that has none", () => {
  assert.deepEqual(namePartsOf(["Maria de la Cruz", "Åse O'Bjørk-Næss"]), ["maria", "cruz", "bjørk", "næss"]);
  assert.deepEqual(namePartsOf(["Bo Li"]), ["bo", "li"]);
  assert.deepEqual(namePartsOf(["", "--"]), []);
});

async function refusedIn(id: string): Promise<string[]> {
  const { items } = (await doors.ask("GET", `/imports/${id}/refused`)).json<{ items: { text: string }[] }>();
  return items.map(({ text }) => text);
}

async function upload(payload: string, thing = "customers"): Promise<string> {
  const headers = { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" };
  const answer = await doors.app.inject({ method: "POST", url: `/api/v1/imports?thing=${thing}`, headers, payload });
  assert.equal(answer.statusCode, 201, answer.body);
  const { id }: { id: string } = answer.json();
  return id;
}

async function filesOf(): Promise<string[]> {
  const { rows } = await pool().query<{ digest: string }>("select digest from imports order by id");
  return rows.map((row) => row.digest);
}
