import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { startServer } from "../server/testing/start-server.ts";
import type { StartedServer } from "../server/testing/start-server.ts";
import { openBrowser } from "./browser.ts";

let server: StartedServer;
let browser: Browser;
let page: Page;

before(async () => {
  server = await startServer({ database: "fresh", env: { THROUGHLINE_SAMPLE: "on" } });
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(server.url);
  await page.getByLabel("Email").fill("ada@glaze.example");
  await page.getByLabel("Password").fill((await readFile(join(server.dataFolder, "sample-password"), "utf8")).trim());
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Main" }).first().waitFor();
});
after(async () => {
  await browser.close();
  await server.stop();
});

test("Ada removes the sample company with one click and a sure, and is asked for the owner of her own", async () => {
  await page.goto(`${server.url}/settings/workspace`);
  await page.getByRole("button", { name: "Remove the sample company" }).click();
  const dialog = page.getByRole("dialog", { name: /^Remove Glaze/ });
  await dialog.getByText("cannot be brought back").waitFor();
  await dialog.getByRole("button", { name: "Remove the sample company" }).click();
  await page.getByRole("heading", { name: "Who looks after this?" }).waitFor();
  await page.getByLabel("Your company").fill("Fjord Studio");
  await page.getByLabel("Your name").fill("Maria Lindqvist");
  await page.getByLabel("Email").fill("maria@fjord.example");
  await page.getByLabel("Password").fill("a password of her own");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("navigation", { name: "Main" }).first().getByText("Fjord Studio").waitFor();
});

test("what she then sees is empty, says so, and says how to go on", async () => {
  const shown = {
    "/inbox/mine": /No mail can come in yet/,
    "/inbox/closed": /No mail can come in yet/,
    "/inbox/proposed": /Nothing to decide/,
    "/customers": /No customers yet/,
    "/board": /Nothing to count yet/,
    "/settings/ledger": /No mail yet/,
  };
  for (const [path, words] of Object.entries(shown)) {
    await page.goto(server.url + path);
    await page.getByText(words).first().waitFor();
  }
  await page.goto(`${server.url}/inbox/open`);
  await page.getByRole("link", { name: "Add an address" }).click();
  await page.getByLabel("Add an address").fill("hello@fjord.example");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("listitem").filter({ hasText: "hello@fjord.example" }).waitFor();
  await page.goto(`${server.url}/inbox/open`);
  await page.getByText("Nobody is waiting.").waitFor();

  await page.goto(`${server.url}/settings/workspace`);
  await page.getByRole("heading", { name: "Asking how it was" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Remove the sample company" }).count(), 0);
  await page.goto(`${server.url}/settings/members`);
  await page.getByText("maria@fjord.example").first().waitFor();
  assert.equal(await page.getByText("ada@glaze.example").count(), 0);
});
