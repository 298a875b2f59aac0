import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  await house.write({ from: "Maria Lindqvist <maria@fjord.example>", subject: "Where is our box?", text: "It was promised for nine." });
  page = await house.openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto(`${house.url}/inbox/open`);
  await page.getByRole("link", { name: /Where is our box/ }).waitFor();
});
after(() => house.close());

test("on a phone there is one pane at a time, and the customer comes as a sheet", async () => {
  await page.getByRole("link", { name: /Where is our box/ }).click();
  await page.getByRole("region", { name: "Thread" }).getByText("promised for nine").waitFor();
  await page.getByRole("list", { name: /conversation/ }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "The customer" }).click();
  await page.getByRole("dialog").getByText("maria@fjord.example").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Back to the list" }).click();
  await page.getByRole("link", { name: /Where is our box/ }).waitFor();
});

test("a swipe closes it, and undo brings it back", async () => {
  const row = await page.getByRole("link", { name: /Where is our box/ }).boundingBox();
  if (!row) throw new Error("the row has no place on the screen");
  const touch = await page.context().newCDPSession(page);
  const y = row.y + row.height / 2;
  const at = (type: "touchStart" | "touchMove" | "touchEnd", x: number) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  await at("touchStart", 60);
  for (let x = 70; x <= 260; x += 10) await at("touchMove", x);
  await at("touchEnd", 260);
  await page.getByText("Nobody is waiting").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: /Where is our box/ }).waitFor();
});

test("who is listed, in which order and with what is chosen in a sheet, and the same is taken away as a file", async () => {
  await house.api("POST", "/orders", {
    externalId: "order-of-anna",
    customer: { email: "anna@fjord.example", name: "Anna Berg" },
    items: [],
    total: 20,
    currency: "GBP",
    placedAt: new Date().toISOString(),
  });
  await house.api("POST", "/segments", { name: "Wrote to us", where: { did: { kind: "message.received" } } });
  await page.goto(`${house.url}/customers`);
  const names = page.getByRole("list", { name: "Customers" }).getByRole("link");
  await page.getByRole("link", { name: /Anna Berg/ }).waitFor();
  await page.getByRole("button", { name: "Who is listed, and how" }).click();
  const sheet = page.getByRole("dialog", { name: "Who is listed, and how" });
  await choose("Order", "Name");
  await choose("Segment", "Wrote to us");
  await sheet.getByLabel("Email").uncheck();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.getByText("Only Wrote to us").waitFor();
  await page.getByRole("link", { name: /Anna Berg/ }).waitFor({ state: "detached" });
  assert.equal(await names.count(), 1);
  assert.equal(await page.getByText("maria@fjord.example").count(), 0);

  await page.getByRole("button", { name: "Who is listed, and how" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), sheet.getByRole("link", { name: "Export them as a file" }).click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
  assert.match(Buffer.concat(chunks).toString(), /Maria Lindqvist/);
  assert.doesNotMatch(Buffer.concat(chunks).toString(), /Anna Berg/);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show everybody" }).click();
  await page.getByRole("link", { name: /Anna Berg/ }).waitFor();
  assert.match((await names.first().textContent()) ?? "", /Anna/);
});

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole("dialog").getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}
