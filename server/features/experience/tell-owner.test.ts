import assert from "node:assert/strict";
import { before, test } from "node:test";
import { placeOrder } from "../orders/index.ts";
import { pool } from "../../platform/db/index.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";

let house: House;

before(async () => {
  house = await testHouse();
});

const late = (externalId: string, minutesAgo: number) => ({
  externalId,
  customer: { email: "maria@fjord.example", name: "Maria Lindqvist" },
  items: [],
  total: 46,
  currency: "GBP",
  placedAt: new Date(Date.now() - (minutesAgo + 600) * 60_000).toISOString(),
  promisedAt: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
});

async function told(): Promise<{ to_address: string; subject: string }[]> {
  const { rows } = await pool().query<{ to_address: string; subject: string }>(
    "select to_address, subject from email_deliveries where subject like 'At risk:%'",
  );
  return rows;
}

test("when Maria's second box is late, Ada is told that she is at risk, once", async () => {
  await placeOrder(house.ada, late("1", 300));
  await settle();
  assert.deepEqual(await told(), []);
  await placeOrder(house.ada, late("2", 30));
  await placeOrder(house.ada, late("3", 10));
  await settle();
  assert.deepEqual(await told(), [{ to_address: "ada@glaze.example", subject: "At risk: Maria Lindqvist" }]);
});
