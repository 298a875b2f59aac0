import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { sendEvents, until } from "./events.ts";
import { openHouse, type House } from "./house.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  page = await house.openPage({ viewport: { width: 1440, height: 900 } });
});
after(() => house.close());

test("Ada makes a source, and what Maria does in the shop appears on her line as it comes", async () => {
  await page.goto(`${house.url}/settings/sources`);
  await page.getByLabel("Name").fill("Web shop");
  await page
    .getByRole("radio", { name: "Server" })
    .or(page.getByRole("button", { name: "Server" }))
    .first()
    .click();
  await page.getByRole("button", { name: "Make it" }).click();
  const key = (await page.getByLabel("The write key").textContent()) ?? "";
  assert.match(key, /^\S{20,}$/);

  await sendEvents(
    house.url,
    key,
    Array.from({ length: 3 }, (_, index) => event("maria", `Ring ${index} Viewed`)),
  );
  await sendEvents(house.url, key, [
    { ...event("maria", "x"), type: "identify", traits: { name: "Maria Fjord", email: "maria@fjord.example" } },
  ]);
  await page.getByText("4 in 24 hours").waitFor();
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("dialog").getByText("Ring 2 Viewed").waitFor();
  await page.getByRole("dialog").getByText("Everything that came was taken.").waitFor();

  await page.goto(`${house.url}/customers`);
  await page.getByText("Maria Fjord").click();
  await page.getByText("Ring 2 Viewed").waitFor();
  await sendEvents(house.url, key, [event("maria", "Box Configured")]);
  await page.getByText("Box Configured").waitFor();
});

test("Ada says where an event belongs, and there it stands from then on; what holds for one source only says so", async () => {
  const till = (await house.api("POST", "/sources", { name: "Till", kind: "server" })) as { id: string; writeKey: string };
  await house.api("PUT", "/event-mappings", { event: "Bell Rung", sourceId: till.id, touchpoint: "shop" });
  await page.goto(`${house.url}/settings/sources`);
  await page.getByRole("textbox", { name: "Event" }).fill("Box Engraved");
  for (const [label, option] of [
    ["Touchpoint", "Web shop"],
    ["Driver", "People"],
  ] as const) {
    await page.getByRole("combobox", { name: label }).click();
    await page.getByRole("option", { name: option }).click();
  }
  await page.getByRole("button", { name: "Save" }).click();
  await page
    .getByRole("listitem")
    .filter({ hasText: /box engraved/i })
    .getByText("Web shop, People")
    .waitFor();
  await page.getByText("Shop counter, only from Till").waitFor();

  await sendEvents(house.url, till.writeKey, [event("engraver", "Box Engraved")]);
  const { items } = (await house.api("GET", "/customers?userId=engraver")) as { items: { id: string }[] };
  const timeline = (await house.api("GET", `/customers/${items[0]?.id}/timeline`)) as {
    items: { touchpoint: string; stage: string; properties: { driver: string } }[];
  };
  const [{ touchpoint, stage, properties } = { touchpoint: "", stage: "", properties: { driver: "" } }] = timeline.items;
  assert.deepEqual([touchpoint, stage, properties.driver], ["Web shop", "consideration", "people"]);
});

test("a life of ten thousand entries scrolls to its beginning, and only what is in view is drawn", async () => {
  const { writeKey } = (await house.api("POST", "/sources", { name: "Long life", kind: "server" })) as { writeKey: string };
  for (let hundred = 0; hundred < 100; hundred += 1) {
    await sendEvents(
      house.url,
      writeKey,
      Array.from({ length: 100 }, (_, index) =>
        event("old-olaf", `Step ${hundred * 100 + index}`, Date.UTC(2026, 0, 1) + (hundred * 100 + index) * 1_800_000),
      ),
    );
  }
  const { items } = (await house.api("GET", "/customers?userId=old-olaf")) as { items: { id: string }[] };
  await page.goto(`${house.url}/customers/${items[0]?.id}`);
  await page.getByText("Step 9999", { exact: true }).waitFor();
  const list = page.getByRole("list", { name: "What happened" });
  for (let round = 0; round < 200 && !(await page.getByText("Step 0", { exact: true }).isVisible()); round += 1) {
    await list.evaluate((element) => {
      const scroller = element.closest(".overflow-auto");
      scroller?.scrollTo(0, scroller.scrollHeight);
    });
    await page.waitForTimeout(60);
  }
  assert.ok(await page.getByText("Step 0", { exact: true }).isVisible());
  const drawn = await list.getByRole("listitem").count();
  assert.ok(drawn < 200, `${drawn} entries are drawn`);

  await page.getByLabel("Kind", { exact: true }).click();
  await page.getByRole("option", { name: "Ratings" }).click();
  await page.getByText("Nothing of that kind. Take a filter away.").waitFor();
});

test("Ada finds that two customers are one person, and takes them apart again", async () => {
  await house.write({ from: "Kari Nord <kari@work.example>", subject: "From work", text: "Where is my box?" });
  await house.write({ from: "Kari N. <kari@home.example>", subject: "From home", text: "Where is my other box?" });
  const kari = await until(async () => {
    const { items } = (await house.api("GET", "/customers?email=kari@work.example")) as { items: { id: string }[] };
    return items[0]?.id;
  });
  await until(async () => ((await house.api("GET", "/customers?email=kari@home.example")) as { items: unknown[] }).items[0]);
  await page.goto(`${house.url}/customers/${kari}`);
  await page.getByRole("button", { name: "Merge" }).click();
  await page.getByLabel("Name or email").fill("kari@home");
  await page.getByRole("button", { name: /Kari N\./ }).click();
  await page.getByRole("button", { name: "Merge Kari N." }).click();
  await page.getByText("From home").first().waitFor();
  await page.getByText("kari@home.example").first().waitFor();

  await page.getByRole("button", { name: "Take apart" }).click();
  await page.getByText("From home").first().waitFor({ state: "detached" });
  await page.getByText(/^By Ada Okafor, .* Taken apart by Ada Okafor, .*\d\d:\d\d\.$/).waitFor();
});

test("Olaf asks to be forgotten: Ada erases him, and he is gone from the list", async () => {
  const { items } = (await house.api("GET", "/customers?userId=old-olaf")) as { items: { id: string }[] };
  await page.goto(`${house.url}/customers/${items[0]?.id}`);
  await page.getByRole("button", { name: "Erase them" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Erase them" }).click();
  await page.getByText("All that was known of them is erased.").waitFor({ timeout: 20_000 });
  assert.deepEqual(((await house.api("GET", "/customers?userId=old-olaf")) as { items: unknown[] }).items, []);
});

test("a webhook's mapping is tried on the bench before it is kept", async () => {
  await page.goto(`${house.url}/settings/hooks`);
  await page.getByRole("button", { name: "Make one" }).click();
  await page.getByLabel("Name").fill("Ticket shop");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("This would be recorded").waitFor();
  await page.getByText("ticket.bought").last().waitFor();
  await page.getByLabel("Mapping").fill("{ nonsense");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Mapping").fill('{ "customer": { "email": customer.email }, "kind": "ticket.bought" }');
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Address of Ticket shop").waitFor();
});

function event(userId: string, name: string, at = Date.now()): Record<string, unknown> {
  return { type: "track", userId, event: name, messageId: crypto.randomUUID(), timestamp: new Date(at).toISOString() };
}
