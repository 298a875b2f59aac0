import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";
import { ordersOfMaria } from "./orders.ts";

let house: House;
let page: Page;

before(async () => {
  house = await openHouse();
  await ordersOfMaria(house, [2.2, 3.1]);
  await house.write({ from: "Anders Holm <anders@fjord.example>", subject: "Four without glaze", text: "See the picture." });
  page = await house.openPage();
  await page.goto(`${house.url}/inbox/open`);
  await page.getByRole("region", { name: "Thread" }).getByText("See the picture").waitFor();
});
after(() => house.close());

test("nothing moves under Ada's pointer: Maria, who is at risk and comes first, waits behind a count", async () => {
  await page.getByRole("link", { name: /Four without glaze/ }).hover();
  await house.write({ from: "Maria Lindqvist <maria@fjord.example>", subject: "Where is our box?", text: "It was promised for nine." });
  await page.getByRole("button", { name: "1 new" }).waitFor();
  assert.equal(await page.getByRole("link", { name: /Where is our box/ }).count(), 0);
  await page.getByRole("button", { name: "1 new" }).click();
  await page.getByRole("link", { name: /Where is our box/ }).waitFor();
});

test("when Maria writes again before Ada has sent, Ada is told first", async () => {
  await page.getByRole("link", { name: /Where is our box/ }).click();
  await page.getByRole("textbox", { name: /Reply to Maria/ }).click();
  await page.keyboard.type("It is on its way.");
  await house.write({
    from: "Maria Lindqvist <maria@fjord.example>",
    subject: "Re: Where is our box?",
    text: "It has come now, thank you.",
    ...(await threadOf()),
  });
  await page.getByRole("alert").getByText("wrote again while you were writing").waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").getByText("wrote again").waitFor({ state: "detached" });
  assert.equal(await page.getByText("Goes out in a few seconds").count(), 0);
  await page.keyboard.press("Control+Enter");
  await page.getByText("Goes out in a few seconds").waitFor();
  await page.getByRole("button", { name: "Take it back" }).click();
});

/** What makes a second mail part of the first one's thread: our own answer's address. */
async function threadOf(): Promise<{ inReplyTo?: string; to?: string }> {
  const list = await house.api("GET", "/conversations?query=box");
  const id = typeof list === "object" && list !== null && "items" in list && Array.isArray(list.items) ? String(list.items[0].id) : "";
  await house.api("POST", `/conversations/${id}/messages`, { kind: "reply", text: "One moment." });
  const letter = await house.letters.wait((each) => each.text?.includes("One moment.") ?? false);
  return { inReplyTo: letter.messageId, to: letter.replyTo?.value[0]?.address };
}
