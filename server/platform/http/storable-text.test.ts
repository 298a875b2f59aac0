import assert from "node:assert/strict";
import { test } from "node:test";
import { createHttp } from "./server.ts";
import { storable } from "./storable-text.ts";

test("NUL and halves of characters leave texts, names and lists; all else stays", () => {
  const bytes = Buffer.from([0]);
  assert.deepEqual(storable({ "a\0": ["b\0c", "d\ud800", 1, null], bytes }), { a: ["bc", "d\ufffd", 1, null], bytes });
});

test("a route hears clean words from body, query and path", async () => {
  const app = await createHttp();
  app.post("/echo/:word", async (request) => [request.body, request.query, request.params]);
  const answer = await app.inject({ method: "POST", url: "/echo/a%00b?q=%00c", payload: { text: "d\0e" } });
  assert.deepEqual(answer.json(), [{ text: "de" }, { q: "c" }, { word: "ab" }]);
  await app.close();
});

test("an address that cannot be read, or is too long, is a problem like any other", async () => {
  const app = await createHttp();
  app.get("/echo/:word", async () => null);
  for (const [url, status] of [["/echo/%E0%A4%A", 400] as const, [`/echo/${"x".repeat(500)}`, 414] as const]) {
    const answer = await app.inject({ method: "GET", url });
    assert.equal(answer.statusCode, status);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
  }
  await app.close();
});
