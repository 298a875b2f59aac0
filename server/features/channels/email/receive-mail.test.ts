import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { createWorkspace, signingKeyOf, systemActor } from "../../access/index.ts";
import { reading, transaction } from "../../../platform/db/index.ts";
import { deliver, until } from "../../../testing/mail.ts";
import { addAddress } from "./add-address.ts";
import { countOutcomes } from "./ledger-queries.ts";
import { readEntry } from "./read-entry.ts";
import { HELP, openMailHouse, type MailHouse } from "./mail-house.ts";
import { queueEmail } from "./queue-email.ts";
import { findDelivery } from "./delivery-queries.ts";
import { totalsOf } from "./schemas.ts";
import { signReplyAddress } from "./signed-address.ts";

let house: MailHouse;
before(async () => void (house = await openMailHouse()));
after(() => house.close());

function letter(fields: Record<string, string>, text: string): string {
  const all = {
    From: "Maria <maria@kunde.example>",
    To: HELP,
    Subject: "My box",
    "Message-ID": `<${crypto.randomUUID()}@kunde.example>`,
    ...fields,
  };
  return `${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("")}\n${text}\n`;
}

async function send(raw: string, to: readonly string[] = [HELP]): Promise<void> {
  assert.match(await deliver(house.smtp.port, { from: "maria@kunde.example", to }, raw), /^250/);
}

test("Maria's mail travels from the socket to the room above, with its files and its verdicts", async () => {
  assert.match(
    await deliver(
      house.smtp.port,
      { from: "maria@kunde.example", to: [HELP] },
      readFileSync(new URL("./fixtures/late-box.eml", import.meta.url)),
    ),
    /^250/,
  );
  const [entry] = await house.settled();
  assert.equal(entry?.outcome, "message");
  const email = house.inbound.at(-1);
  assert.equal(email?.subject, "Where is my box? Straße 7");
  assert.match(email?.text ?? "", /the party is at four!$/);
  assert.match(email?.wholeText ?? "", /-- \nMaría/);
  assert.deepEqual(
    email?.files.map((file) => file.name),
    ["door.png", "Rechnung für Mai.pdf"],
  );
  assert.equal(email?.authentication.dmarc, "not checked");
  assert.equal(email?.conversationId, null);
  assert.ok(email?.mailAddressId);
});

test("the same message that comes twice, once with another trace, is one", async () => {
  const before = house.inbound.length;
  const raw = letter({}, "Where is it?");
  await send(raw);
  await house.settled();
  await send(`Received: from elsewhere.example by mx.glaze.example; Mon, 4 May 2026 09:00:00 +0000\n${raw}`);
  const [entry] = await house.settled();
  assert.equal(entry?.outcome, "duplicate");
  assert.equal(house.inbound.length, before + 1);
});

test("a mail to two of our addresses is one message; to two workspaces, one in each", async () => {
  await addAddress(house.ada, { address: "orders@glaze.example" });
  const crumbs = systemActor((await createWorkspace({ name: "Crumbs", sample: false })).id);
  await addAddress(crumbs, { address: "hello@crumbs.example" });
  const before = house.inbound.length;
  await send(letter({}, "to all"), [HELP, "orders@glaze.example", "hello@crumbs.example"]);
  const [entry] = await house.settled();
  await until(() => house.inbound.length >= before + 2);
  assert.deepEqual(entry?.envelopeTo, [HELP, "orders@glaze.example"]);
  assert.equal(house.inbound.length, before + 2);
});

test("Maria's answer to a signed address joins its thread; a forged one starts a new thread", async () => {
  const key = await signingKeyOf(reading(house.ada));
  const address = signReplyAddress({ key, address: HELP, ref: (77).toString(36) });
  await send(letter({}, "an answer"), [address]);
  await house.settled();
  assert.equal(house.inbound.at(-1)?.conversationId, 77);
  await send(letter({ Subject: "Re: [#77] My box" }, "a guess"), [address.replace(/\..*@/, ".aaaaaaaaaaaaaaaa@")]);
  await house.settled();
  assert.equal(house.inbound.at(-1)?.conversationId, null);
});

