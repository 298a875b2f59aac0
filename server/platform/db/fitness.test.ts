import assert from "node:assert/strict";
import { before, test } from "node:test";
import { freshDatabase } from "../../testing/database.ts";
import { urlOf, withClient } from "../../testing/server.ts";
import { unfitness } from "./fitness.ts";
import { migrate } from "./migrate.ts";

const sound = { version: "18.4", standby: false, encoding: "UTF8" };
let url: string;
before(async () => {
  url = (await freshDatabase()).connectionString;
});

test("a sound database is taken, from Postgres 15 on", () => {
  assert.equal(unfitness(sound), undefined);
  assert.equal(unfitness({ ...sound, version: "15.0 (Debian 15.0-1)" }), undefined);
});

test("an old Postgres and a replica are refused", () => {
  assert.match(unfitness({ ...sound, version: "14.9" }) ?? "", /Postgres 14\.9; Throughline needs 15 or newer/);
  assert.match(unfitness({ ...sound, standby: true }) ?? "", /replica.*primary/);
});

test("a database that does not keep its text in UTF-8 is refused before anything is written", async () => {
  const ascii = `test_ascii_${process.pid}`;
  await withClient(url, (client) =>
    client.query(`CREATE DATABASE ${ascii} ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`),
  );
  await assert.rejects(migrate(urlOf(url, ascii)), /encoding is SQL_ASCII; Throughline needs UTF8/);
});

test("a database that does not answer is said in a sentence", async () => {
  await assert.rejects(
    migrate("postgres://ada:secret@localhost:1/nowhere"),
    /^Error: The database does not answer \(.*ECONNREFUSED.*\)\. Check DATABASE_URL/,
  );
});
