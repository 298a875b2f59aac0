import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Type } from "typebox";
import { Nullable, Words } from "./schemas.ts";
import { createHttp, type RoomApp } from "./server.ts";

const Ring = Type.Object({ name: Words(20), stone: Type.Optional(Type.Object({ carat: Type.Number({ minimum: 0, maximum: 9 }) })) });
const Choice = Type.Union([Type.Object({ all: Type.Array(Ring) }), Type.Object({ not: Ring, within: Type.Optional(Type.String()) })]);
const Order = Type.Object({
  ring: Ring,
  note: Type.Optional(Nullable(Words(20))),
  metal: Type.Optional(Type.Union([Type.Literal("gold"), Type.Literal("silver")])),
  choice: Type.Optional(Choice),
  fields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

let app: RoomApp;
before(async () => {
  app = await createHttp();
  app.post(
    "/api/orders",
    { schema: { querystring: Type.Object({ dry: Type.Optional(Type.Boolean()) }), body: Order, response: { 200: Order } } },
    async (request) => request.body,
  );
  app.get("/page", { schema: { querystring: Type.Object({ rating: Type.Optional(Type.Integer()) }) } }, async () => "page");
});
after(() => app.close());

test("what Ada sends besides what is asked for is refused by its name, however deep it stands", async () => {
  const refusals: [object, string][] = [
    [{ ring: { name: "Iris" }, workspace_id: 2 }, "body has no “workspace_id”; it may have ring, note, metal, choice, fields."],
    [{ ring: { name: "Iris", id: 1 } }, "body.ring has no “id”; it may have name, stone."],
    [{ ring: { name: "Iris", stone: { carat: 1, karat: 1 } } }, "body.ring.stone has no “karat”; it may have carat."],
    [
      { ring: { name: "Iris" }, choice: { all: [{ name: "Iris" }, { name: "Rose", by: 1 }] } },
      "body.choice.all.1 has no “by”; it may have name, stone.",
    ],
    [{ ring: { name: "Iris" }, choice: { not: { name: "Iris" }, whitin: "1d" } }, "body.choice has no “whitin”; it may have not, within."],
  ];
  for (const [body, detail] of refusals) assert.equal(await refusalOf(body), detail);
  assert.equal((await send('{"ring":{"name":"Iris"},"__proto__":{"metal":"gold"}}')).statusCode, 400);
});

test("what is open stays open: further fields of her own", async () => {
  const answer = await send({ ring: { name: "Iris" }, fields: { size: { inner: 17 } } });
  assert.deepEqual([answer.statusCode, answer.json().fields], [200, { size: { inner: 17 } }]);
});

test("a misspelt question of the API is refused; a page bears what mail programs add to its address", async () => {
  assert.equal((await send({ ring: { name: "Iris" } }, "?dri=true")).json().detail, "querystring has no “dri”; it may have dry.");
  assert.equal((await app.inject("/page?utm_source=mail")).statusCode, 200);
});

test("a refusal says what is wrong inside, and what would be right", async () => {
  const refusals: [unknown, string][] = [
    [{ ring: { name: "Iris" }, metal: "tin" }, "body.metal must be one of gold, silver."],
    [{ ring: { name: "Iris" }, choice: {} }, "body.choice must have one of all, not."],
    [{ ring: { name: "Iris" }, choice: 5 }, "body.choice must be an object."],
    [{ ring: { name: "Iris" }, choice: { not: { name: "Iris", stone: { carat: 10 } } } }, "body.choice.not.stone.carat must be at most 9."],
    [{ ring: { name: 5 } }, "body.ring.name must be text."],
    [{ ring: {} }, "body.ring must have name."],
    [{ ring: { name: "x".repeat(21) } }, "body.ring.name must have at most 20 characters."],
    [[], "body must be an object."],
  ];
  for (const [body, detail] of refusals) assert.equal(await refusalOf(body), detail);
});

test("words are kept without the space around them, and blank ones are none", async () => {
  assert.deepEqual((await send({ ring: { name: "  Iris " }, note: " In a box\n" })).json(), { ring: { name: "Iris" }, note: "In a box" });
  for (const name of ["", "   ", "\u00a0", "\u200b", "\uFFFD", "\0"])
    assert.equal(await refusalOf({ ring: { name } }), "body.ring.name must not be blank.");
  assert.equal(await refusalOf({ ring: { name: "Iris" }, note: " " }), "body.note must not be blank.");
  assert.equal((await send({ ring: { name: "💍" }, note: null })).statusCode, 200);
});

async function refusalOf(body: unknown): Promise<string> {
  const answer = await send(body as object);
  assert.equal(answer.statusCode, 400, answer.body);
  return answer.json().detail;
}

function send(payload: object | string, query = "") {
  return app.inject({ method: "POST", url: `/api/orders${query}`, payload, headers: { "content-type": "application/json" } });
}
