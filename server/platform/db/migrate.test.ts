import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import pg from "pg";
import { freshDatabase } from "../../testing/database.ts";
import { digestOfMigrations, migrate, pendingMigrations } from "./migrate.ts";

const folder = mkdtempSync(join(tmpdir(), "throughline-migrations-"));
let url: string;
let client: pg.Client;

before(async () => {
  url = (await freshDatabase()).connectionString;
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
after(async () => {
  await client.end();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  put("0001_bakery.sql", "CREATE TABLE doughnuts (name text); INSERT INTO doughnuts VALUES ('glazed');");
});

test("migrations are applied in order, each once", async () => {
  put("0002_prices.sql", "ALTER TABLE doughnuts ADD price integer");
  assert.deepEqual(await migrate(url, { folder }), ["0001_bakery.sql", "0002_prices.sql"]);
  assert.deepEqual(await migrate(url, { folder }), []);
  put("0003_shops.sql", "CREATE TABLE shops (name text)");
  assert.deepEqual(await pendingMigrations(client, folder), ["0003_shops.sql"]);
  assert.deepEqual(await migrate(url, { folder }), ["0003_shops.sql"]);
});

test("two processes that start at once apply each migration once", async () => {
  put("0002_slow.sql", "SELECT pg_sleep(0.2); INSERT INTO doughnuts VALUES ('jam')");
  const applied = await Promise.all([migrate(url, { folder }), migrate(url, { folder }), migrate(url, { folder })]);
  assert.deepEqual(applied.flat().toSorted(), ["0001_bakery.sql", "0002_slow.sql"]);
  assert.equal((await client.query("SELECT FROM doughnuts")).rowCount, 2);
});

test("one that fails is undone as a whole, and says which it was", async () => {
  put("0002_broken.sql", "CREATE TABLE half (name text); SELECT no_such_thing()");
  await assert.rejects(migrate(url, { folder }), /0002_broken\.sql failed and was undone: .*no_such_thing/);
  assert.equal((await client.query("SELECT to_regclass('half') AS half")).rows[0].half, null);
  assert.equal((await client.query("SELECT FROM doughnuts")).rowCount, 1, "those before it stay");
});

test("one that was changed after it was applied is refused, or said aloud", async () => {
  await migrate(url, { folder });
  put("0001_bakery.sql", "CREATE TABLE doughnuts (name text, filling text)");
  await assert.rejects(migrate(url, { folder }), /0001_bakery\.sql has changed since.*make the change in a new migration/);
  const said: string[] = [];
  await migrate(url, { folder, changed: { say: (sentence) => void said.push(sentence) } });
  assert.match(said.join(), /0001_bakery\.sql has changed/);
});

test("a program older than its data does not run", async () => {
  put("0002_prices.sql", "ALTER TABLE doughnuts ADD price integer");
  await migrate(url, { folder });
  rmSync(join(folder, "0002_prices.sql"));
  await assert.rejects(migrate(url, { folder }), /older than the data/);
});

test("two migrations with one number, and a misnamed one, are refused before anything is applied", async () => {
  put("0001_other.sql", "SELECT 1");
  await assert.rejects(migrate(url, { folder }), /has the number of/);
  rmSync(join(folder, "0001_other.sql"));
  put("second.sql", "SELECT 1");
  await assert.rejects(migrate(url, { folder }), /should be named like 0001_what_it_does\.sql/);
});

test("the digest of all migrations changes with any of them, and not with how lines end", async () => {
  const first = await digestOfMigrations(folder);
  put("0002_prices.sql", "SELECT 1;\n");
  const second = await digestOfMigrations(folder);
  assert.notEqual(second, first);
  put("0002_prices.sql", "SELECT 1;\r\n");
  assert.equal(await digestOfMigrations(folder), second);
});

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}
