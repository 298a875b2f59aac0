import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "../../platform/db/index.ts";
import { publicId } from "../../platform/ids.ts";
import { keyOf, openDoors, type Doors } from "../../testing/doors.ts";
import { Screen, textFrame, upgrade } from "../../testing/screen.ts";
import { settle, testHouse, writes, type House } from "../../testing/house.ts";

let house: House;
let doors: Doors;
let port: number;
const screens: Screen[] = [];

before(async () => {
  house = await testHouse();
  doors = await openDoors(house);
  await settle();
  await doors.feed.start();
  await doors.app.listen({ port: 0, host: "127.0.0.1" });
  port = (doors.app.server.address() as AddressInfo).port;
});
after(async () => {
  for (const screen of screens) screen.leave();
  await doors.feed.stop();
  await doors.app.close();
});

test("a screen is greeted with where the log stands, and hears what happens from then on", async () => {
  const ada = await opened(doors.key);
  const [hello] = await ada.until(() => ada.heard.length > 0);
  assert.equal(hello?.type, "hello");
  await mariaWrites("hears@fjord.example");
  await ada.until(() => ada.kinds().includes("message.received"));
  const positions = ada.heard.map((each) => each.position);
  assert.deepEqual(
    positions,
    positions.toSorted((a, b) => a - b),
  );
});

test("a screen whose line was cut resumes where it was, and misses nothing, whatever came meanwhile", async () => {
  const first = await opened(doors.key);
  await mariaWrites("before@fjord.example");
  await first.until(() => first.kinds().includes("message.received"));
  const last = first.heard.at(-1)?.position ?? 0;
  first.leave();
  for (let number = 0; number < 5; number += 1) await mariaWrites(`away${number}@fjord.example`);
  const [again] = await Promise.all([opened(doors.key, last), mariaWrites("joining@fjord.example")]);
  await mariaWrites("after@fjord.example");
  await again.until(() => again.kinds().filter((kind) => kind === "message.received").length === 7);
  const { rows } = await pool().query<{ position: number }>("SELECT position FROM interactions WHERE position > $1 ORDER BY position", [
    last,
  ]);
  await again.until(() => again.ids().length >= rows.length);
  assert.deepEqual(
    again.ids(),
    rows.map(({ position }) => publicId("int", position)),
  );
});

test("of three messages while the line was cut a screen hears exactly these, in order, however often it comes back", async () => {
  const from = await standing();
  const first = await opened(doors.key, from);
  first.leave();
  for (const text of ["one", "two", "three"]) await writes(house, `${text}@fjord.example`, text);
  await settle();
  const { rows } = await pool().query<{ position: number; text: string }>(
    "SELECT position, properties->>'text' AS text FROM interactions WHERE position > $1 AND kind = 'message.received' ORDER BY position",
    [from],
  );
  assert.deepEqual(
    rows.map((row) => row.text),
    ["one", "two", "three"],
  );
  for (let round = 0; round < 2; round += 1) {
    const again = await opened(doors.key, from);
    await again.until(() => again.kinds().filter((kind) => kind === "message.received").length === 3);
    await sleep(100);
    const heard = again.heard.flatMap((each) => each.items ?? []).filter((each) => each.kind === "message.received");
    assert.deepEqual(
      heard.map((each) => each.id),
      rows.map((row) => publicId("int", row.position)),
    );
    const last = await opened(doors.key, again.heard.at(-1)?.position);
    await sleep(100);
    assert.deepEqual(last.ids(), [], "what was seen is not told again");
  }
});

test("screens that join while much is happening each hear all of it, once", async () => {
  const from = await standing();
  const joined = Promise.all(Array.from({ length: 20 }, (_, index) => sleep(index * 10).then(() => opened(doors.key, from))));
  for (let number = 0; number < 10; number += 1) await mariaWrites(`busy${number}@fjord.example`);
  for (const screen of await joined) {
    await screen.until(() => screen.kinds().filter((kind) => kind === "message.received").length === 10);
    assert.equal(new Set(screen.ids()).size, screen.ids().length);
  }
});

test("another company's screen hears nothing of it", async () => {
  const rival = await opened(doors.rivalKey, 0);
  const ada = await opened(doors.key);
  await mariaWrites("private@fjord.example");
  await ada.until(() => ada.kinds().includes("message.received"));
  await sleep(100);
  assert.deepEqual(rival.ids(), []);
});

test("a screen that missed more than a thousand is told to look at everything again", async () => {
  const from = await standing();
  for (let number = 0; number < 501; number += 1) await writes(house, "many@fjord.example", "And?");
  await mariaWrites("many@fjord.example");
  await (await opened(doors.key)).until((heard) => heard.some((each) => each.position >= from + 1002));
  const behind = await opened(doors.key, from);
  await behind.until((heard) => heard.some((each) => each.type === "behind"));
  assert.deepEqual(behind.ids(), []);
});

/** One of 2^63 bytes, one that is not masked, one of a kind that there is not. */
const BROKEN_FRAMES = [
  [0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x81, 0x01, 0x41],
  [0xf3, 0x80, 0, 0, 0, 0],
].map((bytes) => Buffer.from(bytes));

test("whoever speaks to the feed is shown out, in JSON or not, and nobody else is", async () => {
  const ada = await opened(doors.key);
  for (const frame of [textFrame("{not json"), textFrame('{"type":"hello"}'), ...BROKEN_FRAMES]) {
    const eve = await opened(doors.key);
    eve.socket.write(frame);
    await eve.until(() => eve.isGone);
  }
  await mariaWrites("stillhere@fjord.example");
  await ada.until(() => ada.kinds().includes("message.received"));
  assert.equal(ada.isGone, false);
});

test("without a key, and with one that may not read customers, there is no feed", async () => {
  assert.equal(await refusal("tl_nobody"), 401);
  assert.equal(await refusal(await keyOf(house.workspaceId, ["orders:read"])), 403);
});

test("a place in the log that cannot be is refused", async () => {
  for (const position of [-1, 1.5, 2 ** 53, 1e20]) assert.equal(await refusal(doors.key, position), 400, String(position));
});

for (const depth of [10_000, 150_000]) {
  test(`a body nested ${depth} deep is answered with 400, and harms nothing`, async () => {
    const { customerId } = await writes(house, "deep@fjord.example", "Which box?");
    const [list, object] = [`${"[".repeat(depth)}${"]".repeat(depth)}`, `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`];
    for (const payload of [list, object, `{"fields":{"box":${list}}}`]) {
      const answer = await doors.app.inject({
        method: "PATCH",
        url: `/api/v1/customers/${publicId("cus", customerId)}`,
        headers: { authorization: `Bearer ${doors.key}`, "content-type": "application/json" },
        payload,
      });
      assert.equal(answer.statusCode, 400, answer.body.slice(0, 200));
      assert.match(answer.body, /nested more than/);
    }
    assert.equal((await doors.app.inject("/api/v1/health")).statusCode, 200);
  });
}

async function refusal(key: string, position?: number): Promise<number> {
  const [answer] = (await once(upgrade(port, key, position), "response")) as [{ statusCode: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

async function opened(key: string, position?: number): Promise<Screen> {
  const screen = await Screen.open(port, key, position);
  screens.push(screen);
  return screen;
}

async function standing(): Promise<number> {
  const screen = await opened(doors.key);
  const [hello] = await screen.until((heard) => heard.length > 0);
  screen.leave();
  return hello?.position ?? 0;
}

async function mariaWrites(email: string): Promise<void> {
  await writes(house, email, "Which box is it?");
  await settle();
}
