import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { build } from "vite";
import { openHouse, type House } from "./house.ts";

/** A shop's own page, at another address than ours, with Segment's unmodified browser client bundled into it. */
let house: House;
let shop: Server;
let shopUrl = "";
let folder = "";
let source = { id: "", writeKey: "" };

before(async () => {
  [house, folder] = await Promise.all([openHouse(), mkdtemp(join(tmpdir(), "throughline-shop-"))]);
  source = Object(await house.api("POST", "/sources", { name: "Shop page", kind: "browser" }));
  const script = await bundle();
  shop = createServer((request, response) => {
    if (request.url?.startsWith("/shop.js")) return response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    return response
      .writeHead(200, { "content-type": "text/html" })
      .end('<!doctype html><title>Doughnuts</title><script src="/shop.js"></script>');
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const address = shop.address();
  shopUrl = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
after(async () => {
  await house.close();
  shop.close();
  await rm(folder, { recursive: true, force: true });
});

async function bundle(): Promise<string> {
  const entry = join(import.meta.dirname, "shop-page.ts");
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    build: { outDir: join(folder, "built"), lib: { entry, formats: ["iife"], name: "shop", fileName: () => "built.js" } },
  });
  return readFile(join(folder, "built", "built.js"), "utf8");
}

interface Event {
  kind: string;
  name: string | null;
  customerId: string;
}

async function eventsThere(count: number): Promise<Event[]> {
  for (let tries = 0; ; tries += 1) {
    const found: Event[] = Object(await house.api("GET", `/sources/${source.id}`)).lastEvents;
    if (found.length >= count || tries > 100) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function openShop(path: string): Promise<{ page: Page; outside: string[] }> {
  const page = await (await house.browser.newContext()).newPage();
  const outside: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(shopUrl) && !request.url().startsWith(house.url)) outside.push(request.url());
  });
  await page.goto(`${shopUrl}${path}`);
  return { page, outside };
}

test("Segment's browser client, bundled into a shop's page, sends all that it knows to us and to nobody else", async () => {
  const { page, outside } = await openShop("/?utm_source=mail&utm_campaign=autumn&gclid=click-1");
  const failures = await page.evaluate(`(async () => {
    const failed = [];
    const analytics = window.AnalyticsBrowser.load({ writeKey: ${JSON.stringify(source.writeKey)}, cdnURL: ${JSON.stringify(house.url)} });
    analytics.on("error", (error) => failed.push(String(error.reason ?? error)));
    await analytics.page("Home");
    await analytics.track("Product Viewed", { price: 4.6 });
    await analytics.identify("maria", { name: "Maria Fjord" });
    await analytics.group("fjord", { name: "Fjord AS" });
    await analytics.screen("Basket");
    await analytics.alias("maria-2");
    return failed;
  })()`);
  assert.deepEqual(failures, []);
  const events = await eventsThere(6);
  assert.deepEqual(events.map((each) => each.kind).toSorted(), [
    "customer.aliased",
    "customer.grouped",
    "customer.identified",
    "event.tracked",
    "page.viewed",
    "screen.viewed",
  ]);
  assert.deepEqual(outside, []);
  const person = events.find((each) => each.kind === "customer.identified")?.customerId;
  const timeline = Object(await house.api("GET", `/customers/${person}/timeline`)).items;
  const clicks = timeline.filter((each: { kind: string }) => each.kind === "advert.clicked");
  assert.equal(clicks.length, 1, "one click, however many events tell of it");
  assert.equal(clicks[0].stage, "awareness");
  assert.equal(clicks[0].properties.campaign.name, "autumn");
});

test("events that the browser client keeps together, and a beacon at goodbye, arrive as well", async () => {
  const { page } = await openShop("/");
  await page.evaluate(`(async () => {
    const batching = { strategy: "batching", config: { size: 3, timeout: 200 } };
    const analytics = window.AnalyticsBrowser.load(
      { writeKey: ${JSON.stringify(source.writeKey)}, cdnURL: ${JSON.stringify(house.url)} },
      { integrations: { "Segment.io": { deliveryStrategy: batching } } },
    );
    await analytics.ready();
    for (const name of ["Cart Viewed", "Coupon Applied", "Checkout Started"]) analytics.track(name);
    const goodbye = { event: "Left", anonymousId: "of-a-beacon", messageId: "beacon-1", writeKey: ${JSON.stringify(source.writeKey)} };
    navigator.sendBeacon(${JSON.stringify(house.url)} + "/v1/t", JSON.stringify(goodbye));
  })()`);
  const names = (await eventsThere(10)).map((each) => each.name);
  for (const name of ["Cart Viewed", "Coupon Applied", "Checkout Started", "Left"])
    assert.ok(names.includes(name), `${name}: ${names.join()}`);
});
