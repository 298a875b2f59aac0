import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, type House } from "./house.ts";
import { soundInBothThemes } from "./sound.ts";

let house: House;
let page: Page;
let address: string;

before(async () => {
  house = await openHouse();
  page = await house.openPage();
  const mapping = `{ "customer": { "email": mail }, "name": "Ticket Bought" }`;
  ({ url: address } = Object(await house.api("POST", "/hooks", { name: "Ticket shop", mapping })));
  address = `${house.url}${new URL(address).pathname}`;
});
after(() => house.close());

test("Ada sees under a webhook what was sent to it and not taken, why, and how it came", async () => {
  assert.equal((await send('{"mail":"maria@fjord.example","number":1}')).status, 200);
  assert.equal((await send('{"mail":"no address","number":2}')).status, 200);
  assert.equal((await send("<ticket>3</ticket>")).status, 400);
  assert.equal((await send(`{"number":4,"text":"${"a".repeat(5_000_000)}"}`)).status, 413);

  await page.goto(`${house.url}/settings/hooks`);
  await page.getByRole("button", { name: "Look" }).click();
  const sheet = page.getByRole("dialog", { name: "Ticket shop" });
  await sheet.getByText("1 event in 24 hours").waitFor();
  for (const [reason, came] of [
    ["It is larger than 256 KB.", '{"number":4,"text":"aaa'],
    ["It is neither JSON nor a form.", "<ticket>3</ticket>"],
    ["It names nobody. “no address” is no email address.", '{"mail":"no address","number":2}'],
  ] as const) {
    const item = sheet.getByRole("listitem").filter({ hasText: reason });
    await item.getByText("what came").click();
    await item.getByText(came).waitFor();
  }
  await soundInBothThemes(page, "what was not taken");
});

test("the list says how much came, and the bench begins with the last body that came and offers those before it", async () => {
  await page.goto(`${house.url}/settings/hooks`);
  await page.getByText("1 taken, 3 not taken in 24 hours").waitFor();
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByText("This one came:").waitFor();
  const sample = page.getByLabel("A sample of what comes");
  assert.deepEqual(JSON.parse(await sample.inputValue()), { mail: "no address", number: 2 });
  await page.getByRole("combobox", { name: "The last bodies that came" }).click();
  await page.getByRole("option").first().waitFor();
  assert.equal(await page.getByRole("option").count(), 2, "those that are no JSON or too large cannot be tried");
  await page.getByRole("option", { name: "maria@fjord.example" }).click();
  assert.deepEqual(JSON.parse(await sample.inputValue()), { mail: "maria@fjord.example", number: 1 });
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("group", { name: "Interaction 1" }).getByText("maria@fjord.example").waitFor();
  await soundInBothThemes(page, "a body that came, on the bench");
  await sample.fill("{}");
  await page.getByText("Written here. Take one that came:").waitFor();
});

test("the bench says of a sample what the webhook would say of it", async () => {
  await page.goto(`${house.url}/settings/hooks`);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("A sample of what comes").fill('{"mail":"no address"}');
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("Nothing would be recorded").waitFor();
  await page.getByText("It names nobody. “no address” is no email address.").waitFor();
  await page
    .getByLabel("A sample of what comes")
    .fill(JSON.stringify({ mail: "Maria@fjord.example", lines: Array.from({ length: 40 }, String) }));
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("group", { name: "Interaction 1" }).getByText("maria@fjord.example").waitFor();
  await soundInBothThemes(page, "the bench");
});

function send(body: string): Promise<Response> {
  return fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body });
}
