import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createWorkspace } from "../access/index.ts";
import { findOrCreateCustomer } from "../customers/index.ts";
import { onOwnConnection, pool, reading, transaction } from "../../platform/db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import { addListeners, digestAll, personalData, readTimeline, record } from "./index.ts";
import { copyPart } from "./copy-part.ts";
import { changesSoFar, isTimeToSeal, sealNext, swap } from "./seal.ts";

const WIDTH = 2_000_000;
let glaze = { workspaceId: 0 };
let persons: number[] = [];

before(async () => {
  await testDatabase();
  glaze = { workspaceId: (await createWorkspace({ name: "Glaze & Co.", sample: false })).id };
  persons = await transaction(glaze, async (tx) => {
    const made = [];
    for (const name of ["maria", "anders", "yuki"])
      made.push(await findOrCreateCustomer(tx, { email: `${name}@fjord.example`, source: "test" }));
    return made.map((each) => each.id);
  });
});

test("a full part of the log is put in the order of customers, and every row and timeline stays as it was", async () => {
  await fillUpTo(0);
  const [rows, maria] = [await everything(), await timelineOf(persons[0])];
  assert.equal(await sealNext(), "sealed");
  assert.deepEqual(await everything(), rows);
  assert.deepEqual(await timelineOf(persons[0]), maria);
  const onDisk = await customersOnDisk(0);
  assert.deepEqual(
    onDisk,
    onDisk.toSorted((one, other) => one - other),
  );
  assert.ok(new Set(onDisk).size === persons.length);
  assert.deepEqual(await indexesOf("interactions_00000"), await indexesOf("interactions_00001"));
  assert.equal(await sealNext(), "nothing to seal");
  await assert.rejects(pool().query("delete from interactions"), /append-only/);
});

test("while an append into it is in flight a part is not sealed, and no row of that append is missing afterwards", async () => {
  await pool().query("select ensure_interactions_partition($1::bigint), setval('interactions_position', $1 - 10)", [2 * WIDTH]);
  const isWritten = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const late = transaction(glaze, async (tx) => {
    await record(tx, { kind: "order.late", customerId: persons[1] ?? 0, initiative: "reactive" });
    isWritten.resolve();
    await mayCommit.promise;
  });
  await isWritten.promise;
  await pool().query("select setval('interactions_position', $1)", [2 * WIDTH + 10]);
  assert.equal(await sealNext(), "nothing to seal");
  mayCommit.resolve();
  await late;
  assert.equal(await sealNext(), "sealed");
  assert.ok((await timelineOf(persons[1])).some((each) => each.kind === "order.late"));
});

test("what is blanked while a part is copied stays blanked: the copy is thrown away and made again", async () => {
  await fillUpTo(2);
  const part = { name: "interactions_00002", first: 2 * WIDTH };
  await onOwnConnection("sealing", async (ask) => {
    const changes = await changesSoFar(ask, part);
    await copyPart(ask, part);
    await transaction(glaze, (tx) =>
      personalData.erase(tx, { customerIds: [persons[0] ?? 0], addresses: [], words: [], identities: [], names: [] }),
    );
    assert.equal(await swap(ask, part, changes), "changed");
  });
  assert.equal(await sealNext(), "sealed");
  assert.ok((await timelineOf(persons[0])).every((each) => Object.keys(Object(each.properties)).length === 0));
  assert.ok((await timelineOf(persons[1])).some((each) => Object.keys(Object(each.properties)).length > 0));
});

test("a sealing that was killed half-way begins anew", async () => {
  await fillUpTo(3);
  const part = { name: "interactions_00003", first: 3 * WIDTH };
  const rows = await everything();
  await onOwnConnection("sealing", async (ask) => {
    await changesSoFar(ask, part);
    await copyPart(ask, part);
    await assert.rejects(ask("select pg_terminate_backend(pg_backend_pid())"));
  });
  assert.equal(await sealNext(), "sealed");
  assert.deepEqual(await everything(), rows);
});

