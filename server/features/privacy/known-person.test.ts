import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { tablesWith } from "../../testing/everything.ts";
import { testFiles } from "../../testing/files.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;
before(async () => {
  house = await testHouse();
  testFiles();
  doors = await openDoors(house);
});
after(() => doors.app.close());

test("Greta Holm goes under each of her names: a file called after her, a refused line and the audit name neither", async () => {
  const married = await takeIn("email,name\ngreta@holm.example,Greta Holm\n,Greta Holm\n", "greta-holm_2026.csv");
  await takeIn("email,name\ngreta@born.example,Greta Lindqvist\n,Greta Lindqvist\n", "people.csv");
  const [into, from] = [await idOf("greta@holm.example"), await idOf("greta@born.example")];
  assert.equal((await doors.ask("POST", "/merges", { from, into, reason: "Greta Lindqvist married" })).statusCode, 201);
  await settle();
  const words = ["greta holm", "greta-holm", "lindqvist"];
  for (const table of ["imports", "import_refusals", "audit_entries"]) assert.ok((await tablesWith(words)).includes(table), table);

  assert.equal((await doors.ask("DELETE", `/customers/${into}/personal-data`)).statusCode, 200);
  await settle();
  assert.deepEqual(await tablesWith(words), []);
  assert.equal((await doors.ask("GET", `/imports/${married}`)).json().name, "Erased");
});

async function takeIn(payload: string, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" };
  const { id } = (await doors.app.inject({ method: "POST", url: `/api/v1/imports?thing=customers&name=${name}`, headers, payload })).json<{
    id: string;
  }>();
  assert.equal((await doors.ask("POST", `/imports/${id}/run`)).statusCode < 300, true);
  await settle();
  return id;
}

async function idOf(email: string): Promise<string> {
  const { items } = (await doors.ask("GET", `/customers?email=${email}`)).json<{ items: { id: string }[] }>();
  return items[0]?.id ?? "";
}
