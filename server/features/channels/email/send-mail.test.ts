import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { SMTPServer } from "smtp-server";
import { signingKeyOf } from "../../access/index.ts";
import { suppress, suppressionOf } from "../../customers/index.ts";
import { reading, transaction } from "../../../platform/db/index.ts";
import { deliver, until } from "../../../testing/mail.ts";
import { findDelivery, type Delivery } from "./delivery-queries.ts";
import { HELP, openMailHouse, type MailHouse } from "./mail-house.ts";
import { header } from "./mime/headers.ts";
import { useOutgoing } from "./outgoing.ts";
import { parseMail, type ParsedMail } from "./parse-mail.ts";
import { queueEmail, type EmailOut, type QueuedEmail } from "./queue-email.ts";
import { sendKept } from "./send-kept.ts";
import { readMessageId, readReplyAddress } from "./signed-address.ts";

/** Another company's mail server: takes what it is sent, or answers what a test wants. */
const arrived: ParsedMail[] = [];
let refusal: { code: number; text: string } | null = null;
const relay = new SMTPServer({
  authOptional: true,
  disabledCommands: ["AUTH", "STARTTLS"],
  logger: false,
  onData(stream, _session, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
    stream.on("end", () => {
      if (refusal !== null) return done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
      const parsed = parseMail(Buffer.concat(chunks));
      if (parsed.outcome === "parsed") arrived.push(parsed.mail);
      done();
    });
  },
});

