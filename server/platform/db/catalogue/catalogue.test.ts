import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import pg from "pg";
import { freshDatabase } from "../../../testing/database.ts";
import { withClient } from "../../../testing/server.ts";
import { digestOfMigrations } from "../migrate.ts";
import { digestIn, generateFrom, schemaFile } from "./index.ts";
import { readCatalogue } from "./read.ts";
import { schemaText } from "./schema.ts";
import { typesText } from "./types.ts";

let migrated: string;
before(async () => {
  migrated = (await freshDatabase()).connectionString;
});

test("what is committed is what the migrations make: run npm run schema when this fails", async () => {
  for (const { path, text } of await generateFrom(migrated)) assert.equal(readFileSync(path, "utf8"), text, path);
});

test("the files say which migrations they were made from, so that a check needs no database", async () => {
  assert.equal(digestIn(readFileSync(schemaFile, "utf8")), await digestOfMigrations());
});

test("db/schema.sql makes the same schema in an empty database", async () => {
  const empty = (await freshDatabase()).connectionString;
  await withClient(empty, async (client) => {
    await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await client.query(readFileSync(schemaFile, "utf8"));
    const again = await readCatalogue(client);
    assert.equal(schemaText(again, await digestOfMigrations()), readFileSync(schemaFile, "utf8"));
  });
});

test("each kind of column has its type", async () => {
  const types = await typesOf(`
    CREATE TYPE glaze AS ENUM ('sugar', 'chocolate');
    CREATE DOMAIN name AS text;
    CREATE TABLE doughnuts (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name name NOT NULL, glaze glaze, glazes glaze[] NOT NULL, price numeric NOT NULL,
      baked_at timestamptz NOT NULL DEFAULT now(), day date, tags text[] NOT NULL DEFAULT '{}', facts jsonb NOT NULL, picture bytea,
      length integer GENERATED ALWAYS AS (7) STORED, fresh boolean NOT NULL DEFAULT true
    );
    CREATE VIEW fresh_doughnuts AS SELECT id, fresh FROM doughnuts;`);
  assert.equal(
    types.slice(types.indexOf("export")),
    `export interface DoughnutsTable {
  id: GeneratedAlways<number>;
  name: string;
  glaze: "sugar" | "chocolate" | null;
  glazes: ("sugar" | "chocolate")[];
  price: ColumnType<string, string | number, string | number>;
  baked_at: Generated<Date>;
  day: string | null;
  tags: Generated<string[]>;
  facts: unknown;
  picture: Buffer | null;
  length: GeneratedAlways<number | null>;
  fresh: Generated<boolean>;
}

export interface FreshDoughnutsTable {
  id: number | null;
  fresh: boolean | null;
}

export interface DB {
  doughnuts: DoughnutsTable;
  fresh_doughnuts: FreshDoughnutsTable;
}
`,
  );
});

async function typesOf(schema: string): Promise<string> {
  const client = new pg.Client({ connectionString: (await freshDatabase()).connectionString });
  await client.connect();
  try {
    await client.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${schema}`);
    return typesText(await readCatalogue(client), "none");
  } finally {
    await client.end();
  }
}
