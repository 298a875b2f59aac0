import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";
import { ordersOfMaria } from "./orders.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  await ordersOfMaria(house);
  page = await house.openPage();
  await page.goto(`${house.url}/customers`);
  await page.getByRole("link", { name: /Maria/ }).click();
  await page.getByText("Nothing said yet.").waitFor();
});
after(() => house.close());

test("Maria says on the phone that she wants no offers, and Ada writes it down in her words", async () => {
  await writeDown("They do not want", "No more offers, please.", "On the phone");
  await page.getByText("Does not want: news and offers by email").waitFor();
  await page.getByText("On the phone, ").waitFor();
  await page.getByRole("region", { name: "Everything" }).getByText("Does not want news and offers by email").waitFor();
});

test("later she agrees again, and only her newest word stands", async () => {
  await writeDown("They agree to", "Do tell me of new doughnuts.", "At the counter");
  await page.getByText("Agrees: news and offers by email").waitFor();
  assert.equal(await page.getByText("Does not want: news and offers by email").count(), 0);
  await page.goto(`${house.url}/settings/audit`);
  await page.getByText("Wrote down a customer's consent").first().waitFor();
});

async function writeDown(said: string, wording: string, source: string): Promise<void> {
  await page.getByRole("button", { name: "Write down" }).click();
  await page.getByRole("button", { name: said }).click();
  await page.getByLabel("In which words").fill(wording);
  await page.getByLabel("Where").fill(source);
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
