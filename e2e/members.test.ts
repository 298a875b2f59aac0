import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { ada, openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  await house.write({ from: "Maria Lindqvist <maria@fjord.example>", subject: "Where is our box?", text: "It was promised for nine." });
  page = await house.openPage();
});
after(() => house.close());

test("Ada invites Vera as a viewer, who joins by the link in her mail and can only read", async () => {
  await page.goto(`${house.url}/settings/members`);
  await page.getByLabel("Email").fill("vera@glaze.example");
  await page.getByRole("combobox", { name: "Role", exact: true }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  const letter = await house.letters.wait((each) => each.text?.includes("/invitation/") ?? false);
  const link = /https?:\/\/\S+\/invitation\/\S+/.exec(letter.text ?? "")?.[0];
  assert.ok(link);

  const vera = await (await house.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await vera.goto(link);
  await vera.getByLabel("Your name").fill("Vera Quist");
  await vera.getByLabel("Password").fill("a password of hers");
  await vera.getByRole("button", { name: "Join" }).click();
  await vera.getByRole("navigation", { name: "Main" }).first().waitFor();
  await vera.goto(`${house.url}/inbox/open`);
  await vera.getByText("It was promised for nine.").first().waitFor();
  assert.equal(await vera.getByRole("button", { name: "Close", exact: true }).count(), 0);
  assert.equal(await vera.getByRole("textbox", { name: /Reply/ }).count(), 0);
  await vera.context().close();
});

test("what Ada sets is saved at once, and undone with a key", async () => {
  await page.goto(`${house.url}/settings/workspace`);
  await page.getByRole("button", { name: "Never" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("button", { name: "Never", pressed: true }).waitFor();
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "Unless they declined", pressed: true }).waitFor();
});

test("Ada removes an address, after she is told what follows", async () => {
  await house.api("POST", "/mail/addresses", { address: "old@glaze.example" });
  await page.goto(`${house.url}/settings/mail`);
  await page.getByRole("listitem").filter({ hasText: "old@glaze.example" }).getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove old@glaze.example?" });
  await dialog.getByText("turned away from now on").waitFor();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await page.getByText("old@glaze.example was removed.").waitFor();
  await page.getByRole("listitem").filter({ hasText: "old@glaze.example" }).waitFor({ state: "detached" });
  await page.goto(`${house.url}/settings/audit`);
  await page.getByText("Removed a mail address").waitFor();
  await page.getByText("address: old@glaze.example").first().waitFor();
});

test("Ada turns on codes, and is asked for one when she signs in again", async () => {
  await page.goto(`${house.url}/settings/profile`);
  await page.getByLabel("Your password").fill(ada.password);
  await page.getByRole("button", { name: "Set up" }).click();
  const secret = await page.getByLabel("Key for the authenticator").innerText();
  await page.getByLabel("The code it shows now").fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByText("From now on you are asked for a code.").waitFor();

  const again = await (await house.browser.newContext()).newPage();
  await again.goto(house.url);
  await again.getByLabel("Email").fill(ada.email);
  await again.getByLabel("Password").fill(ada.password);
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.getByLabel("Code of your authenticator").fill("000000");
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.getByText("That code does not fit").waitFor();
  await again.getByLabel("Code of your authenticator").fill(codeOf(secret));
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.getByRole("navigation", { name: "Main" }).first().waitFor();
  await again.context().close();
});

/** The six digits of an authenticator (RFC 6238) for this half minute. */
function codeOf(secret: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/=+$/, "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
