import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { anywhere, reading, transaction } from "../../platform/db/index.ts";
import { openDoors, type Doors } from "../../testing/doors.ts";
import { filesWith, tablesWith, tableTexts } from "../../testing/everything.ts";
import { testFiles } from "../../testing/files.ts";
import { settle, testHouse, type House } from "../../testing/house.ts";
import { deliver } from "../../testing/mail.ts";
import { startSmtp } from "../channels/email/index.ts";
import { meetCustomers, suppress, suppressionOf } from "../customers/index.ts";
import { rebuildListener, record } from "../interactions/index.ts";
import { eraseRestored } from "./index.ts";

let house: House;
let doors: Doors;

let folder: string;
let smtp: Awaited<ReturnType<typeof startSmtp>>;

before(async () => {
  house = await testHouse();
  folder = testFiles();
  doors = await openDoors(house);
  smtp = await startSmtp({ port: 0, host: "127.0.0.1", name: "glaze.example" });
});
after(async () => {
  await smtp.stop();
  await doors.app.close();
});

/** All by which Wilhelmina Quist could be found again. */
const WORDS = ["wilhelmina", "quist", "wq@lighthouse.example", "+4722334455", "barnacle", "marmalade", "u-quist-77"];

test("Wilhelmina is erased everywhere: a copy of every table and all files hold only what the law keeps", async () => {
  const id = await livesThrough();
  assert.ok((await tablesWith(WORDS)).length > 8, "before, she is all over the house");
  assert.ok(filesWith(folder, WORDS).length >= 1);

  const erased = await doors.ask("DELETE", `/customers/${id}/personal-data`);
  assert.equal(erased.statusCode, 200, erased.body);
  assert.equal(erased.json<{ keptInvoices: number }>().keptInvoices, 1);
  await settle();

  assert.deepEqual(await tablesWith(WORDS), ["restricted_records"]);
  assert.deepEqual(filesWith(folder, WORDS), []);
  const { rows } = await sql<{ address: string }>`select address from suppressions`.execute(anywhere().db);
  assert.match(rows[0]?.address ?? "", /^hash:/);
});

test("what was erased stays so: nothing goes to her address, a rebuild brings nothing back, and the board still adds up", async () => {
  const { rows } = await sql<{ conversations: number; orders: number }>`
    select (select count(*) from conversation_facts) as conversations, (select count(*) from order_facts) as orders`.execute(anywhere().db);
  assert.deepEqual(rows, [{ conversations: 1, orders: 1 }]);
  for (const listener of ["experience.score", "insights.facts"]) await rebuildListener(listener);
  assert.deepEqual(await tablesWith(WORDS), ["restricted_records"]);
  assert.equal(await suppressionOf(reading(house), "wq@lighthouse.example", "marketing"), "Erased on request.");
  assert.equal(await suppressionOf(reading(house), "somebody@lighthouse.example", "marketing"), null);
});

test("a database restored from before the erasure is erased again before it serves", async () => {
  const id = await livesThrough("restored@lighthouse.example");
  const before = await tableTexts(["customers", "identities"]);
  assert.equal((await doors.ask("DELETE", `/customers/${id}/personal-data`)).statusCode, 200);
  await putBack(before);
  assert.ok((await tablesWith(["restored@lighthouse"])).length > 0);

  assert.equal(await eraseRestored(), 1);
  assert.deepEqual(await tablesWith(["restored@lighthouse"]), ["restricted_records"]);
  assert.equal(await eraseRestored(), 0);
});

test("Ragna was taken for her sister when the backup was made: restored, only Ragna is erased again", async () => {
  const [ragna, sister] = [await livesThrough("ragna@lighthouse.example"), await livesThrough("sister@lighthouse.example")];
  const merge = await doors.ask("POST", "/merges", { from: ragna, into: sister });
  const backup = await tableTexts(["customers", "identities", "merges", "customer_aliases"]);
  assert.equal((await doors.ask("DELETE", `/merges/${merge.json<{ id: string }>().id}`)).statusCode, 204);
  assert.equal((await doors.ask("DELETE", `/customers/${ragna}/personal-data`)).statusCode, 200);
  await putBack(backup);

  await eraseRestored();
  const found = (await ask("GET", "/customers?email=sister@lighthouse.example")).items;
  assert.deepEqual(
    found.map(({ id }) => id),
    [sister],
  );
  assert.deepEqual((await ask("GET", "/customers?email=ragna@lighthouse.example")).items, []);
  assert.match((await doors.ask("GET", `/customers/${sister}/export`)).body, /barnacle/);
});

