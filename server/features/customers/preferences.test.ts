import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { now } from "../../platform/clock.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { testHouse, type House } from "../../testing/house.ts";
import {
  consentsOf,
  findOrCreateCustomer,
  meetCustomers,
  mergeCustomers,
  preferenceToken,
  suppressionOf,
  unmergeCustomers,
} from "./index.ts";
import { preferencesOf } from "./preferences.ts";

let house: House;
let doors: Doors;
let maria = 0;
let page = "";

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  maria = (await transaction(house, (tx) => findOrCreateCustomer(tx, { email: "maria@fjord.example", source: "email" }))).id;
  page = `/preferences/${await preferenceToken(reading(house), maria)}`;
});
after(() => doors.app.close());

test("Maria opens her page: nothing changes by that; what she saves is kept with the words that stood there", async () => {
  const opened = await doors.app.inject({ method: "GET", url: page });
  assert.equal(opened.statusCode, 200);
  assert.match(opened.body, /You may send me news and offers by email\./);
  assert.deepEqual(await consentsOf(reading(house), maria), []);

  assert.equal((await post(page, "email.survey=on&email.marketing=on")).statusCode, 200);
  const [given, ...others] = await consentsOf(reading(house), maria);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [given?.class, given?.granted, given?.wording, given?.source],
    ["marketing", true, "You may send me news and offers by email.", "preference page"],
  );

  assert.equal((await post(page, "")).statusCode, 200);
  assert.deepEqual(
    (await consentsOf(reading(house), maria)).map((each) => [each.class, each.granted]),
    [
      ["marketing", false],
      ["survey", false],
    ],
  );
  assert.notEqual(await suppressionOf(reading(house), "maria@fjord.example", "marketing"), null);
});

test("her mail program unsubscribes with one click, and only from what she was sent", async () => {
  await post(page, "email.survey=on&email.marketing=on");
  const answer = await post(`${page}/unsubscribe/marketing`, "List-Unsubscribe=One-Click");
  assert.equal(answer.statusCode, 200);
  assert.notEqual(await suppressionOf(reading(house), "maria@fjord.example", "marketing"), null);
  assert.equal(await suppressionOf(reading(house), "maria@fjord.example", "survey"), null);
});

test("whoever clicks it without ever having agreed to anything is taken at their word, once", async () => {
  const yuki = (await transaction(house, (tx) => findOrCreateCustomer(tx, { email: "yuki@fjord.example", source: "email" }))).id;
  const link = new URL((await doors.ask("GET", `/customers/${publicId("cus", yuki)}/preference-link`)).json<{ url: string }>().url)
    .pathname;
  for (const _ of [1, 2]) assert.equal((await post(`${link}/unsubscribe/marketing`, "List-Unsubscribe=One-Click")).statusCode, 200);
  assert.notEqual(await suppressionOf(reading(house), "yuki@fjord.example", "marketing"), null);
  const said = await consentsOf(reading(house), yuki);
  assert.deepEqual(
    said.map((each) => [each.class, each.granted, each.source]),
    [["marketing", false, "one-click unsubscribe"]],
  );
});

test("an address is held back however its owner spells it", async () => {
  const said = { identities: [{ kind: "user_id" as const, value: "u-zoe" }], at: now(), source: "src_1", isVerified: true };
  const [met] = await transaction(house, (tx) => meetCustomers(tx, [{ ...said, traits: { email: "Zoe@Fjord.Example" } }]));
  await post(
    `/preferences/${await preferenceToken(reading(house), met?.customerId ?? 0)}/unsubscribe/marketing`,
    "List-Unsubscribe=One-Click",
  );
  assert.notEqual(await suppressionOf(reading(house), "zoe@fjord.example", "marketing"), null);
});

test("Ole is taken for Per and wants no more news: when they are two again, Per still has his", async () => {
  const [per, ole] = [await known("per@fjord.example"), await known("ole@fjord.example")];
  const [his, theirs] = [await preferenceToken(reading(house), per), await preferenceToken(reading(house), ole)];
  for (const token of [theirs, his]) await post(`/preferences/${token}`, "email.survey=on&email.marketing=on");
  const merge = await mergeCustomers(house.ada, { from: ole, into: per });
  await post(`/preferences/${theirs}/unsubscribe/marketing`, "List-Unsubscribe=One-Click");
  const granted = async (id: number): Promise<boolean | undefined> =>
    (await preferencesOf(reading(house), id)).find(({ choice }) => choice.class === "marketing")?.granted;
  assert.deepEqual([await granted(per), await granted(ole)], [false, false]);
  await unmergeCustomers(house.ada, merge.id);
  assert.deepEqual([await granted(per), await granted(ole)], [true, false]);
  assert.equal(await suppressionOf(reading(house), "per@fjord.example", "marketing"), null);
  assert.notEqual(await suppressionOf(reading(house), "ole@fjord.example", "marketing"), null);
});