let house: MailHouse;
let relayUrl = "";
before(async () => {
  house = await openMailHouse();
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const address = relay.server.address();
  relayUrl = `smtp://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
beforeEach(() => {
  useOutgoing(relayUrl);
  refusal = null;
});
after(async () => {
  useOutgoing(null);
  await house.close();
  await new Promise<void>((resolve) => relay.close(() => resolve()));
});

function queue(email: Partial<EmailOut>): Promise<QueuedEmail> {
  return transaction(house.ada, (tx) =>
    queueEmail(tx, {
      ...{
        customerId: 1,
        conversationId: 42,
        messageId: 7,
        to: { address: "maria@kunde.example", name: "María" },
        fromName: "Ada at Glaze & Co.",
      },
      ...{ mailAddressId: null, subject: "Re: My box", text: "It is on its way 🍩", class: "service" as const },
      ...email,
    }),
  );
}

async function delivery(id: number): Promise<Delivery> {
  const found = await findDelivery(reading(house.ada), id);
  if (found === undefined) throw new Error("no such delivery");
  return found;
}

async function reaches(id: number, state: Delivery["state"]): Promise<Delivery> {
  await until(async () => (await delivery(id)).state === state);
  return delivery(id);
}

test("Ada's answer goes out, signed so that Maria's next mail finds the thread", async () => {
  await deliver(
    house.smtp.port,
    { from: "maria@kunde.example", to: [HELP] },
    "From: maria@kunde.example\nMessage-ID: <question@kunde.example>\nSubject: My box\n\nWhere?",
  );
  await house.settled();
  const conversationId = 1000 + house.inbound.length;
  const { deliveryId, state } = await queue({ conversationId });
  assert.equal(state, "queued");
  await reaches(deliveryId, "sent");
  const mail = arrived.at(-1);
  const key = await signingKeyOf(reading(house.ada));
  assert.deepEqual(mail?.from, { name: "Ada at Glaze & Co.", address: HELP });
  assert.equal(mail?.text?.trim(), "It is on its way 🍩");
  assert.deepEqual(mail?.inReplyTo, ["question@kunde.example"]);
  assert.deepEqual(mail?.references, ["question@kunde.example"]);
  assert.equal(readReplyAddress({ key, address: mail?.replyTo[0]?.address ?? "" }), conversationId.toString(36));
  assert.equal(readMessageId({ key, messageId: mail?.messageId ?? "" })?.ref, conversationId.toString(36));
  assert.equal(header(mail?.headers ?? [], "auto-submitted"), undefined);
  assert.deepEqual(house.changes.at(-1), { ...(await delivery(deliveryId)), deliveryId });
});

test("an automatic mail says that it is one, and unsubscribing takes one click", async () => {
  const { deliveryId } = await queue({
    conversationId: null,
    automatic: true,
    class: "survey",
    unsubscribeUrl: "https://desk.example/u/1",
    to: { address: "noor@kunde.example", name: null },
  });
  await reaches(deliveryId, "sent");
  const headers = arrived.at(-1)?.headers ?? [];
  assert.equal(header(headers, "auto-submitted"), "auto-generated");
  assert.equal(header(headers, "list-unsubscribe"), "<https://desk.example/u/1>");
  assert.equal(header(headers, "list-unsubscribe-post"), "List-Unsubscribe=One-Click");
});

test("a passing refusal is tried again later, a final one is told", async () => {
  refusal = { code: 451, text: "4.7.1 greylisted" };
  const later = await queue({});
  await until(async () => (await delivery(later.deliveryId)).attempts === 1);
  const waiting = await delivery(later.deliveryId);
  assert.equal(waiting.state, "queued");
  assert.match(waiting.detail ?? "", /not take it yet: .*greylisted/);
  assert.ok((waiting.nextTryAt?.getTime() ?? 0) > Date.now() + 30_000);
  refusal = { code: 550, text: "5.1.1 no such user" };
  const final = await queue({});
  const failed = await reaches(final.deliveryId, "failed");
  assert.match(failed.detail ?? "", /^not sent: .*no such user/);
  assert.equal(house.changes.at(-1)?.state, "failed");
});

test("without a mail server it is kept, and goes out once there is one", async () => {
  useOutgoing(null);
  const { deliveryId, state, detail } = await queue({ subject: "kept" });
  assert.deepEqual({ state, detail }, { state: "kept", detail: "not sent: no mail server set" });
  await assert.rejects(sendKept(house.ada), /No mail server is set/);
  useOutgoing(relayUrl);
  assert.deepEqual(await sendKept(house.ada), { queued: 1 });
  await reaches(deliveryId, "sent");
  assert.equal(arrived.at(-1)?.subject, "kept");
});

test("automatic mail never answers a machine, and at most three an hour go to one address", async () => {
  const to = { address: "bo@kunde.example", name: null };
  const states = [];
  for (let n = 0; n < 5; n++) states.push((await queue({ conversationId: null, automatic: true, to })).state);
  assert.deepEqual(states, ["queued", "queued", "queued", "withheld", "withheld"]);
  assert.equal((await queue({ conversationId: null, to })).state, "queued");
  assert.match((await queue({ automatic: true, to: { address: "no-reply@shop.example", name: null } })).detail ?? "", /nobody reads/);
  await deliver(
    house.smtp.port,
    { from: "bot@shop.example", to: [HELP] },
    "From: bot@shop.example\nAuto-Submitted: auto-generated\nSubject: Form\n\nA form",
  );
  await house.settled();
  const answer = await queue({
    conversationId: 1000 + house.inbound.length,
    automatic: true,
    to: { address: "bot@shop.example", name: null },
  });
  assert.match(answer.detail ?? "", /in answer to an automatic one/);
});

test("a suppressed address gets nothing of that class, with the reason; safety always goes", async () => {
  await transaction(house.ada, (tx) =>
    suppress(tx, { channel: "email", address: "tom@kunde.example", class: "survey", reason: "Tom opted out.", source: "test" }),
  );
  const to = { address: "Tom@Kunde.example", name: null };
  assert.deepEqual(await queue({ to, class: "survey" }).then(({ state, detail }) => ({ state, detail })), {
    state: "withheld",
    detail: "Tom opted out.",
  });
  assert.equal((await queue({ to, class: "safety" })).state, "queued");
});

test("a bounce finds the message it is about, is told upward, and a dead address is written to no more", async () => {
  const to = { address: "gone@kunde.example", name: null };
  const { deliveryId } = await queue({ to });
  const { internetMessageId } = await reaches(deliveryId, "sent");
  const report = (id: string, address: string): string =>
    `From: MAILER-DAEMON@kunde.example\nTo: ${HELP}\nSubject: Undelivered\nMessage-ID: <${crypto.randomUUID()}@kunde.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; kunde.example\n\nFinal-Recipient: rfc822; ${address}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <${id}>\n\nx\n--b--\n`;

  await deliver(house.smtp.port, { from: "", to: [HELP] }, report("forged@nowhere.example", "maria@kunde.example"));
  await house.settled();
  assert.equal(await suppressionOf(reading(house.ada), "maria@kunde.example", "service"), null);

  await deliver(house.smtp.port, { from: "", to: [HELP] }, report(internetMessageId ?? "", to.address));
  assert.equal((await house.settled())[0]?.outcome, "bounce");
  const bounced = await delivery(deliveryId);
  assert.equal(bounced.state, "bounced");
  assert.equal(bounced.detail, "It came back: 5.1.1 550 no such user");
  assert.equal(house.changes.at(-1)?.state, "bounced");
  assert.equal((await queue({ to })).state, "withheld");

  await deliver(house.smtp.port, { from: to.address, to: [HELP] }, `From: ${to.address}\nSubject: I am back\n\nMy box is repaired.`);
  await house.settled();
  assert.equal((await queue({ to })).state, "queued");
});
