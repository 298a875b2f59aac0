import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, type House } from "./house.ts";
import { soundInBothThemes } from "./sound.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  page = await house.openPage({ viewport: { width: 1440, height: 900 } });
  for (const [name, total] of [
    ["anna", 180],
    ["ben", 20],
  ] as const) {
    await house.api("POST", "/orders", {
      externalId: `order-of-${name}`,
      customer: { email: `${name}@fjord.example`, name },
      items: [],
      total,
      currency: "GBP",
      placedAt: new Date(Date.now() - 3_600_000).toISOString(),
    });
  }
});
after(() => house.close());

test("Ada builds a segment: it says in words whom it means and counts them while she edits, and follows what happens", async () => {
  await page.goto(`${house.url}/customers`);
  await page.getByRole("link", { name: "Segments" }).click();
  await page.getByText("No segments yet.").waitFor();
  await page.getByRole("link", { name: "Make one" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Big orders");
  await choose("What it is about", "Orders");
  await page.getByText("1 customer", { exact: true }).waitFor();
  await page.getByLabel("How much at least").fill("10");
  await page.getByText("2 customers", { exact: true }).waitFor();
  await page.getByText(/^Customers who /).waitFor();
  await page.getByLabel("How much at least").fill("100");
  await page.getByText("1 customer", { exact: true }).waitFor();
  await soundInBothThemes(page, "the segment builder");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("In it now: 1").waitFor();
  await page.getByRole("link", { name: "anna" }).first().waitFor();

  await house.api("POST", "/orders", {
    externalId: "another-of-ben",
    customer: { email: "ben@fjord.example" },
    items: [],
    total: 90,
    currency: "GBP",
    placedAt: new Date().toISOString(),
  });
  await page.getByText("In it now: 2").waitFor({ timeout: 20_000 });
});

test("conditions join and stand in groups; what is missing is said before it can be kept", async () => {
  await page.goto(`${house.url}/segments/new`);
  await page.getByLabel("Name", { exact: true }).fill("Norwegians who went quiet");
  await choose("What it is about", "Profile");
  await page.getByText("Fill in what is missing").waitFor();
  assert.ok(await page.getByRole("button", { name: "Save" }).isDisabled());
  await page.getByLabel("Value").fill("nb-NO");
  await page.getByText("0 customers", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Group" }).click();
  await page
    .getByText(/ or | and /)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Nobody at the moment.").waitFor();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("Big orders").waitFor();
});

async function choose(label: string, option: string): Promise<void> {
  await page.getByLabel(label).first().click();
  await page.getByRole("option", { name: option, exact: true }).click();
}
