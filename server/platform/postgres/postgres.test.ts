import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { geteuid, kill } from "node:process";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type EmbeddedPostgres, start } from "./index.ts";
import { handOver } from "./launch.ts";
import { isAlive, isPostmaster, readPidFile } from "./pid-file.ts";
import { sharedBuffers } from "./settings.ts";

// Below a folder that only its owner may enter, as /root is.
const base = mkdtempSync(join(tmpdir(), "throughline-postgres-"));
const small = { settings: { shared_buffers: "16MB", dynamic_shared_memory_type: "mmap" } };
after(() => rmSync(base, { recursive: true, force: true }));

test("a first start makes a database that only its owner can reach", async () => {
  const home = join(base, "first");
  const server = await start(home, small);
  const [row] = await ask(
    server,
    "SELECT current_setting('server_encoding') AS encoding, datlocprovider AS provider, datlocale AS locale FROM pg_database WHERE datname = current_database()",
  );
  assert.deepEqual(row, { encoding: "UTF8", provider: "b", locale: "C.UTF-8" });
  assert.equal(modeOf(join(home, "password")), 0o600);
  assert.equal(modeOf(join(home, "cluster")), 0o700);
  const wrong = new pg.Client({ connectionString: server.connectionString.replace(/:[^:@]+@/, ":wrong@") });
  await assert.rejects(wrong.connect(), { code: "28P01" });
  const pid = pidIn(home);
  await server.stop();
  assert.equal(isPostmaster(pid, join(home, "cluster")), false);
});

test("started twice, the second shares the first, and the last one out stops it", async () => {
  const home = join(base, "twice");
  const [ada, ben] = await Promise.all([start(home, small), start(home, small)]);
  assert.equal(ada.connectionString, ben.connectionString);
  assert.notEqual(ada.adopted, ben.adopted);
  await ada.stop();
  await ask(ben, "SELECT 1");
  const pid = pidIn(home);
  await ben.stop();
  assert.equal(isPostmaster(pid, join(home, "cluster")), false);
});

test("after kill -9 of the process that started it, the next start finds every row", async () => {
  const home = join(base, "starter-killed");
  const starter = spawnStarter(home);
  await said(starter, "ready");
  starter.kill("SIGKILL");
  await once(starter, "exit");
  const pid = pidIn(home);
  assert.equal(isPostmaster(pid, join(home, "cluster")), true, "Postgres lives on");

  const server = await start(home, small);
  assert.equal(server.adopted, true);
  assert.deepEqual(await ask(server, "SELECT name FROM doughnuts"), [{ name: "glazed" }]);
  await server.stop();
  assert.equal(isPostmaster(pid, join(home, "cluster")), false);
});

test("killed in the middle of its first start, it starts from the beginning", async () => {
  const home = join(base, "making-killed");
  for (const wait of [50, 250, 500]) {
    const starter = spawnStarter(home);
    await sleep(wait);
    starter.kill("SIGKILL");
    await once(starter, "exit");
  }
  const server = await start(home, small);
  await ask(server, "SELECT 1");
  await server.stop();
});

test("after kill -9 of Postgres itself, it comes back by itself with every acknowledged row", async () => {
  const home = join(base, "postmaster-killed");
  const sentences: string[] = [];
  const server = await start(home, { ...small, say: (sentence) => void sentences.push(sentence) });
  await ask(server, "CREATE TABLE doughnuts (name text)");
  await ask(server, "INSERT INTO doughnuts VALUES ('jam')");
  kill(pidIn(home), "SIGKILL");
  await untilAnswers(server);
  assert.deepEqual(await ask(server, "SELECT name FROM doughnuts"), [{ name: "jam" }]);
  assert.match(sentences.join(" "), /has gone/);
  await server.stop();
});

test("a pid file that names some other process does not keep it from starting", async () => {
  const home = join(base, "stale");
  const first = await start(home, small);
  const file = readFileSync(join(home, "cluster/postmaster.pid"), "utf8");
  await first.stop();
  writeFileSync(join(home, "cluster/postmaster.pid"), file.replace(/^\d+/, String(process.pid)));
  const server = await start(home, small);
  assert.equal(server.adopted, false);
  await ask(server, "SELECT 1");
  await server.stop();
  assert.equal(isAlive(process.pid), true);
});

test("data of another major version are refused with what to do, and left alone", async () => {
  const home = join(base, "older");
  mkdirSync(join(home, "cluster"), { recursive: true });
  writeFileSync(join(home, "cluster/PG_VERSION"), "17\n");
  writeFileSync(join(home, "password"), "secret");
  await assert.rejects(
    start(home, small),
    /written by Postgres 17, and this Throughline brings Postgres 18\. Start the Throughline that wrote them/,
  );
});

test("a path too long for a socket is served on a loopback port, the same one every time", async () => {
  const home = join(base, "a-folder-with-a-very-long-name-".repeat(4), 'with "quotes", commas');
  const first = await start(home, small);
  assert.match(first.connectionString, /@127\.0\.0\.1:\d+\//);
  await first.stop();
  const second = await start(home, small);
  assert.equal(second.connectionString, first.connectionString);
  await second.stop();
});

test("a folder with spaces, quotes and commas in its name", async () => {
  const home = join(base, `it's "odd", really`);
  const server = await start(home, small);
  await ask(server, "SELECT 1");
  await server.stop();
});

test("started as root where the data belong to another user, Postgres runs as that user", { skip: geteuid?.() !== 0 }, async () => {
  const home = join(base, "other-user");
  const first = await start(home, small);
  await first.stop();
  handOver(join(home, "cluster"), { uid: 65_534, gid: 65_534 });
  const server = await start(home, small);
  await ask(server, "SELECT 1");
  if (existsSync("/proc")) assert.match(readFileSync(`/proc/${pidIn(home)}/status`, "utf8"), /^Uid:\t65534\t65534/m);
  await server.stop();
});

test("shared buffers are a quarter of the memory, within 128 MB and 4 GB", () => {
  const gigabyte = 1024 ** 3;
  assert.deepEqual(
    [0.25, 1, 2, 32].map((size) => sharedBuffers(size * gigabyte)),
    [128, 256, 512, 4096],
  );
});

/** Another process that starts the server, writes a row, and waits for its end. */
function spawnStarter(home: string): ChildProcess {
  const script = `
    import pg from "pg";
    import { start } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
    const server = await start(${JSON.stringify(home)}, ${JSON.stringify(small)});
    const client = new pg.Client({ connectionString: server.connectionString });
    await client.connect();
    await client.query("CREATE TABLE doughnuts (name text)");
    await client.query("INSERT INTO doughnuts VALUES ('glazed')");
    console.log("ready");
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function said(child: ChildProcess, word: string): Promise<void> {
  assert.ok(child.stdout);
  for await (const line of createInterface(child.stdout)) if (line === word) return;
  assert.fail(`It ended without saying ${word}.`);
}

async function ask(server: EmbeddedPostgres, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(query)).rows.map((row: object) => ({ ...row }));
  } finally {
    await client.end();
  }
}

async function untilAnswers(server: EmbeddedPostgres): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) {
    const came = await ask(server, "SELECT 1").then(
      () => true,
      () => false,
    );
    if (came) return;
  }
  assert.fail("It did not come back.");
}

function pidIn(home: string): number {
  return readPidFile(join(home, "cluster"))?.pid ?? 0;
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}
