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
  await ordersOfMaria(house);
  page = await house.openPage();
  await page.goto(`${house.url}/inbox/open`);
});
after(() => house.close());

test("Maria's mail appears without a reload, and shows why she is cross", async () => {
  await page.getByText("Nobody is waiting").waitFor();
  await house.write({
    from: "Maria Lindqvist <maria@fjord.example>",
    subject: "Where is our box?",
    text: "Hello,\n\nit was promised for nine.\n\nMaria",
  });
  await page.getByRole("heading", { name: "Where is our box?" }).waitFor();
  await page.getByRole("article", { name: "Maria Lindqvist, message" }).getByText("it was promised for nine").waitFor();

  await page.getByRole("list", { name: "1 conversation" }).getByRole("img", { name: "unread" }).waitFor({ state: "detached" });

  const customer = page.getByRole("complementary", { name: "Customer" });
  await customer.getByText("What made it").waitFor();
  assert.match(await customer.innerText(), /late/);
  const points = await customer.locator("ul").first().locator("b").allInnerTexts();
  assert.ok(
    points.some((each) => each.startsWith("−")),
    `a fall is signed: ${points.join(" ")}`,
  );
});

test("Ada answers from the inbox, and the answer reaches Maria in the same thread", async () => {
  await page.getByRole("textbox", { name: /Reply to/ }).waitFor();
  await page.keyboard.press("r");
  await page.locator("[contenteditable=true]:focus").waitFor();
  await page.keyboard.type("Hello Maria, it is on the van now. I am sorry.");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "route.txt", mimeType: "text/plain", buffer: Buffer.from("08:20, Harbour Street") });
  await page.getByRole("list", { name: "Attached" }).getByText("route.txt").waitFor();
  await page.getByRole("textbox", { name: /Reply to/ }).focus();
  await page.keyboard.press("Control+Enter");
  await page.getByText("Goes out in a few seconds").waitFor();
  await page.getByRole("button", { name: "Send now" }).click();
  await page.getByRole("article", { name: "Ada Okafor, message" }).getByText("it is on the van now").waitFor();
  const letter = await house.letters.wait((each) => each.text?.includes("on the van now") ?? false);
  assert.match(letter.subject ?? "", /Where is our box/);
  assert.equal(letter.attachments[0]?.content.toString(), "08:20, Harbour Street");

  await house.write({
    from: "Maria Lindqvist <maria@fjord.example>",
    subject: `Re: ${letter.subject}`,
    text: "Thank you, it is here.",
    inReplyTo: letter.messageId,
    to: letter.replyTo?.value[0]?.address,
  });
  await page.getByRole("article", { name: "Maria Lindqvist, message" }).getByText("it is here").waitFor();
});

test("what Ada takes back within ten seconds is never sent, and its words return", async () => {
  await page.keyboard.press("r");
  await page.keyboard.type("A hasty word.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Take it back" }).click();
  await page
    .getByRole("textbox", { name: /Reply to Maria/ })
    .getByText("A hasty word.")
    .waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
});

test("a note stays among members", async () => {
  await page.getByRole("region", { name: "Thread" }).focus();
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Note" }).waitFor();
  await page.keyboard.type("She is on the Friday run.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("article", { name: "Ada Okafor, note" }).getByText("on the Friday run").waitFor();
});

test("Ada closes it with one key, undoes it with another, and closes it again", async () => {
  await page.getByRole("region", { name: "Thread" }).focus();
  await page.keyboard.press("e");
  await page.getByText("Closed.").waitFor();
  await page.keyboard.press("z");
  await page.getByRole("list", { name: "1 conversation" }).getByText("Where is our box?").waitFor();
  await page.getByRole("link", { name: /Where is our box/ }).click();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByText("Nobody is waiting").waitFor();
});

test("Maria rates the answer, and her line rises without a reload", async () => {
  const letter = await house.letters.wait((each) => /\/rate\//.test(each.text ?? ""));
  const link = /https?:\/\/\S+\/rate\/\S+\/5/.exec(letter.text ?? "")?.[0];
  assert.ok(link, "the letter holds a link for each answer");

  await page.goto(`${house.url}/customers`);
  await page.getByRole("link", { name: /Maria Lindqvist/ }).click();
  await page.getByRole("heading", { name: "Everything" }).waitFor();
  const maria = await (await house.browser.newContext()).newPage();
  await maria.goto(link);
  await maria.getByRole("textbox").fill("Kind and quick.");
  await maria.getByRole("button").click();
  await maria.getByText("5 of 5").waitFor();
  await page.getByText("Rated us 5 of 5").first().waitFor();
  await page.getByText("Kind and quick.").waitFor();
});