test("an export holds all that is known, as data and as a page", async () => {
  const id = await livesThrough("export@lighthouse.example");
  const all = await doors.ask("GET", `/customers/${id}/export`);
  const { data } = all.json<{ data: Record<string, unknown[]> }>();
  for (const kind of ["profile", "identities", "interactions", "conversations", "orders"]) assert.ok((data[kind] ?? []).length > 0, kind);
  assert.match(all.body, /barnacle/);
  const page = await doors.ask("GET", `/customers/${id}/export?format=html`);
  assert.match(String(page.headers["content-type"]), /text\/html/);
  assert.match(page.body, /<title>What Glaze .*knows of Wilhelmina Quist<\/title>/);
  assert.match(page.body, /You ordered \(marmalade-export@lighthouse.example\)/);
  assert.match(page.body, /barnacle/);
  assert.equal((await doors.ask("GET", `/customers/${id}/export`, undefined, doors.rivalKey)).statusCode, 404);
});

/** A life that touches as many rooms as it can: mail with a file, an order, notes, a rating, the web, a merge, a profile. */
async function livesThrough(address = "wq@lighthouse.example"): Promise<string> {
  await ask("POST", "/orders", {
    externalId: `barnacle-${address}`,
    number: `marmalade-${address}`,
    customer: { email: address, name: "Wilhelmina Quist" },
    items: [{ name: "Barnacle rings", quantity: 2 }],
    total: 40,
    currency: "EUR",
    placedAt: "2026-11-01T08:00:00Z",
    promisedAt: "2026-11-02T08:00:00Z",
  });
  assert.match(await deliver(smtp.port, { from: address, to: ["hello@glaze.example"] }, letter(address)), /^250/);
  await settle();
  const { items } = await ask("GET", `/customers?email=${encodeURIComponent(address)}`);
  const id = items[0]?.id ?? "";
  const [conversation] = (await ask("GET", `/conversations?customer=${id}`)).items;
  await ask("POST", `/conversations/${conversation?.id}/messages`, { kind: "note", text: "Wilhelmina likes marmalade." });
  await ask("POST", `/conversations/${conversation?.id}/messages`, {
    kind: "reply",
    text: "Dear Wilhelmina, the barnacle rings are on their way.",
  });
  await ask("PATCH", `/customers/${id}`, {
    name: "Wilhelmina Quist",
    phone: "+4722334455",
    addressAs: "Frau Quist",
    fields: { likes: "marmalade" },
  });
  await ask("PUT", `/customers/${id}/consents`, {
    channel: "email",
    class: "marketing",
    granted: false,
    wording: "Not to me, W. Quist",
    source: "phone",
  });
  await transaction(house, async (tx) => {
    await suppress(tx, { channel: "email", address, class: "marketing", reason: "She, Quist, asked.", source: "phone" });
    const [met] = await meetCustomers(tx, [
      {
        identities: [
          { kind: "email", value: address },
          { kind: "user_id", value: `u-quist-77-${address}` },
          { kind: "anonymous_id", value: `barnacle-device-${address}` },
        ],
        at: tx.now,
        source: "src_1",
        isVerified: true,
        traits: { fields: { boat: "Barnacle" } },
      },
    ]);
    await record(tx, {
      kind: "page.viewed",
      customerId: met?.customerId ?? 0,
      initiative: "reactive",
      properties: { url: "/barnacle?u=quist" },
    });
  });
  await ask("PUT", `/conversations/${conversation?.id}/tags/quist`).catch(() => undefined);
  await ask("POST", `/conversations/${conversation?.id}/closure`);
  await settle();
  return id;
}

function letter(address: string): string {
  return `From: Wilhelmina Quist <${address}>\nTo: hello@glaze.example\nSubject: My barnacle rings\nMessage-ID: <${crypto.randomUUID()}@lighthouse.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThis is terrible. Where is my marmalade?\nWilhelmina Quist\n--b\nContent-Type: text/plain; name=quist.txt\nContent-Disposition: attachment; filename=quist.txt\n\nbarnacle ${address}\n--b--\n`;
}

async function ask(method: "GET" | "POST" | "PUT" | "PATCH", path: string, payload?: object): Promise<{ items: { id: string }[] }> {
  const response = await doors.ask(method, path, payload);
  assert.ok(response.statusCode < 300, `${method} ${path}: ${response.body}`);
  return response.body === "" ? { items: [] } : response.json();
}

/** As a restore does: the rows of before in place of those of now, and no word of the erasure. */
async function putBack(texts: Record<string, string>): Promise<void> {
  await sql`delete from erasures`.execute(anywhere().db);
  for (const [table, text] of Object.entries(texts)) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${house.workspaceId}`.execute(anywhere().db);
    for (const row of text.split("\n")) {
      const columns = Object.keys(JSON.parse(row) as object).filter((column) => column !== "search");
      const names = sql.join(columns.map((column) => sql.ref(column)));
      await sql`insert into ${sql.table(table)} (${names}) overriding system value
        select ${names} from jsonb_populate_record(null::${sql.table(table)}, ${row}::jsonb)`.execute(anywhere().db);
    }
  }
}
