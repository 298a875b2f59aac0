import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, mock, test } from "node:test";
import { connect as connectTls } from "node:tls";
import { createWorkspace, systemActor, type Actor } from "../../../access/index.ts";
import { connect, disconnect, reading } from "../../../../platform/db/index.ts";
import { testDatabase, type TestDatabase } from "../../../../testing/database.ts";
import { deliver, smtpLine, testDataFolder, until } from "../../../../testing/mail.ts";
import { addAddress } from "../add-address.ts";
import { listEntries } from "../ledger-queries.ts";
import { startSmtp, type SmtpListener } from "./listener.ts";

const HELP = "help@glaze.example";
let database: TestDatabase;
let folder: string;
let ada: Actor;
let smtp: SmtpListener;

before(async () => {
  database = await testDatabase();
  folder = testDataFolder();
  ada = systemActor((await createWorkspace({ name: "Glaze & Co.", sample: false })).id);
  await addAddress(ada, { address: HELP });
  smtp = await startSmtp({ port: 0, host: "127.0.0.1" });
});
after(() => smtp.stop());

const entries = async (): Promise<number> => (await listEntries(reading(ada), { outcome: null, before: null, limit: 200 })).length;

function filesArriving(): string[] {
  const arriving = join(folder, "files", "arriving");
  return existsSync(arriving) ? readdirSync(arriving) : [];
}

test("it announces its size limit and STARTTLS, and the line can be encrypted", async () => {
  const line = await smtpLine(smtp.port);
  const hello = await line.say("EHLO mx.kunde.example");
  assert.match(hello, /SIZE 26214400/);
  assert.match(hello, /STARTTLS/);
  assert.doesNotMatch(hello, /AUTH/);
  assert.match(await line.say("STARTTLS"), /^220/);
  line.socket.removeAllListeners("data");
  const secure = connectTls({ socket: line.socket, rejectUnauthorized: false });
  await new Promise((resolve) => secure.once("secureConnect", resolve));
  assert.match(secure.getProtocol() ?? "", /TLSv1\.[23]/);
  secure.destroy();
});

test("it takes mail for our addresses in any case and with a tag, and is no relay", async () => {
  const line = await smtpLine(smtp.port);
  await line.say("EHLO mx.kunde.example");
  await line.say("MAIL FROM:<maria@kunde.example>");
  assert.match(await line.say("RCPT TO:<HELP@Glaze.Example>"), /^250/);
  assert.match(await line.say("RCPT TO:<help+3f.abc@glaze.example>"), /^250/);
  assert.match(await line.say("RCPT TO:<noor@kunde.example>"), /^550 5\.1\.1/);
  assert.match(await line.say("RCPT TO:<help%kunde.example@elsewhere.example>"), /^550/);
  line.socket.destroy();
});

test("of 10,000 recipients it takes 100", async () => {
  const line = await smtpLine(smtp.port);
  await line.say("EHLO mx.kunde.example");
  await line.say("MAIL FROM:<maria@kunde.example>");
  let taken = 0;
  let refused = "";
  for (let n = 0; n < 10_000 && refused === ""; n++) {
    const answer = await line.say(`RCPT TO:<help+${n}@glaze.example>`);
    if (answer.startsWith("250")) taken++;
    else refused = answer;
  }
  assert.equal(taken, 100);
  assert.match(refused, /^452 4\.5\.3/);
  line.socket.destroy();
});

test("garbage on the line disturbs nobody", async () => {
  const line = await smtpLine(smtp.port);
  line.socket.write(Buffer.from(Array.from({ length: 50_000 }, (_, n) => (n * 31) % 256)));
  line.socket.write("\r\n\0\0\0\r\nDATA\r\nRCPT TO:<>\r\nMAIL FROM:<<<<>>>>\r\n");
  await line.hear();
  line.socket.destroy();
  assert.match(await deliver(smtp.port, { from: "maria@kunde.example", to: [HELP] }, "From: maria@kunde.example\n\nstill there"), /^250/);
});

test("half a message and a dropped line leave nothing behind", async () => {
  const before = await entries();
  const line = await smtpLine(smtp.port);
  await line.say("EHLO mx.kunde.example");
  await line.say("MAIL FROM:<maria@kunde.example>");
  await line.say(`RCPT TO:<${HELP}>`);
  assert.match(await line.say("DATA"), /^354/);
  line.socket.write(`From: maria@kunde.example\r\n\r\n${"half a message ".repeat(20_000)}`);
  await until(() => filesArriving().length === 1);
  line.socket.destroy();
  await until(() => filesArriving().length === 0);
  assert.equal(await entries(), before);
});

test("a message of a gigabyte is refused while it comes, and announced sizes before", async () => {
  const announced = await smtpLine(smtp.port);
  await announced.say("EHLO mx.kunde.example");
  assert.match(await announced.say("MAIL FROM:<maria@kunde.example> SIZE=1073741824"), /^552/);
  announced.socket.destroy();

  const before = await entries();
  const line = await smtpLine(smtp.port);
  await line.say("EHLO mx.kunde.example");
  await line.say("MAIL FROM:<maria@kunde.example>");
  await line.say(`RCPT TO:<${HELP}>`);
  await line.say("DATA");
  line.socket.setMaxListeners(0);
  const zeros = Buffer.alloc(1024 * 1024);
  let sent = 0;
  const answer = line.hear();
  let isOver = false;
  void answer.then(() => (isOver = true));
  while (!isOver && sent < 1024) {
    if (!line.socket.write(zeros)) await Promise.race([once(line.socket, "drain"), once(line.socket, "close"), answer]);
    sent++;
  }
  assert.match(await answer, /^552 5\.3\.4|^\(closed\)/);
  assert.ok(sent < 200, `${sent} MB were taken`);
  assert.equal(await entries(), before);
  await until(() => filesArriving().length === 0);
});

test("a full disk is answered with 452, and nothing is kept", async (context) => {
  const before = await entries();
  const { default: files } = await import("node:fs/promises");
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const handle = await files.open(join(folder, "secret"));
  const writing = mock.method(Object.getPrototypeOf(handle), "writeFile", () => Promise.reject(full));
  await handle.close();
  context.after(() => writing.mock.restore());
  assert.match(
    await deliver(smtp.port, { from: "maria@kunde.example", to: [HELP] }, `From: maria@kunde.example\n\n${"x".repeat(100_000)}`),
    /^452 4\.3\.1/,
  );
  writing.mock.restore();
  assert.equal(await entries(), before);
  assert.deepEqual(filesArriving(), []);
  assert.match(
    await deliver(smtp.port, { from: "maria@kunde.example", to: [HELP] }, "From: maria@kunde.example\n\nnow there is room"),
    /^250/,
  );
});

test("while the database is away mail is put off, and taken again afterwards", async () => {
  await disconnect();
  connect("postgres://nobody@127.0.0.1:1/nowhere", { mayEnd: true });
  assert.match(await deliver(smtp.port, { from: "maria@kunde.example", to: [HELP] }, "From: maria@kunde.example\n\nhello?"), /^4(21|51)/);
  await disconnect();
  connect(database.connectionString, { mayEnd: true });
  assert.match(await deliver(smtp.port, { from: "maria@kunde.example", to: [HELP] }, "From: maria@kunde.example\n\nhello again"), /^250/);
});
