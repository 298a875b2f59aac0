import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";
import { ordersOfMaria } from "./orders.ts";

let house: House;

before(async () => {
  house = await openHouse();
  await ordersOfMaria(house);
  await house.write({
    from: "Maria Lindqvist <maria@fjord.example>",
    subject: "Where is our box?",
    text: "Hello,\n\nit was promised for nine.\n\nMaria",
  });
});
after(() => house.close());

/** Each screen, and what shows that it has come. */
const screens: { name: string; path: string; there: (page: Page) => Promise<unknown> }[] = [
  { name: "inbox", path: "/inbox/open", there: (page) => page.getByRole("region", { name: "Thread" }).waitFor() },
  { name: "proposed", path: "/inbox/proposed", there: (page) => page.getByRole("region", { name: "Proposed" }).waitFor() },
  { name: "customers", path: "/customers", there: (page) => page.getByRole("link", { name: /Maria/ }).waitFor() },
  { name: "board", path: "/board", there: (page) => page.getByRole("heading", { name: "Board" }).waitFor() },
  { name: "profile", path: "/settings/profile", there: (page) => page.getByRole("heading", { level: 1 }).waitFor() },
  { name: "company", path: "/settings/workspace", there: (page) => page.getByRole("heading", { level: 1 }).waitFor() },
  { name: "members", path: "/settings/members", there: (page) => page.getByText("ada@glaze.example").first().waitFor() },
  { name: "mail", path: "/settings/mail", there: (page) => page.getByText("hello@glaze.example").waitFor() },
  { name: "ledger", path: "/settings/ledger", there: (page) => page.getByText("maria@fjord.example").first().waitFor() },
  { name: "API keys", path: "/settings/api-keys", there: (page) => page.getByRole("heading", { level: 1 }).waitFor() },
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen is sound for axe, ${colorScheme}`, async () => {
    const page = await house.openPage({ colorScheme, reducedMotion: "reduce" });
    for (const screen of screens) {
      await page.goto(house.url + screen.path);
      await screen.there(page);
      await sound(page, `${screen.name}, ${colorScheme}`);
    }
    await page.goto(`${house.url}/customers`);
    await page.getByRole("link", { name: /Maria/ }).click();
    await page.getByRole("heading", { name: "Everything" }).waitFor();
    await sound(page, `customer, ${colorScheme}`);
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await sound(page, `keys, ${colorScheme}`);
    await page.context().close();
  });
}

test("every screen is sound on a phone", async () => {
  const page = await house.openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" });
  await page.goto(`${house.url}/inbox/open`);
  await page.getByRole("link", { name: /Where is our box/ }).waitFor();
  await sound(page, "inbox, phone");
  await page.getByRole("link", { name: /Where is our box/ }).click();
  await page.getByRole("region", { name: "Thread" }).waitFor();
  await sound(page, "conversation, phone");
  for (const screen of screens.slice(2, 4)) {
    await page.goto(house.url + screen.path);
    await screen.there(page);
    await sound(page, `${screen.name}, phone`);
    const wider = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    assert.ok(!wider, `${screen.name} does not scroll sideways`);
  }
  await page.context().close();
});

test("sign-in is sound in both themes, and says what is wrong", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await (await house.browser.newContext({ colorScheme, reducedMotion: "reduce" })).newPage();
    await page.goto(house.url);
    await page.getByLabel("Email").fill("ada@glaze.example");
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(/do not belong together|Too many tries/).waitFor();
    await sound(page, `sign-in, ${colorScheme}`);
    await page.context().close();
  }
});

async function sound(page: Page, what: string): Promise<void> {
  await page.waitForTimeout(400);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const told = violations.map(
    (each) =>
      `${each.id}: ${each.help}\n   ${each.nodes
        .slice(0, 4)
        .map((node) => node.html.slice(0, 160))
        .join("\n   ")}`,
  );
  assert.equal(told.join("\n"), "", `${what}:\n${told.join("\n")}`);
}
