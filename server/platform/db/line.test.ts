import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../../testing/database.ts";
import { anywhere, reading, together, transaction } from "./index.ts";

const house = { workspaceId: 1 };

before(async () => {
  await testDatabase();
  await sql`create table rings (name text primary key)`.execute(anywhere().db);
});

test("a text that comes again is prepared once a connection, and answers as before", async () => {
  await transaction(house, async ({ db }) => {
    const rings = [];
    for (const name of ["glazed", "plain", "custard"])
      rings.push((await sql<{ ring: string }>`select ${name} || ' ring' as ring`.execute(db)).rows[0]?.ring);
    assert.deepEqual(rings, ["glazed ring", "plain ring", "custard ring"]);
    const { rows } = await sql<{
      count: number;
    }>`select count(*) as count from pg_prepared_statements where statement like '%'' ring''%'`.execute(db);
    assert.equal(rows[0]?.count, 1);
  });
});

test("a transaction whose first statement fails leaves nothing, and its connection goes on", async () => {
  const baked = transaction(house, async ({ db }) => {
    await sql`insert into rings values ('burnt'), ('burnt')`.execute(db);
  });
  await assert.rejects(baked, /duplicate key/);
  await transaction(house, async ({ db }) => {
    await sql`insert into rings values ('glazed')`.execute(db);
  });
  assert.deepEqual(await rings(), ["glazed"]);
});

test("a transaction that fails before its first statement, and one that does nothing, cost nothing", async () => {
  await assert.rejects(
    transaction(house, () => Promise.reject(new Error("no flour"))),
    /no flour/,
  );
  assert.equal(await transaction(house, () => Promise.resolve("nothing")), "nothing");
});

test("statements sent together are done in order, all in the transaction", async () => {
  const failing = transaction(house, async ({ db }) => {
    await together([
      sql`insert into rings values ('one')`.execute(db),
      sql`insert into rings values ('one')`.execute(db),
      sql`insert into rings values ('two')`.execute(db),
    ]);
  });
  await assert.rejects(failing, /duplicate key/);
  assert.deepEqual(await rings(), ["glazed"]);

  const [, counted] = await transaction(house, ({ db }) =>
    together([
      sql`insert into rings values ('plain')`.execute(db),
      sql<{ count: number }>`select count(*) as count from rings`.execute(db),
    ]),
  );
  assert.equal(counted.rows[0]?.count, 2);
});

async function rings(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from rings order by name`.execute(reading(house).db);
  return rows.map((row) => row.name);
}
