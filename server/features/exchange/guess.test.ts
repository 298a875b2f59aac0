import assert from "node:assert/strict";
import { test } from "node:test";
import { COLUMNS } from "./export-rows.ts";
import { guessOf } from "./guess.ts";
import { inspect } from "./inspect.ts";

const guessed = async (thing: "orders" | "interactions", text: string) => guessOf(thing, await inspect(Buffer.from(text), true));

test("our own export is known by its first lines, even where these leave columns out", async () => {
  const order = {
    externalId: "1",
    "customer.email": "maria@fjord.example",
    placedAt: "2026-11-13T08:00:00Z",
    id: "ord_1",
    customerId: "cus_1",
  };
  const { columns, mapping } = await guessed("orders", `${JSON.stringify(order)}\n`);
  assert.deepEqual(columns, COLUMNS.orders);
  assert.equal(mapping.columns["customer.userId"], "customer.userId");
  assert.equal(mapping.columns["customerId"], undefined);
});

test("the ids that we give to customers are nobody's user id, whoever writes them", async () => {
  const csv = "customerId,kind,occurredAt\ncus_1a,page.viewed,2026-11-13T08:00:00Z\ncus_2b,page.viewed,2026-11-13T08:00:00Z\n";
  assert.equal((await guessed("interactions", csv)).mapping.columns["customerId"], undefined);
  const theirs = csv.replace("cus_1a", "cus_NffrFeUfNV2Hib");
  assert.equal((await guessed("interactions", theirs)).mapping.columns["customerId"], "customer.userId");
});

test("what is no table is refused with what to do", async () => {
  const why = async (text: string) => inspect(Buffer.from(text), true).catch((error: Error) => error.message);
  assert.match(String(await why('[{"email":"maria@fjord.example"}]')), /JSON list.*line of its own/);
  assert.match(String(await why("%PDF-1.4\n%…")), /PDF/);
  assert.match(String(await why("<!DOCTYPE html><table>")), /web page/);
  assert.match(String(await why("a\0b,c")), /no text/);
  assert.deepEqual(Object.keys(await inspect(Buffer.from("[id],name\n1,Åse\n"), true)).length > 0, true);
});
