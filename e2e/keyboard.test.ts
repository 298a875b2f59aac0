import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;
let page: Page;

const subjects = ["First box", "Second box", "Third box"];

before(async () => {
  house = await openHouse();
  for (const [index, subject] of subjects.entries()) {
    await house.write({ from: `Customer ${index} <customer${index}@fjord.example>`, subject, text: `About the ${subject.toLowerCase()}.` });
  }
  page = await house.openPage();
  await page.goto(`${house.url}/inbox/open`);
  await page.getByRole("list", { name: "3 conversations" }).waitFor();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
});
after(() => house.close());

const heading = () => page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading");
const title = (): Promise<string> => heading().innerText();

async function titleAfter(last: string): Promise<string> {
  await heading().filter({ hasNotText: last }).waitFor();
  return title();
}

test("j and k walk the list, and nothing is needed but keys", async () => {
  const first = await title();
  await page.keyboard.press("j");
  const second = await titleAfter(first);
  await page.keyboard.press("k");
  assert.equal(await titleAfter(second), first);
});

test("keys rest while Ada types: an e in a word closes nothing", async () => {
  await page.keyboard.press("r");
  await page.getByRole("textbox", { name: /Reply to/ }).waitFor();
  await page.keyboard.type("We see; we are here.");
  await page.keyboard.press("Escape");
  await page.getByRole("list", { name: "3 conversations" }).waitFor();
});

test("what Ada began to write is still there when she comes back", async () => {
  await page.getByText(/^Saved/).waitFor();
  const was = await title();
  await page.getByRole("region", { name: "Thread" }).focus();
  await page.keyboard.press("j");
  await titleAfter(was);
  await page.keyboard.press("k");
  await page
    .getByRole("textbox", { name: /Reply to/ })
    .getByText("We see; we are here.")
    .waitFor();
  await page.reload();
  await page
    .getByRole("textbox", { name: /Reply to/ })
    .getByText("We see; we are here.")
    .waitFor();
  assert.equal(await page.getByRole("alert").count(), 0, "nobody has written since");
});

test("? shows every key, and Escape closes it again", async () => {
  await page.getByRole("region", { name: "Thread" }).focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByText("Find or do").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "detached" });
});

test("Ctrl K finds a customer and goes there", async () => {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Customer 1");
  await page.getByRole("option", { name: /customer1@fjord/ }).waitFor();
  // What is chosen may still be something that was found by the letters before.
  await page.keyboard.press("Home");
  await page.getByRole("option", { name: /customer1@fjord/, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Customer 1" }).waitFor();
});

test("g then i leads back to the inbox, a opens who it is for", async () => {
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL(/inbox\/mine/);
  await page.goto(`${house.url}/inbox/unassigned`);
  await page.getByRole("region", { name: "Thread" }).waitFor();
  await page.keyboard.press("a");
  await page.getByRole("menuitem", { name: "Me" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("Assigned to you.").waitFor();
});