test("References to a message of ours count for whoever takes part, and for nobody else", async () => {
  const { deliveryId } = await transaction(house.ada, (tx) =>
    queueEmail(tx, {
      customerId: 1,
      conversationId: 88,
      messageId: 1,
      to: { address: "noor@kunde.example", name: null },
      fromName: "Ada",
      mailAddressId: null,
      subject: "Hi",
      text: "Hi",
      class: "service",
    }),
  );
  const sent = await findDelivery(reading(house.ada), deliveryId);
  assert.equal(sent?.state, "kept");
  await sql`update email_deliveries set internet_message_id = 'rewritten@relay.example' where id = ${deliveryId}`.execute(
    reading(house.ada).db,
  );
  await send(letter({ From: "stranger@elsewhere.example", "In-Reply-To": "<rewritten@relay.example>" }, "let me in"));
  await house.settled();
  assert.equal(house.inbound.at(-1)?.conversationId, null);
  await send(letter({ From: "Noor <noor@kunde.example>", References: "<x@y.example> <rewritten@relay.example>" }, "it is me"));
  await house.settled();
  assert.equal(house.inbound.at(-1)?.conversationId, 88);
});

test("machines are heard and not answered: out of office, our own echo, a mailing list", async () => {
  const before = house.inbound.length;
  await send(letter({ "Auto-Submitted": "auto-replied" }, "I am away."));
  assert.equal((await house.settled())[0]?.outcome, "automatic");
  await send(letter({ From: HELP }, "our own words"));
  assert.equal((await house.settled())[0]?.outcome, "automatic");
  assert.equal(house.inbound.length, before);
  const key = await signingKeyOf(reading(house.ada));
  await send(letter({ "Auto-Submitted": "auto-replied" }, "I am away."), [signReplyAddress({ key, address: HELP, ref: "25" })]);
  assert.equal((await house.settled())[0]?.outcome, "automatic");
  assert.equal(house.inbound.at(-1)?.isAutomatic, true);
  await send(letter({ "Auto-Submitted": "auto-generated", Subject: "Contact form" }, "Maria asks by the form."));
  assert.equal((await house.settled())[0]?.outcome, "message");
});

test("what cannot be read is set aside with the reason, and the ledger adds up", async () => {
  await deliver(house.smtp.port, { from: "", to: [HELP] }, letter({ From: "nobody" }, "who am I?"));
  const [entry] = await house.settled();
  assert.equal(entry?.outcome, "set-aside");
  assert.match(entry?.reason ?? "", /no sender/);
  const totals = totalsOf(await countOutcomes(reading(house.ada)));
  assert.equal(
    totals.received,
    Object.values(totals.outcomes).reduce((sum, each) => sum + each, 0),
  );
  assert.match(totals.sentence, /^\d+ received, \d+ became messages, .*1 set aside because: It names no sender/);
});

test("two workers with the same entry decide it once", async () => {
  await send(letter({}, "only once"));
  const [entry] = await house.settled();
  const key = { workspaceId: house.ada.workspaceId, ledgerId: entry?.id ?? 0 };
  const { db } = reading(house.ada);
  await sql`delete from email_messages where ledger_id = ${key.ledgerId}`.execute(db);
  await sql`update mail_ledger set outcome = 'pending' where id = ${key.ledgerId}`.execute(db);

  await Promise.all([readEntry(key), readEntry(key), readEntry(key)]);
  const [decided] = await house.ledger();
  assert.equal(decided?.outcome, "message");
  const { rows } = await sql<{ count: number }>`select count(*) as count from email_messages where ledger_id = ${key.ledgerId}`.execute(db);
  assert.equal(rows[0]?.count, 1);
});

test("the oddest bytes find their way into Postgres", async () => {
  const odd = "nul \0 and lone \ud800 surrogate";
  await send(
    letter(
      { Subject: `=?utf-16le?B?${Buffer.from(odd, "utf16le").toString("base64")}?=`, From: `"${"n\0".repeat(50)}" <maria@kunde.example>` },
      odd,
    ),
  );
  assert.equal((await house.settled())[0]?.outcome, "message");
  assert.equal(house.inbound.at(-1)?.subject, "nul  and lone \ufffd surrogate");
  await send(letter({ Subject: "x".repeat(1_000_000), References: "<a@b.example> ".repeat(20_000) }, "a long one"));
  assert.equal((await house.settled())[0]?.outcome, "message");
  await send(letter({ "Content-Type": "multipart/mixed; boundary=b" }, Array.from({ length: 500 }, () => "--b\n\nbomb").join("\n")));
  assert.match((await house.settled())[0]?.reason ?? "", /more than 200 parts/);
  await send("\0\0\0\0");
  assert.equal((await house.settled())[0]?.outcome, "message");
});
