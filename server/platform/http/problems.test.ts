import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { reading } from "../db/index.ts";
import { testDatabase } from "../../testing/database.ts";
import { createHttp, type RoomApp } from "./server.ts";

let app: RoomApp;
before(async () => {
  await testDatabase();
  app = await createHttp();
  const { db } = reading({ workspaceId: 1 });
  app.get("/number", async () => sql`select ${"99999999999"}::text::int`.execute(db));
  app.get("/moment", async () => sql`select ${"294277-01-01"}::text::timestamptz`.execute(db));
  app.get("/text", async () => sql`select ${"a\0b"}::text`.execute(db));
  app.get("/mistake", async () => sql`select nothing from nowhere`.execute(db));
});
after(() => app.close());

test("what slips past every check and cannot be kept is told to whoever sent it, in a plain sentence", async () => {
  for (const url of ["/number", "/moment", "/text"]) {
    const answer = await app.inject({ url });
    assert.equal(answer.statusCode, 400, url);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    assert.match(answer.json().detail, /^Something in this request cannot be kept/);
  }
});

test("a mistake of ours is still one of ours", async () => {
  assert.equal((await app.inject({ url: "/mistake" })).statusCode, 500);
});
