import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;
let page: Page;
const hour = 3_600_000;

before(async () => {
  house = await openHouse();
  page = await house.openPage();
});
after(() => house.close());

/** An order that should have come two hours ago. */
async function lateOrder(number: string, name: string): Promise<void> {
  await house.api("POST", "/orders", {
    externalId: number,
    number,
    customer: { email: `${name.split(" ")[0]?.toLowerCase()}@fjord.example`, name },
    items: [{ name: "Box of 24", quantity: 1, price: 46 }],
    total: 46,
    currency: "GBP",
    placedAt: new Date(Date.now() - 26 * hour).toISOString(),
    promisedAt: new Date(Date.now() - 2 * hour).toISOString(),
  });
}

test("Maria's box is late, and an apology is proposed before she writes", async () => {
  await page.goto(`${house.url}/inbox/proposed`);
  await page.getByText("Nothing to decide").waitFor();
  await lateOrder("1042", "Maria Lindqvist");
  await page.getByRole("heading", { name: "Write first to Maria Lindqvist?" }).waitFor();
  assert.match(await page.getByLabel("Subject").inputValue(), /\w/);
});

test("Ada changes a word, sends it, and Maria has it", async () => {
  const words = await page.getByRole("textbox", { name: "Message" }).inputValue();
  await page.getByRole("textbox", { name: "Message" }).fill(`${words}\n\nAda says sorry herself.`);
  await page.getByText(/^Saved/).waitFor();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Nothing to decide").waitFor();
  await page.getByRole("button", { name: "Send now" }).click();
  const letter = await house.letters.wait((each) => each.text?.includes("Ada says sorry herself") ?? false);
  assert.match(letter.to && !Array.isArray(letter.to) ? letter.to.text : "", /maria@fjord\.example/);
});

test("it stands on her line as ours: we went to her", async () => {
  await page.goto(`${house.url}/customers`);
  await page.getByRole("link", { name: /Maria/ }).click();
  await page.getByRole("heading", { name: "Everything" }).waitFor();
  await page.getByRole("button", { name: "We went to them" }).click();
  await page.getByRole("listitem").filter({ hasText: "wrote first" }).getByRole("img", { name: "we went to them" }).waitFor();
});

test("what Ada drops goes, and comes back when she undoes it", async () => {
  await lateOrder("1043", "Anders Holm");
  await page.goto(`${house.url}/inbox/proposed`);
  await page.getByRole("heading", { name: "Write first to Anders Holm?" }).waitFor();
  await page.getByRole("button", { name: "Drop" }).click();
  await page.getByText("Nothing to decide").waitFor();
  const views = page.getByRole("list", { name: "Inbox" });
  await views.getByRole("link", { name: "Closed" }).click();
  await views.getByRole("link", { name: /^Proposed ?0$/ }).click();
  await page.getByText("Nothing to decide").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("heading", { name: "Write first to Anders Holm?" }).waitFor();
});

test("the board tells how many came late, down to the orders behind the figure", async () => {
  await page.goto(`${house.url}/board`);
  await page.getByRole("button", { name: "Late deliveries" }).click();
  const sheet = page.getByRole("dialog", { name: "Late deliveries" });
  await sheet.getByText("Counted").waitFor();
  await sheet.getByText("Maria Lindqvist").first().waitFor();
});
