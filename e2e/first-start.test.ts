import { after, before, test } from "node:test";
import { ada, openHouse } from "./house.ts";
import type { House } from "./house.ts";

let house: House;

before(async () => {
  house = await openHouse({ owner: false });
});
after(() => house.close());

test("the very first start asks for its owner, who is then in", async () => {
  const page = await house.openPage();
  await page.goto(house.url);
  await page.getByRole("heading", { name: "Who looks after this?" }).waitFor();
  await page.getByLabel("Your company").fill("Glaze & Co.");
  await page.getByLabel("Your name").fill(ada.name);
  await page.getByLabel("Email").fill(ada.email);
  await page.getByLabel("Password").fill(ada.password);
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("navigation", { name: "Main" }).first().getByText("Glaze & Co.").waitFor();
  await page.getByText("Nobody is waiting for you").waitFor();
});

test("whoever comes next is asked to sign in", async () => {
  const page = await house.openPage();
  await page.goto(house.url);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
});
