import assert from "node:assert/strict";
import { test } from "node:test";
import { COLUMNS } from "./export-rows.ts";
import { FIELDS, guessMapping, THINGS } from "./fields.ts";

test("the headings of other programs are understood", () => {
  assert.deepEqual(guessMapping("customers", ["Customer ID", "E-mail address", "Given name", "Surname", "Sign-up date", "Colour"]), {
    "Customer ID": "userId",
    "E-mail address": "email",
    "Given name": "firstName",
    Surname: "lastName",
    "Sign-up date": "firstSeenAt",
  });
  assert.deepEqual(guessMapping("orders", ["order_id", "Email", "Total Price", "Currency", "Order Date"]), {
    order_id: "externalId",
    Email: "customer.email",
    "Total Price": "total",
    Currency: "currency",
    "Order Date": "placedAt",
  });
  assert.deepEqual(guessMapping("interactions", ["timestamp", "event", "user_id"]), {
    timestamp: "occurredAt",
    event: "kind",
    user_id: "customer.userId",
  });
});

test("Shopify's own export of orders is understood: its name is a number, its id stands on the first line only", () => {
  const columns =
    "Name,Email,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Id";
  assert.deepEqual(guessMapping("orders", columns.split(",")), {
    Id: "externalId",
    Name: "number",
    Email: "customer.email",
    "Billing Name": "customer.name",
    "Lineitem name": "item.name",
    "Lineitem quantity": "item.quantity",
    "Lineitem price": "item.price",
    "Lineitem sku": "item.sku",
    Total: "total",
    Currency: "currency",
    "Created at": "placedAt",
    "Paid at": "paidAt",
  });
});

test("no column is guessed twice, and no field is given to two columns", () => {
  const guess = guessMapping("customers", ["email", "Email", "mail"]);
  assert.deepEqual(guess, { email: "email" });
});

test("every column of an export that holds a field is mapped to it, and none to another", () => {
  for (const thing of THINGS) {
    const guess = guessMapping(thing, COLUMNS[thing]);
    for (const { name } of FIELDS[thing]) if (COLUMNS[thing].includes(name)) assert.equal(guess[name], name, `${thing}: ${name}`);
  }
});
