import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "../server/platform/db/index.ts";
import { startServer, type StartedServer } from "../server/testing/start-server.ts";
import { type Measure, quantile, rounded, type Reading } from "./bench.ts";
import { argument } from "./argument.ts";
import { fillLog, makeBare, makeCustomers } from "./collect-place.ts";
import { customers } from "./events.ts";
import { lag, untilDigested } from "./lag.ts";
import { makeSource, measure, type Target } from "./send-batches.ts";
import { segmentsOfAShop } from "./shop-segments.ts";

/** Scale by arguments: `--full` (a log of 5 million, ten minutes of a steady rate), `--log=N`, `--seconds=N`, `--rate=N` events/s of the steady part. */
const isFull = process.argv.includes("--full");
const logSize = argument("log", isFull ? 5_000_000 : 0);
const seconds = argument("seconds", isFull ? 60 : 10);
/** The target is held for ten minutes, to see whether memory grows. */
const TARGET = 10_000;
const secondsAt = (rate: number): number => (isFull && rate >= TARGET ? 600 : Math.max(5, seconds / 2));
const rates = process.argv.some((each) => each.startsWith("--rate=")) ? [argument("rate", TARGET)] : [2_000, 5_000, TARGET];
/** A shop knows its customers: before `--full` measures, each has had some ten events that listeners took in. */
const warmSeconds = isFull ? 120 : 2;
/** Many short ones, in turns, so that both meet the same machine. */
const rounds = 5;

/**
 * Accepted events a second over the tracking API in gzip batches of 100, against a bare server that inserts the same
 * rows, in turns. All of it (load, server, listeners, database) on this machine.
 */
export const collect: Measure = async ({ connectionString, workspaceId }) => {
  await makeCustomers(workspaceId);
  const server = await startServer({ database: { url: connectionString } });
  await fillLog(workspaceId, logSize);
  await makeBare();
  const bare = await startBare(connectionString);
  try {
    const ours = await makeSource(server);
    const limit: Target = { port: bare.port, path: "/", key: ours.key };
    await measure(ours, "warm", 2);
    await measure(limit, "warm-bare", 2);
    const before = memoryOf(server.pid);
    const took = { ours: 0, limit: 0 };
    for (let round = 0; round < rounds; round += 1) {
      took.ours += (await measure(ours, `ours-${round}`, seconds / rounds)) / rounds;
      await untilDigested();
      took.limit += (await measure(limit, `bare-${round}`, seconds / rounds)) / rounds;
    }
    return [accepted(took, before, memoryOf(server.pid))];
  } finally {
    bare.stop();
    await server.stop();
  }
};

/** Whether all listeners, fifty segments among them, keep up with events that come at steady rates. */
export const derived: Measure = async ({ connectionString, workspaceId }) => {
  await makeCustomers(workspaceId);
  const server = await startServer({ database: { url: connectionString } });
  try {
    await makeSegments(server);
    await fillLog(workspaceId, logSize);
    const ours = await makeSource(server);
    await measure(ours, "warm", warmSeconds);
    await untilDigested();
    const readings: Reading[] = [];
    for (const rate of rates) readings.push(await sustain(ours, rate, server.pid));
    return readings;
  } finally {
    await server.stop();
  }
};

function accepted(took: { ours: number; limit: number }, before: number, after: number): Reading {
  return {
    measure: "collect, accepted",
    value: rounded(took.ours),
    unit: "events/s",
    limit: rounded(took.limit),
    ratio: rounded(took.ours / took.limit),
    wanted: "ratio of at least 0.5",
    met: took.ours / took.limit >= 0.5,
    log: logSize,
    customers,
    memoryMB: { before, after },
  };
}

/** Sends at a steady rate and watches how far listeners are behind; it is sustained when they have caught up within a second. */
async function sustain(target: Target, rate: number, pid: number): Promise<Reading> {
  const lags: number[] = [];
  const memory: number[] = [];
  const watching = new AbortController();
  const watch = (async () => {
    while (!watching.signal.aborted) {
      lags.push(await lag());
      memory.push(memoryOf(pid));
      await sleep(200);
    }
  })();
  const duration = secondsAt(rate);
  const sent = await measure(target, `steady-${rate}`, duration, rate);
  const digested = sent - (await lag()) / duration;
  const began = performance.now();
  await untilDigested();
  const drained = performance.now() - began;
  watching.abort();
  await watch;
  const third = (nth: number): number => Math.round(mean(memory.slice((memory.length * (nth - 1)) / 3, (memory.length * nth) / 3)));
  const isFlat = duration < 600 || third(3) < third(2) * 1.1;
  return {
    measure: `derived, 50 segments, at ${rate.toLocaleString("en-GB")}/s`,
    value: rounded(sent),
    unit: "events/s",
    digested: rounded(digested),
    wanted: `accepted at that rate, listeners within 1 s at its end${duration < 600 ? "" : ", memory flat"}`,
    met: sent >= rate * 0.95 && drained < 1_000 && isFlat,
    seconds: duration,
    drainedWithinMs: rounded(drained),
    lagInteractions: { median: quantile(lags, 0.5), p99: quantile(lags, 0.99) },
    memoryMBByThirds: [third(1), third(2), third(3)],
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}

/** Fifty segments, kept from the first event on. */
async function makeSegments(server: StartedServer): Promise<void> {
  for (const segment of segmentsOfAShop()) {
    const { status, body } = await server.ask("POST", "/api/v1/segments", segment);
    if (status !== 201) throw new Error(`a segment was refused: ${JSON.stringify(body)}`);
  }
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(200)) {
    const { rows } = await pool().query<{ left: number }>("select count(*) as left from segments where state <> 'kept'");
    if (Number(rows[0]?.left) === 0) return;
  }
  throw new Error("the segments are not computed after five minutes");
}

async function startBare(connectionString: string): Promise<{ port: number; stop: () => void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "collect-bare.ts"), connectionString], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  const port = await new Promise<number>((resolve) => child.stdout.once("data", (line: Buffer) => resolve(Number(line.toString()))));
  return { port, stop: () => void child.kill() };
}

/** Resident memory of a process in MB. */
function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}
