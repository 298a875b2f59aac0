import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { settle, testHouse } from "../../testing/house.ts";

let doors: Doors;

before(async () => {
  doors = await openDoors(await testHouse());
});
after(() => doors.app.close());

test("a shop's German export of orders is taken in as it is, and a file that can be meant otherwise once its way is said", async () => {
  const german = "sep=;\r\nOrder id;Email;Order date;Total;Currency\r\nde1;jorg@fjord.example;13.01.2026;1.234,50 €;EUR\r\n";
  const added = await upload("orders", german, "bestellungen.csv");
  assert.deepEqual([added.delimiter, added.columns.length, added.mapping.numbers, added.mapping.days], [";", 5, "1.234,50", "day first"]);
  const done = await finish(added.id, "run");
  assert.deepEqual([done.counts.new, done.line], [1, 4]);
  const [order] = (await doors.ask("GET", "/orders?limit=50")).json().items;
  assert.deepEqual([order.total, order.placedAt], [1234.5, "2026-01-13T00:00:00.000Z"]);

  const american = await upload(
    "orders",
    "id,email,date,item name,quantity\nus1,jorg@fjord.example,1/2/2026,Ring,1\nus2,jorg@fjord.example,1/2/2026,Ring,-1\n",
    "us.csv",
  );
  assert.equal((await finish(american.id, "trial")).trial.refused, 2);
  const { columns } = american.mapping;
  const said = await doors.ask("PUT", `/imports/${american.id}/mapping`, { columns, days: "month first" });
  assert.equal(said.json().mapping.days, "month first");
  assert.deepEqual((await finish(american.id, "run")).counts, { new: 1, changed: 0, unchanged: 0, refused: 1 });
  const { items } = (await doors.ask("GET", `/imports/${american.id}/refused`)).json();
  assert.deepEqual(
    items.map(({ line, reason }: { line: number; reason: string }) => [line, reason]),
    [[3, "item.quantity is -1: less than nothing. What came back is a return or a refund."]],
  );
});

test("a file with the line ends of an old Macintosh, and one that a program calls JSON, are read like the others", async () => {
  const old = await upload("customers", Buffer.from("email,name\rcr1@fjord.example,Ren\xe9e\rcr2@fjord.example,CR\r", "latin1"), "mac.csv");
  assert.deepEqual(old.columns, ["email", "name"]);
  assert.equal((await finish(old.id, "run")).counts.new, 2);
  assert.equal((await doors.ask("GET", "/customers?email=cr1@fjord.example")).json().items[0].name, "Renée");

  for (const type of ["application/json", "application/pdf", "application/vnd.ms-excel"]) {
    const answer = await doors.app.inject({
      method: "POST",
      url: "/api/v1/imports?thing=customers",
      headers: { authorization: `Bearer ${doors.key}`, "content-type": type },
      payload: '{"email":"cr3@fjord.example"}\n',
    });
    assert.deepEqual([answer.statusCode, answer.json().columns], [201, ["email"]], type);
  }
});

test("a further line of our own export names somebody by a column that the first lines leave out, and invents nobody", async () => {
  const line = (number: number, more: object) =>
    JSON.stringify({
      ...{ externalId: `n${number}`, "customer.email": `n${number}@fjord.example`, placedAt: "2026-01-13T00:00:00.000Z" },
      ...{ customerId: `cus_other${number}`, id: "ord_1", ...more },
    });
  const lines = Array.from({ length: 700 }, (_, number) => line(number, number === 699 ? { "customer.userId": "real-98611" } : {}));
  const added = await upload("orders", lines.join("\n"), "orders.ndjson");
  await finish(added.id, "run");
  const found = async (query: string) => (await doors.ask("GET", `/customers?${query}`)).json().items.length;
  assert.deepEqual([await found("userId=real-98611"), await found("userId=cus_other699"), await found("userId=cus_other0")], [1, 0, 0]);
});

async function upload(thing: string, content: string | Buffer, name: string) {
  const answer = await doors.app.inject({
    method: "POST",
    url: `/api/v1/imports?thing=${thing}&name=${name}`,
    headers: { authorization: `Bearer ${doors.key}`, "content-type": "text/csv" },
    payload: content,
  });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
}

async function finish(id: string, what: "trial" | "run") {
  assert.equal((await doors.ask("POST", `/imports/${id}/${what}`)).statusCode, 202);
  await settle();
  return (await doors.ask("GET", `/imports/${id}`)).json();
}
