import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { freshDatabase } from "../../testing/database.ts";

const folder = mkdtempSync(join(tmpdir(), "throughline-doctor-"));
let client: pg.Client;
let url: string;

before(async () => {
  url = (await freshDatabase()).connectionString;
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
after(async () => {
  await client.end();
  rmSync(folder, { recursive: true });
});

interface Answer {
  code: number;
  says: Map<string, { state: string; says: string; todo?: string }>;
}

test("on a sound installation nothing is wrong", async () => {
  const { code, says } = await doctor();
  assert.deepEqual(
    [...says].filter(([, { state }]) => state === "wrong"),
    [],
  );
  assert.equal(code, 0);
  assert.match(says.get("database")?.says ?? "", /^Postgres 18.*external/);
});

test("every mistake in the settings is told, with nothing else done", async () => {
  const { code, says } = await doctor({ THROUGHLINE_ADMIN_KEY: "short" });
  assert.equal(code, 1);
  assert.deepEqual([...says.keys()], ["settings"]);
});

test("a database that is away is wrong, and what depends on it is not checked", async () => {
  const { code, says } = await doctor({ DATABASE_URL: "postgres://ada:secret@127.0.0.1:1/nowhere" });
  assert.equal(code, 1);
  assert.match(says.get("database")?.says ?? "", /ECONNREFUSED/);
  assert.match(says.get("log horizon")?.says ?? "", /Not checked/);
});

test("a log restored without its sequence is wrong, with the statement that mends it", async () => {
  await client.query(
    "INSERT INTO interactions (position, workspace_id, customer_id, kind, occurred_at, received_at, initiative) VALUES (7, 1, 1, 'x.y', now(), now(), 'reactive')",
  );
  const { says } = await doctor();
  assert.equal(says.get("log positions")?.state, "wrong");
  assert.match(says.get("log positions")?.todo ?? "", /setval\('interactions_position', 7\)/);
  await client.query("SELECT setval('interactions_position', 7)");
  assert.equal((await doctor()).says.get("log positions")?.state, "well");
});

test("an append that is held open shows in the age of the horizon", async () => {
  await client.query("BEGIN");
  await client.query(
    "INSERT INTO interactions (workspace_id, customer_id, kind, occurred_at, received_at, initiative) VALUES (1, 1, 'x.y', now(), now(), 'reactive')",
  );
  const { says } = await doctor();
  await client.query("ROLLBACK");
  assert.match(says.get("log horizon")?.says ?? "", /began \d+\.\d s ago/);
});

test("what listeners set aside, and jobs given up, are wrong", async () => {
  await client.query(
    "INSERT INTO set_aside_interactions (listener, position, customer_id, workspace_id, error, tries) VALUES ('scores', 7, 1, 1, 'no such order', 3)",
  );
  await client.query("SELECT graphile_worker.add_job('mail.send', max_attempts => 1)");
  await client.query("UPDATE graphile_worker._private_jobs SET attempts = max_attempts");
  const { code, says } = await doctor();
  assert.equal(code, 1);
  assert.match(says.get("set aside")?.says ?? "", /scores could not take in 1 \(no such order\)/);
  assert.match(says.get("jobs")?.says ?? "", /1 given up/);
});

test("a stranger on the mail port, and a mail server that is away, are wrong", async () => {
  const stranger = createServer((socket) => socket.end("HTTP/1.1 400\r\n"));
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const address = stranger.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { says } = await doctor({ THROUGHLINE_SMTP_PORT: String(port), THROUGHLINE_SMTP_URL: "smtp://127.0.0.1:1" });
  stranger.close();
  assert.equal(says.get("mail in")?.state, "wrong");
  assert.equal(says.get("mail out")?.state, "wrong");
});

test("without --json it is a table for people", async () => {
  const { text } = await run([], {});
  assert.match(text, /^ok {4}Node {2,}Version 26\./m);
  assert.match(text, /things? (is|are) wrong\.$|Nothing is wrong\.$/m);
});

test("a data folder that is a file is wrong", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const { says } = await doctor({ THROUGHLINE_DATA: file });
  assert.ok(statSync(file).isFile());
  assert.equal(says.get("data folder")?.state, "wrong");
});

async function doctor(settings: Record<string, string> = {}): Promise<Answer> {
  const { code, text } = await run(["--json"], settings);
  const results: { check: string; state: string; says: string; todo?: string }[] = JSON.parse(text);
  return { code, says: new Map(results.map(({ check, ...finding }) => [check, finding])) };
}

function run(words: string[], settings: Record<string, string>): Promise<{ code: number; text: string }> {
  const env = { PATH: process.env["PATH"], DATABASE_URL: url, THROUGHLINE_DATA: folder, THROUGHLINE_SMTP_PORT: "0", ...settings };
  return new Promise((resolve) => {
    execFile(join(import.meta.dirname, "../../../bin/throughline"), ["doctor", ...words], { env }, (error, text) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, text });
    });
  });
}
