import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { createWorkspace } from "../access/index.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import { reading, transaction } from "../../platform/db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import {
  addListeners,
  digestAll,
  listSetAside,
  readTimeline,
  rebuildListener,
  record,
  removeListeners,
  replaySetAside,
  type Interaction,
} from "./index.ts";

let glaze = { workspaceId: 0 };
let maria = 0;

before(async () => {
  await testDatabase();
  const workspace = await createWorkspace({ name: "Glaze & Co.", sample: false });
  glaze = { workspaceId: workspace.id };
  maria = await transaction(glaze, async (tx) => (await findOrCreateCustomer(tx, { email: "maria@fjord.example", source: "test" })).id);
});

beforeEach(removeListeners);

test("Maria's order stands on her timeline with the channel and stage of its touchpoint", async () => {
  await transaction(glaze, (tx) =>
    record(tx, { kind: "order.placed", customerId: maria, touchpoint: "checkout", initiative: "reactive", properties: { total: 18 } }),
  );
  const [newest] = await readTimeline(reading(glaze), maria, { limit: 1 });
  assert.equal(newest?.kind, "order.placed");
  assert.equal(newest?.channel, "web");
  assert.equal(newest?.stage, "purchase");
  assert.equal(newest?.touchpoint, "Checkout");
  assert.deepEqual(newest?.properties, { total: 18 });
});

test("the same source key is stored once, across transactions and within one", async () => {
  const delivered = {
    kind: "order.delivered",
    customerId: maria,
    initiative: "reactive",
    source: "shopify",
    sourceKey: "1042",
    occurredAt: new Date("2026-11-13T09:50:00Z"),
  } as const;
  const first = await transaction(glaze, (tx) => record(tx, [delivered, delivered]));
  const second = await transaction(glaze, (tx) => record(tx, delivered));
  assert.notEqual(first[0], null);
  assert.equal(first[1], null);
  assert.deepEqual(second, [null]);
  const timeline = await readTimeline(reading(glaze), maria, { kind: "order.delivered", limit: 10 });
  assert.equal(timeline.length, 1);
});

test("a listener hears each interaction once and in order, and what it cannot take in is set aside and replayed", async () => {
  const heard: number[] = [];
  let isBroken = true;
  addListeners([
    {
      name: "test.counter",
      floor: 6,
      kinds: ["page.viewed"],
      clear: async () => void (heard.length = 0),
      handle: async (_tx, batch: Interaction[]) => {
        if (isBroken && batch.some((each) => each.properties["number"] === 2)) throw new Error("cannot read number 2");
        heard.push(...batch.map((each) => Number(each.properties["number"])));
      },
    },
  ]);
  await transaction(glaze, (tx) =>
    record(
      tx,
      [1, 2, 3].map((number) => ({ kind: "page.viewed", customerId: maria, initiative: "reactive" as const, properties: { number } })),
    ),
  );
  await digestAll();
  assert.deepEqual(heard, [1, 3]);

  const [poison] = await listSetAside(reading(glaze));
  assert.equal(poison?.error, "cannot read number 2");
  isBroken = false;
  await replaySetAside("test.counter", poison?.position ?? 0);
  assert.deepEqual(heard, [1, 3, 2]);
  assert.deepEqual(await listSetAside(reading(glaze)), []);

  await rebuildListener("test.counter");
  assert.deepEqual(heard, [1, 2, 3]);
});

test("where Maria came from is read for a listener who looks into it, and for no other; the log keeps it", async () => {
  const heard: unknown[] = [];
  let looks = false;
  addListeners([
    {
      name: "test.reader",
      floor: 6,
      kinds: ["visit.made"],
      clear: async () => undefined,
      readsContext: async () => looks,
      handle: async (_tx, batch: Interaction[]) => void heard.push(...batch.map((each) => each.properties)),
    },
  ]);
  const made = { number: 1, context: { page: "/winter" } };
  const visit = () =>
    transaction(glaze, (tx) => record(tx, { kind: "visit.made", customerId: maria, initiative: "reactive", properties: made }));
  await visit();
  await digestAll();
  looks = true;
  await visit();
  await digestAll();
  assert.deepEqual(heard, [{ number: 1 }, made]);
  const [last] = await readTimeline(reading(glaze), maria, { kind: "visit.made", limit: 1 });
  assert.deepEqual(last?.properties, made);
});

test("nobody changes the log", async () => {
  await assert.rejects(
    transaction(glaze, (tx) => tx.db.updateTable("interactions").set({ kind: "order.lost" }).execute()),
    /append-only/,
  );
  await assert.rejects(
    transaction(glaze, (tx) => tx.db.deleteFrom("interactions").execute()),
    /append-only/,
  );
});
