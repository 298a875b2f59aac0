import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;
let page: Page;
const loaded: string[] = [];

const html = `<p>Dear team,</p><p>look at <b>this</b>.</p>
<img src="http://pictures.example/seen.png" width="20" height="20">
<script>fetch("http://pictures.example/script")</script>
<a href="javascript:fetch('http://pictures.example/link')" onclick="fetch('http://pictures.example/click')">here</a>
<form action="http://pictures.example/form"><input name="a"></form>`;

before(async () => {
  house = await openHouse();
  await house.write({ from: "Yuki Tanaka <yuki@fjord.example>", subject: "A designed mail", text: "Dear team, look at this.", html });
  page = await house.openPage();
  await page.route(/pictures\.example/, (route) => {
    loaded.push(new URL(route.request().url()).pathname);
    return route.fulfill({ status: 200, contentType: "image/png", body: Buffer.alloc(0) });
  });
  await page.goto(`${house.url}/inbox/open`);
});
after(() => house.close());

test("a designed mail is shown as text first, and as it was sent in a frame that runs nothing", async () => {
  await page.getByRole("article", { name: "Yuki Tanaka, message" }).getByText("look at this").waitFor();
  await page.getByRole("button", { name: "Show as it was sent" }).click();
  const frame = page.frameLocator("iframe");
  await frame.getByText("look at").waitFor();
  await frame
    .getByText("here")
    .click({ timeout: 2000 })
    .catch(() => null);
  await page.waitForTimeout(500);
  assert.deepEqual(loaded, []);
});

test("its images are loaded only when Ada asks for them", async () => {
  await page.getByRole("button", { name: /Load its images/ }).click();
  for (const end = Date.now() + 5000; Date.now() < end && loaded.length === 0;) await page.waitForTimeout(50);
  assert.deepEqual([...new Set(loaded)], ["/seen.png"]);
});
