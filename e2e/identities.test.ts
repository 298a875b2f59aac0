import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { sendEvents, until } from "./events.ts";
import { openHouse, type House } from "./house.ts";
import { soundInBothThemes } from "./sound.ts";

let house: House;
let page: Page;
let writeKey: string;

before(async () => {
  house = await openHouse();
  page = await house.openPage();
  ({ writeKey } = (await house.api("POST", "/sources", { name: "Till", kind: "server" })) as { writeKey: string });
  await house.write({ from: "The desk <bookings@hotel.example>", subject: "A box for a guest", text: "Room 12, please." });
  await house.write({ from: "Solo <info@solo.example>", subject: "A box for me", text: "I work alone." });
  await until(() => idOf("email=info@solo.example"));
  await until(() => idOf("email=bookings@hotel.example"));
  await page.goto(`${house.url}/settings/identities`);
});
after(() => house.close());

test("Ada blocks a hotel's desk, and what comes with it joins nobody; she takes it away, and it does", async () => {
  await page.getByText("None of your own yet.").waitFor();
  await page.getByLabel("A value to block").fill("Bookings@…");
  await page.keyboard.press("Enter");
  await page.getByText("bookings@… is blocked.").waitFor();
  await page.getByText("Everything that begins with bookings@").waitFor();

  await says("guest-12", "bookings@hotel.example");
  const guest = await until(() => idOf("userId=guest-12"));
  await says("guest-12", "bookings@hotel.example");
  await until(async () => ((await timelineOf(guest)) > 1 ? true : undefined));
  const { items } = (await house.api("GET", `/customers/${guest}/merges`)) as { items: unknown[] };
  assert.deepEqual(items, []);
  assert.notEqual(await idOf("email=bookings@hotel.example"), guest);

  await page.getByRole("button", { name: "Allow bookings@… again" }).click();
  await page.getByText("None of your own yet.").waitFor();
  await page.getByText("bookings@… may name somebody again.").waitFor();
  await says("guest-12", "bookings@hotel.example");
  await until(async () => ((await idOf("email=bookings@hotel.example")) === (await idOf("userId=guest-12")) ? true : undefined));
});

test("info@ is blocked from the start; Ada allows it, and takes that back with a key", async () => {
  const info = page.getByRole("button", { name: "info@…" });
  await says("solo", "info@solo.example");
  assert.notEqual(await idOf("userId=solo"), await idOf("email=info@solo.example"));
  await info.click();
  await page.getByText("One of these is allowed.").waitFor();
  await page.getByText("info@… may name somebody.").waitFor();
  await says("solo", "info@solo.example");
  await until(async () => ((await idOf("email=info@solo.example")) === (await idOf("userId=solo")) ? true : undefined));
  await soundInBothThemes(page, "identities, with a default allowed");
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "info@…", pressed: true }).waitFor();
});

test("changes made fast are all kept, and each undo takes back its own", async () => {
  await page.getByRole("button", { name: "office@…" }).click();
  await page.getByRole("button", { name: "sales@…" }).click();
  await page.getByText("2 of these are allowed.").waitFor();
  await until(async () => ((await own()).allowed.length === 2 ? true : undefined));
  assert.deepEqual((await own()).allowed, ["office@*", "sales@*"]);
  const told = page.getByRole("status").locator("div").filter({ hasText: "office@… may name somebody." });
  await told.getByRole("button", { name: "Undo" }).click();
  await until(async () => ((await own()).allowed.length === 1 ? true : undefined));
  assert.deepEqual((await own()).allowed, ["sales@*"]);
  await page.getByRole("button", { name: "Block it again" }).click();
  await until(async () => ((await own()).allowed.length === 0 ? true : undefined));
});

test("a limit is saved when it is left, wrong ones are not, and there is a way back to how it was from the start", async () => {
  const field = page.getByLabel("Email addresses, at most");
  await field.fill("none");
  await field.press("Enter");
  await page.getByText("A whole number from 1 to 10,000.").waitFor();
  await field.fill("2");
  await field.press("Enter");
  await page.getByText("Email addresses: 2 at most.").waitFor();
  await until(async () => ((await own()).limits.email === 2 ? true : undefined));
  await page.getByRole("button", { name: "Email addresses: back to 10" }).click();
  await until(async () => ((await own()).limits.email === undefined ? true : undefined));
  assert.equal(await field.inputValue(), "10");
});

test("what cannot be blocked is said before it is sent, and what the rules stopped is a link away", async () => {
  for (const [words, reason] of [
    ["*", /would block too much/],
    ["info@fjord.example", /blocked already, by info@…/],
    ["", /Write a value/],
  ] as const) {
    await page.getByLabel("A value to block").fill(words);
    await page.getByRole("button", { name: "Block it", exact: true }).click();
    await page.getByText(reason).waitFor();
  }
  await page.getByRole("main").getByRole("link", { name: "Possible duplicates" }).last().click();
  await page.getByText(/merges that a rule stopped/).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Identities" }).last().click();
  await page.getByRole("heading", { name: "Blocked values" }).waitFor();
});

test("Vera, who may only look, sees the rules and can change none", async () => {
  await house.api("POST", "/invitations", { email: "vera@glaze.example", role: "viewer" });
  const letter = await house.letters.wait((each) => each.text?.includes("/invitation/") ?? false);
  const vera = await (await house.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await vera.goto(/https?:\/\/\S+\/invitation\/\S+/.exec(letter.text ?? "")?.[0] ?? "");
  await vera.getByLabel("Your name").fill("Vera Quist");
  await vera.getByLabel("Password").fill("a password of hers");
  await vera.getByRole("button", { name: "Join" }).click();
  await vera.getByRole("navigation", { name: "Main" }).first().waitFor();
  await vera.goto(`${house.url}/settings/identities`);
  await vera.getByText("Only admins and owners change this.").waitFor();
  await vera.getByText("info@…").waitFor();
  const main = vera.getByRole("main");
  assert.equal(await main.getByRole("button").count(), 0);
  assert.equal(await main.getByLabel("Devices, at most").isEditable(), false);
  await soundInBothThemes(vera, "identities, for who may only look");
  await vera.context().close();
});

interface Own {
  allowed: string[];
  limits: Record<string, number | undefined>;
}

async function own(): Promise<Own> {
  return ((await house.api("GET", "/identity-rules")) as { own: Own }).own;
}

async function idOf(query: string): Promise<string | undefined> {
  return ((await house.api("GET", `/customers?${query}`)) as { items: { id: string }[] }).items[0]?.id;
}

async function timelineOf(id: string): Promise<number> {
  return ((await house.api("GET", `/customers/${id}/timeline`)) as { items: unknown[] }).items.length;
}

/** The company's own server says by which address a customer is known. */
async function says(userId: string, email: string): Promise<void> {
  const event = { type: "identify", userId, traits: { email }, messageId: crypto.randomUUID(), timestamp: new Date().toISOString() };
  await sendEvents(house.url, writeKey, [event]);
}
