import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sql } from "kysely";
import { testDatabase } from "../../testing/database.ts";
import { anywhere } from "./everywhere.ts";
import { jsonbArray } from "./jsonb-array.ts";

before(testDatabase);

test("JSON texts arrive as they were, in order, odd letters and none at all included", async () => {
  for (const values of [[], [{ a: 'quote " and \\ and {,}' }, [1, null, "ä🍩"], "text", 4.5, null]]) {
    const { rows } = await sql<{ value: unknown }>`
      select value from unnest(${jsonbArray(values.map((each) => JSON.stringify(each)))}::jsonb[]) with ordinality as t (value, n) order by n`.execute(
      anywhere().db,
    );
    assert.deepEqual(
      rows.map((row) => row.value),
      values,
    );
  }
});
