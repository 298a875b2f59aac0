import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { kill } from "node:process";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { anywhere, connect, disconnect, migrate, pool, transaction } from "../../platform/db/index.ts";
import { type EmbeddedPostgres, start } from "../../platform/postgres/index.ts";
import { isPostmaster, readPidFile } from "../../platform/postgres/pid-file.ts";
import { roomyFolder } from "../../testing/server.ts";
import { createWorkspace } from "../access/index.ts";
import { compareHeard, hearingTable } from "./fixtures/hearing.ts";
import { record } from "./index.ts";

// A server of its own, with fsync on, since it is killed.
const home = mkdtempSync(join(roomyFolder(), "throughline-kills-"));
const kills = 50;
let server: EmbeddedPostgres;
let glaze = { workspaceId: 0 };
const readers: ChildProcess[] = [];

before(async () => {
  server = await start(home, { settings: { shared_buffers: "64MB", dynamic_shared_memory_type: "mmap" } });
  await migrate(server.connectionString);
  connect(server.connectionString, { max: 6, mayEnd: true });
  glaze = { workspaceId: (await createWorkspace({ name: "Glaze & Co.", sample: false })).id };
  await pool().query(hearingTable);
});

after(async () => {
  readers.forEach((reader) => reader.kill("SIGKILL"));
  await disconnect();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

test(
  `readers and Postgres killed ${kills} times at random: nothing acknowledged is lost, missed, heard twice or out of order`,
  { timeout: 120_000 },
  async () => {
    readers.push(spawnReader(), spawnReader());
    const writing = new AbortController();
    const writers = Array.from({ length: 4 }, () => write(writing.signal));
    await killAtRandom().finally(() => writing.abort());
    const { inLog: written, missed: unheard } = await onceBack(compareHeard);
    assert.ok(written - unheard >= kills / 10, `while they were killed, readers heard ${written - unheard} of ${written}`);
    const acknowledged = (await Promise.all(writers)).flat();
    await untilAllHeard();

    const { inLog, ...faults } = await compareHeard();
    assert.deepEqual(faults, { missed: 0, twice: 0, outOfOrder: 0 });
    assert.equal(await missingFromLog(acknowledged), 0);
    assert.ok(
      inLog >= acknowledged.length && acknowledged.length > 1000,
      `${acknowledged.length} were acknowledged, ${inLog} are in the log`,
    );
  },
);

/** Now and then the readers are left alone until they have got further, however slow the machine is. */
async function killAtRandom(): Promise<void> {
  for (let killed = 0; killed < kills; killed += 1) {
    await sleep(100 + Math.random() * 800);
    if (killed % 10 === 9) await untilMoreIsHeard();
    if (killed % 4 === 3) await killPostgres();
    else replaceReader(Math.floor(Math.random() * readers.length));
  }
}

async function untilMoreIsHeard(): Promise<void> {
  const heard = async (): Promise<number> => {
    const { inLog, missed } = await onceBack(compareHeard);
    return inLog - missed;
  };
  const before = await heard();
  for (const end = Date.now() + 10_000; Date.now() < end && (await heard()) <= before;) await sleep(50);
}

/** When it is just coming back from the last kill, its next process is waited for. */
async function killPostgres(): Promise<void> {
  const cluster = join(home, "cluster");
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(20)) {
    const pid = readPidFile(cluster)?.pid ?? 0;
    if (isPostmaster(pid, cluster)) return void kill(pid, "SIGKILL");
  }
  assert.fail("Postgres did not come back");
}

function spawnReader(): ChildProcess {
  const program = join(import.meta.dirname, "fixtures/reader-process.ts");
  return spawn(process.execPath, [program, server.connectionString], { stdio: ["pipe", "ignore", "ignore"] });
}

function replaceReader(index: number): void {
  readers[index]?.kill("SIGKILL");
  readers[index] = spawnReader();
}

/** Appends until told to stop; answers the positions that were acknowledged. What fails is written off. */
async function write(signal: AbortSignal): Promise<number[]> {
  const acknowledged: number[] = [];
  while (!signal.aborted) {
    const views = Array.from({ length: 1 + Math.floor(Math.random() * 5) }, () => ({
      kind: "page.viewed",
      customerId: 1 + Math.floor(Math.random() * 20),
      initiative: "reactive" as const,
    }));
    const positions = await transaction(glaze, async (tx) => {
      const recorded = await record(tx, views);
      if (Math.random() < 0.3) await sleep(Math.random() * 6);
      return recorded;
    }).catch(() => []);
    acknowledged.push(...positions.flatMap((one) => (one ? [one.position] : [])));
    await sleep(positions.length === 0 ? 50 : 5);
  }
  return acknowledged;
}

/** The last kill may have been Postgres's: asks again until it answers. */
async function onceBack<T>(ask: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 10_000; ; await sleep(50)) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

async function untilAllHeard(): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(200)) {
    const missed = await compareHeard().then(
      (verdict) => verdict.missed,
      () => -1,
    );
    if (missed === 0) return;
  }
}

async function missingFromLog(positions: number[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM unnest(${positions}::bigint[]) AS position
    WHERE NOT EXISTS (SELECT FROM interactions i WHERE i.position = position)`.execute(anywhere().db);
  return rows[0]?.count ?? -1;
}
