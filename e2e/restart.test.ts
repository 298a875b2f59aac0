import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTransport } from "nodemailer";
import type { Browser, Page } from "playwright-core";
import { freshDatabase } from "../server/testing/database.ts";
import { startServer } from "../server/testing/start-server.ts";
import type { StartedServer } from "../server/testing/start-server.ts";
import { openBrowser } from "./browser.ts";

const owner = { name: "Ada Okafor", email: "ada@glaze.example", password: "a long enough password", workspaceName: "Glaze & Co." };

let server: StartedServer;
let database: { url: string };
let browser: Browser;
let page: Page;

before(async () => {
  database = { url: (await freshDatabase()).connectionString };
  server = await startServer({ database });
  await server.ask("POST", "/api/v1/setup", owner);
  await server.ask("POST", "/api/v1/mail/addresses", { address: "hello@glaze.example" });
  await write("Before the server went");
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const codeOfBoard = page.waitForResponse(/\/board-[^/]+\.js/);
  await page.goto(server.url);
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "All open" }).click();
  await page.getByRole("region", { name: "Thread" }).getByText("It was promised for nine.").waitFor();
  await codeOfBoard;
});
after(async () => {
  await browser.close();
  await server.stop();
});

test("the server is killed under an open inbox: what was there stays, and what Ada wrote too", async () => {
  await page.getByRole("textbox", { name: /Reply to Maria/ }).click();
  await page.keyboard.type("It is on its way.");
  await page.evaluate("window.notReloaded = true");
  await server.kill();
  await page.getByText(/No connection since/).waitFor();
  await page.getByRole("region", { name: "Thread" }).getByText("It was promised for nine.").waitFor();
  await page
    .getByRole("textbox", { name: /Reply to Maria/ })
    .getByText("It is on its way.")
    .waitFor();
});

test("a screen that Ada had not opened yet says what is wrong, and the way back is open", async () => {
  await page.getByRole("link", { name: "Board" }).click();
  await page.getByText("The board was not loaded.").waitFor();
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await page.getByRole("link", { name: "Inbox" }).click();
  await page.getByRole("link", { name: "All open" }).click();
  await page.getByRole("region", { name: "Thread" }).getByText("It was promised for nine.").waitFor();
});

test("it starts again, Maria writes again, and both are on the screen without a reload", async () => {
  server = await startServer({ database, dataFolder: server.dataFolder, ports: server.ports });
  await write("After it came back");
  await page.getByRole("link", { name: /After it came back/ }).waitFor({ timeout: 40_000 });
  await page.getByText(/No connection since/).waitFor({ state: "detached" });
  await page.getByRole("link", { name: /Before the server went/ }).waitFor();
  await page
    .getByRole("textbox", { name: /Reply to Maria/ })
    .getByText("It is on its way.")
    .waitFor();
  assert.equal(await page.evaluate("window.notReloaded"), true);
});

test("and what Ada wrote goes out", async () => {
  await page.getByRole("button", { name: "Send", exact: false }).last().click();
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByRole("region", { name: "Thread" }).getByText("It is on its way.").waitFor();
});

async function write(subject: string): Promise<void> {
  const transport = createTransport({ host: "127.0.0.1", port: server.ports.smtp, secure: false, tls: { rejectUnauthorized: false } });
  const text = "It was promised for nine.";
  await transport.sendMail({ from: "Maria Lindqvist <maria@fjord.example>", to: "hello@glaze.example", subject, text });
  transport.close();
}
