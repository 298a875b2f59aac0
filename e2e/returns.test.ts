import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, type House } from "./house.ts";
import { soundInBothThemes } from "./sound.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  page = await house.openPage();
  await orderOfMaria("1001", "Box of 24", [
    { id: "r1", status: "requested", reason: "A hole too many", requestedAt: "2026-11-19T09:00:00Z" },
    { id: "r2", status: "declined", requestedAt: "2026-11-18T09:00:00Z" },
  ]);
  await orderOfMaria("1002", "Ribbon", [
    { id: "r3", status: "closed", requestedAt: "2026-11-12T09:00:00Z", receivedAt: "2026-11-16T09:00:00Z" },
  ]);
});
after(() => house.close());

test("what Maria sent back, and how far each return has come, stands beside her orders, on a desk and on a phone", async () => {
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    await page.goto(`${house.url}/customers`);
    await page.getByRole("link", { name: /Maria/ }).first().click();
    for (const words of [/^Return asked for .*19.*: A hole too many$/, "Return declined", /^Came back .*16/])
      await page.getByText(words).waitFor();
    await soundInBothThemes(page, `returns at ${viewport.width}`);
    const isWide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    assert.equal(isWide, false, "nothing stands outside the screen");
  }
});

test("the settings of a Shopify shop name the topics that are understood, returns too", async () => {
  await page.goto(`${house.url}/settings/orders`);
  await page.getByText("The topics that are understood").click();
  await page.getByText("returns/request", { exact: false }).waitFor();
  await soundInBothThemes(page, "the topics");
  await page.getByRole("button", { name: "WooCommerce" }).click();
  await page.getByText("The topics that are understood").waitFor({ state: "detached" });
});

async function orderOfMaria(externalId: string, name: string, returns: object[]): Promise<void> {
  await house.api("POST", "/orders", {
    externalId,
    customer: { email: "maria@fjord.example", name: "Maria Lindqvist" },
    items: [{ name, quantity: 1, price: 46 }],
    total: 46,
    currency: "GBP",
    placedAt: "2026-11-10T09:00:00Z",
    promisedAt: "2026-11-11T09:00:00Z",
    deliveredAt: "2026-11-11T08:00:00Z",
    returns,
  });
}
