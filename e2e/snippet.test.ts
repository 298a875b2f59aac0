import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { until } from "./events.ts";
import { openHouse, type House } from "./house.ts";

let house: House;
let shop: Server;
let writeKey = "";
let attributes = "";
/** What the page says before the script is there. */
let queued = "";

before(async () => {
  house = await openHouse();
  ({ writeKey } = (await house.api("POST", "/sources", { name: "Web shop", kind: "browser" })) as { writeKey: string });
  shop = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Rings ${request.url}</title>
      <script>window.throughline = window.throughline || function () { (throughline.q = throughline.q || []).push(arguments) }; ${queued}</script>
      <script async src="${house.url}/t.js" data-key="${writeKey}" ${attributes}></script><h1>Rings</h1>`);
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  shop.close();
  await house.close();
});

test("the snippet is under 6 KB on the wire", async () => {
  const script = Buffer.from(await (await fetch(`${house.url}/t.js`)).arrayBuffer());
  assert.ok(script.length > 500 && gzipSync(script).length < 6 * 1024, `${gzipSync(script).length} bytes`);
});

test("a visitor looks at pages, says who she is, and all of it is on one line", async () => {
  const page = await visit("/rings?utm_source=news&utm_campaign=autumn");
  await page.evaluate(() => history.pushState({}, "", "/rings/caramel"));
  await page.evaluate(() => window.throughline?.("track", "Ring Configured", { glaze: "caramel" }));
  await page.evaluate(() => window.throughline?.("identify", "shop-17", { name: "Mette Vik", email: "mette@fjord.example" }));
  const kinds = await until(async () => {
    const found = await timelineOf("shop-17");
    return found.includes("customer.identified") ? found : null;
  });
  assert.deepEqual(kinds.toSorted(), ["advert.clicked", "customer.identified", "event.tracked", "page.viewed", "page.viewed"]);
  await page.close();
});

test("a page that has the script run twice is told of once", async () => {
  const page = await visit("/twice");
  await page.evaluate(async () => {
    const again = document.createElement("script");
    const first = document.querySelector("script[data-key]");
    for (const name of ["src", "data-key"]) again.setAttribute(name, first?.getAttribute(name) ?? "");
    const ran = new Promise((resolve) => again.addEventListener("load", resolve));
    document.body.append(again);
    await ran;
    history.pushState({}, "", "/twice/on");
    window.throughline?.("identify", "shop-twice");
    window.throughline?.("track", "Once");
  });
  const kinds = await until(async () => {
    const found = await timelineOf("shop-twice");
    return found.includes("event.tracked") ? found : null;
  });
  assert.deepEqual(kinds.toSorted(), ["customer.identified", "event.tracked", "page.viewed", "page.viewed"]);
  await page.close();
});

test("what cannot be sent is left out alone, and no page breaks by it", async () => {
  const page = await visit("/odd");
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  await page.evaluate(() => {
    const endless: Record<string, unknown> = {};
    endless["self"] = endless;
    window.throughline?.("identify", "shop-odd");
    window.throughline?.("track", "Endless", endless);
    window.throughline?.("track");
    window.throughline?.("track", null);
    window.throughline?.("__proto__");
    window.throughline?.("track", "Large", { total: 10n });
  });
  const names = await until(async () => {
    const found = (await itemsOf("shop-odd")).flatMap((each) => (each.kind === "event.tracked" ? [each.properties.name] : []));
    return found.length > 0 ? found : null;
  });
  assert.deepEqual(names, ["Large"]);
  assert.deepEqual(broken, []);
  await page.close();
});

test("an event that is too large is left out alone, and more than one batch still arrives when the page is left", async () => {
  const page = await visit("/large");
  await page.evaluate(() => {
    window.throughline?.("identify", "shop-large");
    window.throughline?.("track", "Far too large", { text: "x".repeat(600_000) });
    for (let n = 0; n < 5; n += 1) window.throughline?.("track", `Large ${n}`, { text: "å".repeat(10_000) });
  });
  await until(async () => ((await namesOf("shop-large")).length === 5 ? true : null));
  await page.evaluate(() => {
    for (let n = 0; n < 70; n += 1) window.throughline?.("track", `Last ${n}`);
  });
  await page.goto("about:blank");
  await until(async () => ((await namesOf("shop-large")).length === 75 ? true : null));
  await page.close();
});

test("a page that says at each load that its visitor agreed is told of once; signing out makes somebody new who agreed all the same", async () => {
  attributes = 'data-consent="ask"';
  queued = 'throughline("consent", true); throughline("identify", "shop-agreed");';
  const page = await visit("/first");
  await page.evaluate(() => window.throughline?.("consent", true));
  await until(async () => ((await timelineOf("shop-agreed")).includes("page.viewed") ? true : null));
  await page.goto(`${address()}/second`);
  await page.waitForFunction(() => window.throughline && !window.throughline.q);
  await page.evaluate(() => window.throughline?.("consent", true));
  await page.evaluate(() => window.throughline?.("track", "At the end"));
  await until(async () => ((await timelineOf("shop-agreed")).includes("event.tracked") ? true : null));
  assert.equal((await timelineOf("shop-agreed")).filter((kind) => kind === "page.viewed").length, 2);

  queued = "";
  const before = await deviceOf(page);
  await page.evaluate(() => window.throughline?.("reset"));
  await page.goto(`${address()}/third`);
  await page.waitForFunction(() => window.throughline && !window.throughline.q);
  const sent = page.waitForRequest((request) => request.url().includes("/v1/"));
  await page.evaluate(() => window.throughline?.("identify", "shop-next"));
  await sent;
  assert.notEqual(await deviceOf(page), before);
  attributes = "";
  await page.close();
});

test("who says no on a page that does not ask first is left alone on the next one too, until they say yes", async () => {
  const page = await visit("/no");
  await page.evaluate(() => window.throughline?.("consent", false));
  const sent: string[] = [];
  page.on("request", (request) => request.url().includes("/v1/") && sent.push(request.url()));
  await page.goto(`${address()}/still-no`);
  await page.waitForFunction(() => window.throughline && !window.throughline.q);
  await page.waitForTimeout(1500);
  assert.deepEqual(sent, []);
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage)), '{"throughline":"\\"refused\\""}');
  await page.evaluate(() => window.throughline?.("consent", true));
  await page.evaluate(() => window.throughline?.("identify", "shop-yes"));
  await until(async () => ((await timelineOf("shop-yes")).includes("page.viewed") ? true : null));
  await page.close();
});

test("where consent is asked, nothing is sent and nothing stored before it is given, and withdrawing it forgets", async () => {
  attributes = 'data-consent="ask"';
  const page = await visit("/asked");
  const sent: string[] = [];
  page.on("request", (request) => request.url().includes("/v1/") && sent.push(request.url()));
  await page.evaluate(() => window.throughline?.("identify", "shop-asked"));
  await page.waitForTimeout(1500);
  assert.deepEqual(sent, []);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.deepEqual(await page.context().cookies(page.url()), []);

  await page.evaluate(() => window.throughline?.("consent", true));
  await page.evaluate(() => window.throughline?.("identify", "shop-asked"));
  await until(async () => ((await timelineOf("shop-asked")).includes("page.viewed") ? true : null));
  await page.evaluate(() => window.throughline?.("consent", false));
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  sent.length = 0;
  await page.evaluate(() => window.throughline?.("track", "Not told"));
  await page.waitForTimeout(1500);
  assert.deepEqual(sent, []);
  attributes = "";
  await page.close();
});

test("what waits when the page is left still arrives, and somebody else on the same browser is somebody else", async () => {
  const page = await visit("/leaving");
  await page.evaluate(() => window.throughline?.("identify", "shop-first"));
  await page.evaluate(() => window.throughline?.("track", "Last word"));
  await page.goto("about:blank");
  await until(async () => ((await timelineOf("shop-first")).includes("event.tracked") ? true : null));

  await page.goto(`${address()}/again`);
  await page.waitForFunction(() => window.throughline && !window.throughline.q);
  await page.evaluate(() => window.throughline?.("identify", "shop-second"));
  await page.evaluate(() => window.throughline?.("track", "Of the second"));
  await until(async () => ((await timelineOf("shop-second")).includes("event.tracked") ? true : null));
  assert.equal((await timelineOf("shop-first")).filter((kind) => kind === "event.tracked").length, 1);
  await page.close();
});

function address(): string {
  const at = shop.address();
  return `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}`;
}

async function visit(path: string): Promise<Page> {
  const context = await house.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${address()}${path}`);
  await page.waitForFunction(() => window.throughline && !window.throughline.q);
  return page;
}

interface Item {
  kind: string;
  properties: { name?: string };
}

async function itemsOf(userId: string): Promise<Item[]> {
  const { items } = (await house.api("GET", `/customers?userId=${userId}`)) as { items: { id: string }[] };
  if (!items[0]) return [];
  return ((await house.api("GET", `/customers/${items[0].id}/timeline?limit=200`)) as { items: Item[] }).items;
}

async function namesOf(userId: string): Promise<string[]> {
  return (await itemsOf(userId)).flatMap((each) => (each.kind === "event.tracked" && each.properties.name ? [each.properties.name] : []));
}

async function deviceOf(page: Page): Promise<string> {
  return page.evaluate(() => JSON.parse(localStorage.getItem("throughline") ?? "{}").anonymousId);
}

async function timelineOf(userId: string): Promise<string[]> {
  return (await itemsOf(userId)).map(({ kind }) => kind);
}

declare global {
  interface Window {
    throughline?: { (...call: unknown[]): void; q?: unknown[] };
  }
}
