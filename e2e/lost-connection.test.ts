import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page, WebSocketRoute } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;
let page: Page;
let broken = false;
const sockets: WebSocketRoute[] = [];
const asked: string[] = [];

before(async () => {
  house = await openHouse();
  page = await house.openPage();
  await page.routeWebSocket(/\/api\/v1\/live/, (socket) => {
    asked.push(socket.url());
    if (broken) return void socket.close({ code: 1001 });
    sockets.push(socket);
    socket.connectToServer();
  });
  await page.goto(`${house.url}/inbox/open`);
  await page.getByText("Nobody is waiting").waitFor();
});
after(() => house.close());

test("what came while the connection was lost is there when it is back, and nothing twice", async () => {
  await house.write({ from: "anders@fjord.example", subject: "Before it was lost", text: "One." });
  await page.getByRole("link", { name: /Before it was lost/ }).waitFor();

  broken = true;
  for (const socket of sockets) await socket.close({ code: 1001 });
  await page.getByText(/No connection since/).waitFor();
  await house.write({ from: "chioma@fjord.example", subject: "While it was lost", text: "Two." });
  assert.equal(await page.getByRole("link", { name: /While it was lost/ }).count(), 0);

  broken = false;
  await page.getByRole("link", { name: /While it was lost/ }).waitFor({ timeout: 40_000 });
  await page.getByText(/No connection since/).waitFor({ state: "detached" });
  assert.equal(await page.getByRole("link", { name: /While it was lost/ }).count(), 1);
  assert.match(asked.at(-1) ?? "", /after=\d+/);
});