test("a part that is copied in slices has every row once, in the order of customers", async () => {
  await fillUpTo(4);
  const part = { name: "interactions_00004", first: 4 * WIDTH };
  const rows = await everything();
  await onOwnConnection("sealing", async (ask) => {
    const changes = await changesSoFar(ask, part);
    await copyPart(ask, part, 7);
    assert.equal(await swap(ask, part, changes), "sealed");
  });
  assert.deepEqual(await everything(), rows);
  const onDisk = await customersOnDisk(4);
  assert.equal(new Set(onDisk).size, persons.length);
  assert.deepEqual(
    onDisk,
    onDisk.toSorted((one, other) => one - other),
  );
});

test("a reader that does not come to its end holds up the sealing, and not the readers and writers after it", async () => {
  await fillUpTo(5);
  const reader = await pool().connect();
  await reader.query("begin");
  await reader.query("select count(*) from interactions");
  const part = { name: "interactions_00005", first: 5 * WIDTH };
  await onOwnConnection("sealing", async (ask) => {
    const changes = await changesSoFar(ask, part);
    await copyPart(ask, part);
    assert.equal(await swap(ask, part, changes, 1), "busy");
    assert.deepEqual(await ask("select from pg_class where relname like '%sealed' and relkind = 'r'"), [], "no copy is left behind");
  });
  const sealing = sealNext();
  await transaction(glaze, (tx) => record(tx, { kind: "page.viewed", customerId: persons[2] ?? 0, initiative: "reactive" }));
  await timelineOf(persons[2]);
  await reader.query("commit");
  reader.release();
  assert.equal(await sealing, "sealed");
});

test("sealing waits while listeners are behind, until many parts wait", async () => {
  addListeners([{ name: "test.reader", floor: 6, kinds: ["page.viewed"], clear: async () => undefined, handle: async () => undefined }]);
  await digestAll();
  assert.ok(await isTimeToSeal());
  await pool().query("select ensure_interactions_partition($1::bigint), setval('interactions_position', $1::bigint)", [7 * WIDTH]);
  assert.equal(await isTimeToSeal(), false);
  await digestAll();
  assert.ok(await isTimeToSeal());
  await pool().query("select ensure_interactions_partition($1::bigint), setval('interactions_position', $1::bigint)", [13 * WIDTH]);
  assert.ok(await isTimeToSeal());
});

/** Some rows of each customer in turn, the last of them beyond the part's end. */
async function fillUpTo(part: number): Promise<void> {
  await pool().query("select ensure_interactions_partition($1::bigint), ensure_interactions_partition($2::bigint)", [
    part * WIDTH,
    (part + 1) * WIDTH,
  ]);
  await pool().query("select setval('interactions_position', $1)", [(part + 1) * WIDTH - 50]);
  await transaction(glaze, (tx) =>
    record(
      tx,
      Array.from({ length: 60 }, (_, number) => ({
        kind: "event.tracked",
        customerId: persons[number % persons.length] ?? 0,
        initiative: "reactive" as const,
        properties: { number },
      })),
    ),
  );
  await digestAll();
}

async function everything(): Promise<unknown[]> {
  return (await pool().query("select * from interactions order by position")).rows;
}

function timelineOf(person = 0): ReturnType<typeof readTimeline> {
  return readTimeline(reading(glaze), person, { limit: 500 });
}

async function customersOnDisk(part: number): Promise<number[]> {
  const { rows } = await pool().query<{ customer_id: number }>(`select customer_id from interactions_0000${part} order by ctid`);
  return rows.map((row) => row.customer_id);
}

/** What the indexes of a part are over, each belonging to one of the whole log's. */
async function indexesOf(part: string): Promise<string[]> {
  const { rows } = await pool().query<{ over: string }>(
    `select regexp_replace(pg_get_indexdef(c.oid), '^.* USING ', '') as over from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1::regclass and c.relispartition order by over`,
    [part],
  );
  assert.equal(rows.length, 2);
  return rows.map((row) => row.over);
}
