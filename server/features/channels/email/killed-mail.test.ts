import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { freshDatabase } from "../../../testing/database.ts";
import { deliver, until } from "../../../testing/mail.ts";
import { startServer, temporaryFolder, type StartedServer } from "../../../testing/start-server.ts";
import { HELP } from "./mail-house.ts";

const Ledger = Type.Object({ totals: Type.Object({ received: Type.Integer(), outcomes: Type.Object({ pending: Type.Integer() }) }) });
const Conversations = Type.Object({
  items: Type.Array(Type.Object({ subject: Type.String() })),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
const KILLS = 2;

let server: StartedServer | null = null;
after(async () => void (await server?.stop()));

test("every mail that was acknowledged becomes a conversation, once, however often the server is killed", async () => {
  const database = { url: (await freshDatabase()).connectionString };
  const dataFolder = temporaryFolder();
  server = await startServer({ database, dataFolder });
  const { ports } = server;
  assert.equal((await server.ask("POST", "/api/v1/mail/addresses", { address: HELP })).status, 201);

  const acknowledged: string[] = [];
  for (let round = 0; round < KILLS; round++) {
    const writing = Promise.all(
      Array.from({ length: 6 }, (_, writer) => writeUntilRefused(ports.smtp, `${round}-${writer}`, acknowledged)),
    );
    const enough = acknowledged.length + 15;
    await until(() => acknowledged.length >= enough, 60_000);
    await sleep(37 * round);
    await server.kill();
    await writing;
    server = await startServer({ database, dataFolder, ports });
  }

  const asked = server;
  await until(async () => Value.Parse(Ledger, (await asked.ask("GET", "/api/v1/mail/ledger")).body).totals.outcomes.pending === 0, 60_000);
  const subjects = await allSubjects(asked);
  assert.deepEqual(
    acknowledged.filter((subject) => !subjects.includes(subject)),
    [],
  );
  assert.equal(new Set(subjects).size, subjects.length);
});

async function writeUntilRefused(port: number, name: string, acknowledged: string[]): Promise<void> {
  for (let n = 0; n < 200; n++) {
    const subject = `Box ${name}-${n}`;
    const raw = `From: maria${name}@kunde.example\nMessage-ID: <${name}-${n}@kunde.example>\nSubject: ${subject}\n\nWhere is it?`;
    const answer = await deliver(port, { from: "maria@kunde.example", to: [HELP] }, raw);
    if (!answer.startsWith("250")) return;
    acknowledged.push(subject);
  }
}

async function allSubjects(asked: StartedServer): Promise<string[]> {
  const subjects: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: { items: { subject: string }[]; nextCursor: string | null } = Value.Parse(
      Conversations,
      (await asked.ask("GET", `/api/v1/conversations?limit=200${cursor === "" ? "" : `&cursor=${cursor}`}`)).body,
    );
    subjects.push(...page.items.map((each) => each.subject));
    cursor = page.nextCursor;
  }
  return subjects;
}
