import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";
import { lateOrderOfMaria, ordersOfMaria } from "./orders.ts";
import { sound, soundInBothThemes } from "./sound.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  await ordersOfMaria(house);
  await lateOrderOfMaria(house);
  await house.write({
    from: "Maria Lindqvist <maria@fjord.example>",
    subject: "Where is our box?",
    text: "Hello,\n\nit was promised for nine.\n\nMaria",
  });
  page = await house.openPage();
});
after(() => house.close());

const heading = (at: Page, name: string | RegExp): Promise<void> => at.getByRole("heading", { name }).first().waitFor();

/** Each screen, and what shows that it has come. */
const screens: { name: string; path: string; there: (at: Page) => Promise<unknown> }[] = [
  { name: "inbox", path: "/inbox/open", there: (at) => at.getByRole("region", { name: "Thread" }).waitFor() },
  { name: "proposed", path: "/inbox/proposed", there: (at) => heading(at, /Write first to Maria/) },
  { name: "customers", path: "/customers", there: (at) => at.getByRole("link", { name: /Maria/ }).waitFor() },
  { name: "board", path: "/board", there: (at) => at.getByRole("button", { name: "Experience score" }).waitFor() },
  { name: "profile", path: "/settings/profile", there: (at) => heading(at, "Profile and sign-in") },
  { name: "appearance", path: "/settings/appearance", there: (at) => heading(at, "Appearance and keys") },
  { name: "company", path: "/settings/workspace", there: (at) => heading(at, "When an order is late") },
  { name: "opening hours", path: "/settings/hours", there: (at) => heading(at, "Promises of time") },
  { name: "members", path: "/settings/members", there: (at) => at.getByText("ada@glaze.example").first().waitFor() },
  { name: "mail", path: "/settings/mail", there: (at) => at.getByText("hello@glaze.example").waitFor() },
  { name: "ledger", path: "/settings/ledger", there: (at) => at.getByText("maria@fjord.example").first().waitFor() },
  { name: "orders", path: "/settings/orders", there: (at) => heading(at, "Orders from shops") },
  { name: "sources", path: "/settings/sources", there: (at) => heading(at, "Where events belong") },
  { name: "webhooks in", path: "/settings/hooks", there: (at) => at.getByText("None yet.").waitFor() },
  { name: "files", path: "/settings/files", there: (at) => heading(at, "Take everything with you") },
  { name: "identities", path: "/settings/identities", there: (at) => heading(at, "Merges within an hour") },
  { name: "possible duplicates", path: "/settings/duplicates", there: (at) => at.getByText("Nobody looks like").waitFor() },
  { name: "retention", path: "/settings/retention", there: (at) => at.getByText("Raw mail").waitFor() },
  { name: "segments", path: "/segments", there: (at) => at.getByText("No segments yet.").waitFor() },
  { name: "segment builder", path: "/segments/new", there: (at) => heading(at, "A new segment") },
  { name: "API keys", path: "/settings/api-keys", there: (at) => heading(at, "API keys") },
  { name: "what was changed", path: "/settings/audit", there: (at) => at.getByText("Added a mail address").waitFor() },
  { name: "set aside", path: "/settings/set-aside", there: (at) => heading(at, "Set aside") },
  { name: "not found", path: "/nowhere", there: (at) => heading(at, /./) },
];

async function go(at: Page, path: string): Promise<void> {
  const screen = screens.find((each) => each.path === path);
  await at.goto(house.url + path);
  await screen?.there(at);
}

test("every screen is sound", async () => {
  for (const { name, path } of screens) {
    await go(page, path);
    await soundInBothThemes(page, name);
  }
});

test("what could not be taken in is sound", async () => {
  const entry = {
    listener: "experience",
    interactionId: "int_1",
    error: "It had no words",
    tries: 5,
    setAsideAt: new Date().toISOString(),
  };
  await page.route("**/api/v1/set-aside", (route) => route.fulfill({ json: { items: [entry], nextCursor: null } }));
  await page.goto(`${house.url}/settings/set-aside`);
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await soundInBothThemes(page, "set aside, with an entry");
});

test("a customer's page and its dialogs are sound", async () => {
  await go(page, "/customers");
  await page.getByRole("link", { name: /Maria/ }).click();
  await heading(page, "Everything");
  await soundInBothThemes(page, "customer");
  await page.getByRole("button", { name: "Edit" }).click();
  await inDialog(page, "Who they are");
  await page.getByRole("button", { name: "Write down" }).click();
  await inDialog(page, "What did they say?");
  await page.keyboard.press("n");
  await inDialog(page, "Write first");
});

