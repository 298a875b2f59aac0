import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  page = await house.openPage();
  await page.goto(`${house.url}/settings/hours`);
  await page.getByText(/^(Open|Closed) now, until/).waitFor();
});
after(() => house.close());

test("Ada gives Friday a break for lunch; it is saved when she leaves the day, and undone with a key", async () => {
  await page.getByLabel("Friday, to").fill("12.30");
  await page.getByRole("button", { name: "Friday: add hours" }).click();
  await page.getByText("Friday: 09:00 to 12:30 and 13:30 to 16:30.").waitFor();
  assert.deepEqual((await days())[4], [
    ["09:00", "12:30"],
    ["13:30", "16:30"],
  ]);

  await page.getByRole("button", { name: "Friday: take 13:30 to 16:30 away" }).click();
  await page.getByText("Friday: 09:00 to 12:30.").waitFor();
  await page.getByRole("heading", { name: "Friday" }).click();
  await page.keyboard.press("z");
  await page.getByLabel("Friday, to (2)").waitFor();
});

test("hours that cannot be are said to be wrong beside them, and are not saved", async () => {
  const before = await days();
  await page.getByLabel("Monday, to").fill("08:00");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("09:00 to 08:00 ends before it begins.").waitFor();
  assert.deepEqual(await days(), before);
  await page.getByLabel("Monday, to").fill("18");
  await page.keyboard.press("Enter");
  await page.getByText("Monday: 09:00 to 18:00.").waitFor();
  await page.getByRole("alert").waitFor({ state: "detached" });
});

test("Christmas is closed, and the clock is that of Berlin", async () => {
  await page.getByLabel("A day").fill("2099-12-25");
  await page.getByRole("button", { name: "Add the day" }).click();
  await page.getByText(/Closed on Friday,? 25 December 2099/).waitFor();
  await page.getByRole("button", { name: /Open on Friday,? 25 December 2099 after all/ }).waitFor();
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await page.getByText("The clock is that of Berlin now.").waitFor();
  const level = await house.api("GET", "/service-level");
  assert.ok(typeof level === "object" && level !== null && "timeZone" in level && "holidays" in level);
  assert.equal(level.timeZone, "Europe/Berlin");
  assert.deepEqual(level.holidays, ["2099-12-25"]);
});

async function days(): Promise<unknown[]> {
  const level = await house.api("GET", "/service-level");
  assert.ok(typeof level === "object" && level !== null && "days" in level && Array.isArray(level.days));
  return level.days;
}
