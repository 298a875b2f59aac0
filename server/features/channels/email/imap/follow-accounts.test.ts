import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { reading } from "../../../../platform/db/index.ts";
import { startImapServer, type TestImapServer } from "../../../../testing/imap-server.ts";
import { until } from "../../../../testing/mail.ts";
import { addAccount, removeAccount } from "../accounts.ts";
import { openMailHouse, type MailHouse } from "../mail-house.ts";
import { listAccounts, type MailAccount } from "../queries.ts";
import { followAccounts, type Following } from "./follow-accounts.ts";

let house: MailHouse;
let imap: TestImapServer;
let following: Following;
before(async () => {
  house = await openMailHouse();
  imap = await startImapServer({ user: "help@glaze.example", password: "sesame", token: "ya29.token" });
  imap.append(letter("old", "from before it was followed"), new Date(Date.now() - 3_600_000));
  following = followAccounts({ lookEveryMs: 50 });
});
after(async () => {
  await following.stop();
  await imap.stop();
  await house.close();
});

function letter(id: string, text: string): string {
  return `From: Maria <maria@kunde.example>\nTo: help@glaze.example\nSubject: My box\nMessage-ID: <${id}@kunde.example>\n\n${text}\n`;
}

function add(secret: string, authKind: "password" | "token", mailbox = "INBOX"): Promise<MailAccount> {
  return addAccount(house.ada, {
    host: "127.0.0.1",
    port: imap.port,
    security: "none",
    username: "help@glaze.example",
    secret,
    authKind,
    mailbox,
  });
}

async function state(id: number): Promise<MailAccount | undefined> {
  return (await listAccounts(reading(house.ada))).find((each) => each.id === id);
}

const texts = (): string[] => house.inbound.map((each) => each.text);

test("mail that comes into a followed mailbox becomes messages, by IDLE, and stays unread there", async () => {
  const account = await add("sesame", "password");
  await until(async () => (await state(account.id))?.state === "connected" && imap.idling === 1);
  imap.append(letter("one", "first"));
  imap.append(letter("two", "second"));
  await until(() => house.inbound.length === 2);
  await house.settled();
  assert.deepEqual(texts().toSorted(), ["first", "second"]);
  assert.equal((await state(account.id))?.lastUid, 3);
  assert.equal((await house.ledger())[0]?.via, "imap");
  assert.ok(house.inbound[0]?.mailAddressId);
  assert.ok(imap.heard.some((line) => line.includes("EXAMINE")));
  assert.ok(!imap.heard.some((line) => /SELECT|STORE|UNSEEN|BODY\[\]/.test(line)));
});

test("after a broken line it goes on where it was", async () => {
  imap.hangUp();
  imap.append(letter("three", "while the line was broken"));
  await until(() => texts().includes("while the line was broken"));
  await house.settled();
  assert.equal(house.inbound.length, 3);
});

test("a mailbox that was made anew is read again, and what we had is recognised", async () => {
  imap.renumber();
  imap.append(letter("four", "after the move"));
  imap.hangUp();
  await until(() => texts().includes("after the move"));
  const entries = await house.settled();
  assert.equal(house.inbound.length, 4);
  assert.equal(entries.filter((entry) => entry.outcome === "duplicate").length, 3);
  assert.ok(!texts().includes("from before it was followed"));
});

test("a wrong password is told in the server's words, a token works, and a removed account is left alone", async () => {
  const wrong = await add("open", "password", "Wrong");
  await until(async () => (await state(wrong.id))?.state === "failed");
  assert.match((await state(wrong.id))?.lastError ?? "", /Wrong password/);
  await removeAccount(house.ada, wrong.id);
  const [first] = await listAccounts(reading(house.ada));
  await removeAccount(house.ada, first?.id ?? 0);
  const withToken = await add("ya29.token", "token");
  await until(async () => (await state(withToken.id))?.state === "connected");
  await until(() => imap.idling === 1);
});