test("finding, the keys, a figure, a tag, a menu, a choice and being sure are sound", async () => {
  await go(page, "/inbox/open");
  await page.keyboard.press("?");
  await inDialog(page, "Keys");
  await page.keyboard.press("#");
  await inDialog(page, /tag/i);
  await page.getByRole("button", { name: "More to do" }).click();
  await page.getByRole("menu").waitFor();
  await soundInBothThemes(page, "menu", { menu: true });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("maria");
  await page.getByRole("option", { name: /Maria/ }).first().waitFor();
  await inDialog(page, "Find or do");

  await go(page, "/board");
  await page.getByRole("button", { name: "Experience score" }).click();
  await inDialog(page, "Experience score");
  await go(page, "/settings/members");
  await page.getByRole("combobox", { name: "Role", exact: true }).click();
  await page.getByRole("listbox").waitFor();
  await soundInBothThemes(page, "choice", { menu: true });
  await page.keyboard.press("Escape");
  await go(page, "/settings/profile");
  await page.getByLabel("Your password").fill("a long enough password");
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByLabel("The code it shows now").waitFor();
  await soundInBothThemes(page, "setting up codes");
});

async function inDialog(at: Page, name: string | RegExp): Promise<void> {
  await at.getByRole("dialog", { name }).waitFor();
  await soundInBothThemes(at, String(name));
  await at.keyboard.press("Escape");
  await at.getByRole("dialog", { name }).waitFor({ state: "detached" });
}

test("every screen is sound on a phone, and none scrolls sideways", async () => {
  const phone = await house.openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.goto(`${house.url}/inbox/open`);
  await phone.getByRole("link", { name: /Where is our box/ }).waitFor();
  await soundOnPhone(phone, "inbox");
  await phone.getByRole("link", { name: /Where is our box/ }).click();
  await phone.getByRole("region", { name: "Thread" }).waitFor();
  await soundOnPhone(phone, "conversation");
  await phone.getByRole("button", { name: "The customer" }).click();
  await phone.getByRole("dialog").getByText("maria@fjord.example").waitFor();
  await soundOnPhone(phone, "customer sheet");
  await phone.goto(`${house.url}/settings/all`);
  await phone.getByRole("link", { name: "Opening hours" }).waitFor();
  await soundOnPhone(phone, "settings");
  for (const { name, path } of screens.filter((each) => !each.path.startsWith("/inbox"))) {
    await go(phone, path);
    await soundOnPhone(phone, name);
  }
  await go(phone, "/customers");
  await phone.getByRole("button", { name: "Who is listed, and how" }).click();
  await phone.getByRole("dialog", { name: "Who is listed, and how" }).waitFor();
  await soundOnPhone(phone, "customers, what is listed");
  await phone.keyboard.press("Escape");
  await phone.getByRole("link", { name: /Maria/ }).click();
  await heading(phone, "Everything");
  await soundOnPhone(phone, "customer");
  await phone.context().close();
});

async function soundOnPhone(phone: Page, name: string): Promise<void> {
  await sound(phone, `${name}, phone`);
  const wider = await phone.evaluate("document.documentElement.scrollWidth > window.innerWidth");
  assert.ok(!wider, `${name} scrolls sideways`);
}

test("the ways in are sound: sign-in and what is wrong with it, the code, the invitation, the first owner", async () => {
  const outside = await (await house.browser.newContext()).newPage();
  await outside.goto(house.url);
  await outside.getByLabel("Email").fill("ada@glaze.example");
  await outside.getByLabel("Password").fill("not the password");
  await outside.getByRole("button", { name: "Sign in" }).click();
  await outside.getByText(/do not belong together|Too many tries/).waitFor();
  await soundInBothThemes(outside, "sign-in");
  await outside.route("**/sign-in/email", (route) => route.fulfill({ json: { twoFactorRedirect: true } }));
  await outside.getByRole("button", { name: "Sign in" }).click();
  await outside.getByLabel("Code of your authenticator").waitFor();
  await soundInBothThemes(outside, "code");
  await outside.goto(`${house.url}/invitation/of-no-use`);
  await heading(outside, "You are invited");
  await soundInBothThemes(outside, "invitation");
  await outside.route("**/api/v1/setup", (route) => route.fulfill({ json: { ownerNeeded: true } }));
  await outside.goto(house.url);
  await heading(outside, "Who looks after this?");
  await soundInBothThemes(outside, "first owner");
  await outside.context().close();
});
