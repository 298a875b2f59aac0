import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createSignIn } from "../features/access/index.ts";
import { LiveFeed } from "../features/interactions/index.ts";
import { pool } from "../platform/db/index.ts";
import type { RoomApp } from "../platform/http/index.ts";
import { testDatabase } from "../testing/database.ts";
import { createApp } from "./http.ts";

const folder = mkdtempSync(join(tmpdir(), "web-"));
let app: RoomApp;
before(async () => {
  await testDatabase();
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<title>Throughline</title>");
  const publicUrl = "http://localhost:3000";
  const signIn = createSignIn({ pool: pool(), publicUrl, secret: "s".repeat(40), rateLimited: false });
  app = await createApp({ publicUrl, adminKey: null, signIn, feed: new LiveFeed(), webFolder: folder });
  await app.ready();
});
after(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

test("a shop's program that asks by GET whether a webhook address is there is told to post, not shown a page", async () => {
  for (const url of ["/v1/batch", "/v1/track?x=1", "/hooks/abc", "/hooks/shopify/abc"]) {
    const answer = await app.inject({ url, headers: { accept: "text/html" } });
    assert.deepEqual([answer.statusCode, answer.headers["allow"], answer.json().status], [405, "POST", 405], url);
    assert.match(answer.json().detail, /is sent with POST/);
  }
});

test("under the addresses of programs nothing else is there either", async () => {
  for (const url of ["/v1", "/v1/nothing", "/hooks", "/hooks/a/b/c", "/api/v1/nothing"]) {
    const answer = await app.inject({ url });
    assert.deepEqual([answer.statusCode, answer.json().status], [404, 404], url);
  }
});

test("Ada's bookmarks open the interface", async () => {
  for (const url of ["/", "/customers/cus_1", "/settings/hooks", "/v1s"]) {
    const answer = await app.inject({ url });
    assert.deepEqual([answer.statusCode, answer.body], [200, "<title>Throughline</title>"], url);
  }
});

test("a customer's cut link opens no sign-in", async () => {
  for (const url of [`/preferences/${"x".repeat(500)}`, "/preferences/x/y", "/rate/x", "/rate/x/y/z"]) {
    const answer = await app.inject({ url });
    assert.equal(answer.statusCode, 404, url);
    assert.match(answer.body, /This page is not there/);
  }
});
