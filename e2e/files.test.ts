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
});
after(() => house.close());

const customers =
  "Customer id;Full name;E-mail;Town\nc-1;Åse Berg;ase@fjord.example;Lista\nc-2;Per Lunde;per@fjord.example;Moss\nc-3;Nobody;;\n;;;\n";

test("Ada brings a file of customers: she sees what would happen, takes it in, and the same file changes nothing", async () => {
  await bring("old-shop.csv");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What E-mail is").waitFor();
  await dialog.getByLabel("What Customer id is").click();
  await page.getByRole("option", { name: /userId/ }).click();
  await soundInBothThemes(page, "the import's mapping");
  await dialog.getByRole("button", { name: "See what would happen" }).click();
  await dialog.getByText("Would be new").waitFor();
  await numberIs("Would be new", 3);
  await dialog.getByRole("button", { name: "Take it in" }).click();
  await dialog.getByText("New", { exact: true }).waitFor();
  await numberIs("New", 3);
  await page.keyboard.press("Escape");

  await page.goto(`${house.url}/customers`);
  await page.getByText("Åse Berg").waitFor();

  await bring("old-shop-again.csv");
  await dialog.getByLabel("What Customer id is").click();
  await page.getByRole("option", { name: /userId/ }).click();
  await dialog.getByRole("button", { name: "Take it in" }).click();
  await dialog.getByText("New", { exact: true }).waitFor();
  await numberIs("As they are", 3);
  await numberIs("New", 0);
  await page.keyboard.press("Escape");
});

test("Ada keeps a column that has no field of its own, under the name she gives it, and says how the file writes days", async () => {
  await bring("towns.csv");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What Town is").click();
  await page.getByRole("option", { name: /further field/ }).click();
  await dialog.getByLabel("What to call Town").fill("home");
  await dialog.getByRole("button", { name: "Call it so" }).click();
  await dialog.getByRole("button", { name: "Call it so" }).waitFor({ state: "detached" });
  await dialog.getByLabel("How days are written").click();
  await page.getByRole("option", { name: /Day first/ }).click();
  await soundInBothThemes(page, "the import's mapping with a further field");
  await dialog.getByRole("button", { name: "Take it in" }).click();
  await dialog.getByText("Changed", { exact: true }).waitFor();
  await numberIs("Changed", 2);
  await page.keyboard.press("Escape");
  await page.getByText("0 new, 2 changed, 1 known already, 0 refused.").waitFor();
});

test("everything can be taken away as a file", async () => {
  await page.goto(`${house.url}/settings/files`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Customers as CSV" }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  assert.match(Buffer.concat(chunks).toString(), /Åse Berg/);
});

async function bring(name: string): Promise<void> {
  await page.goto(`${house.url}/settings/files`);
  await page.getByLabel("File to bring").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${customers}`) });
}

async function numberIs(term: string, value: number): Promise<void> {
  const name = page.getByRole("dialog").locator("dt", { hasText: new RegExp(`^${term}$`) });
  await name.locator("xpath=following-sibling::dd").getByText(String(value), { exact: true }).waitFor();
}
