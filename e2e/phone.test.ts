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