test("Ulf, who is taken for Vidar, wants no more news either: he is heard though Vidar has said so before", async () => {
  const [vidar, ulf] = [await known("vidar@fjord.example"), await known("ulf@fjord.example")];
  const [his, theirs] = [await preferenceToken(reading(house), vidar), await preferenceToken(reading(house), ulf)];
  await post(`/preferences/${theirs}`, "email.marketing=on");
  await post(`/preferences/${his}`, "email.marketing=on");
  await post(`/preferences/${his}`, "");
  const merge = await mergeCustomers(house.ada, { from: ulf, into: vidar });
  await post(`/preferences/${theirs}/unsubscribe/marketing`, "List-Unsubscribe=One-Click");
  await unmergeCustomers(house.ada, merge.id);
  assert.equal((await consentsOf(reading(house), ulf)).find((each) => each.class === "marketing")?.granted, false);
  assert.notEqual(await suppressionOf(reading(house), "ulf@fjord.example", "marketing"), null);
});

test("a program that posts as RFC 8058 would have it, as multipart/form-data, is understood", async () => {
  await post(page, "email.survey=on&email.marketing=on");
  const boundary = "----x";
  const payload = `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`;
  const url = `${page}/unsubscribe/marketing`;
  const answer = await doors.app.inject({
    method: "POST",
    url,
    payload,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
  });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.notEqual(await suppressionOf(reading(house), "maria@fjord.example", "marketing"), null);
  assert.equal((await doors.app.inject({ method: "POST", url })).statusCode, 200, "nor is a word needed");
});

test("a program that opens the address instead shows Maria one button, and nothing changes before she presses it", async () => {
  await post(page, "email.survey=on&email.marketing=on");
  const opened = await doors.app.inject({ method: "GET", url: `${page}/unsubscribe/marketing` });
  assert.equal(opened.statusCode, 200);
  assert.match(opened.body, /will not send you any more: news and offers by email/);
  assert.equal(opened.body.match(/<button/g)?.length, 1);
  assert.ok(opened.body.includes(`action="${page}/unsubscribe/marketing"`));
  assert.equal(await suppressionOf(reading(house), "maria@fjord.example", "marketing"), null);
});

test("a link that was not made by us, or was cut short on its way, leads to a page that says so", async () => {
  const [workspace, , signature] = page.slice("/preferences/".length).split(".");
  for (const token of [
    `${workspace}.zz.${signature}`,
    `${workspace}.${maria.toString(36)}.${"A".repeat(24)}`,
    "x",
    "zzzzzzzzzz.1.AAAAAAAAAAAAAAAAAAAAAAAA",
    `${workspace}.${maria.toString(36)}`,
    "x/unsubscribe/marketing",
    "x/unsubscribe/cookies",
    "x/y/z",
    "x".repeat(100),
    "x".repeat(1000),
    "%E0%A4%A",
  ]) {
    const answer = await doors.app.inject({ method: "GET", url: `/preferences/${token}`, headers: { accept: "text/html,*/*" } });
    assert.ok([400, 404].includes(answer.statusCode), token);
    assert.match(String(answer.headers["content-type"]), /^text\/html/, token);
    assert.match(answer.body, /This page is not there\..*Open it once more from the message/s, token);
    assert.doesNotMatch(answer.body, /FST_|about:blank/);
  }
});

test("a member gets the link to send it", async () => {
  const link = (await doors.ask("GET", `/customers/${publicId("cus", maria)}/preference-link`)).json<{ url: string }>();
  assert.ok(link.url.endsWith(page));
});

async function known(email: string): Promise<number> {
  return (await transaction(house, (tx) => findOrCreateCustomer(tx, { email, source: "email" }))).id;
}

function post(url: string, payload: string) {
  return doors.app.inject({ method: "POST", url, payload, headers: { "content-type": "application/x-www-form-urlencoded" } });
}
