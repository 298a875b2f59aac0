import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "../server/platform/db/index.ts";
import { startServer } from "../server/testing/start-server.ts";
import { type Measure, quantile, rounded, type Reading } from "./bench.ts";
import { batch, customers } from "./events.ts";

/** Scale by arguments: `--full` (a log of 5 million), `--log=N`, `--seconds=N`, `--rate=N` events/s of the sustained part. */
const isFull = process.argv.includes("--full");
const logSize = argument("log", isFull ? 5_000_000 : 0);
const seconds = argument("seconds", isFull ? 60 : 8);
const rates = process.argv.some((each) => each.startsWith("--rate=")) ? [argument("rate", 10_000)] : [2_000, 10_000];
const lines = 16;
const rounds = 2;

interface Target {
  port: number;
  path: string;
  key: string;
}

/**
 * Accepted events a second over the tracking API in gzip batches of 100, against a bare server that inserts the same
 * rows, in turns; then whether listeners keep up at steady rates. All of it (load, server, database) on this machine.
 */
export const collect: Measure = async ({ connectionString, workspaceId }) => {
  await prepare(workspaceId);
  const server = await startServer({ database: { url: connectionString } });
  const bare = await startBare(connectionString);
  try {
    const made = await server.ask("POST", "/api/v1/sources", { name: "Bench" });
    const key = Object(made.body).writeKey;
    const ours: Target = { port: server.ports.web, path: "/v1/batch", key };
    const limit: Target = { port: bare.port, path: "/", key };
    await measure(ours, "warm", 2);
    await measure(limit, "warm-bare", 2);
    const before = memoryOf(server.pid);
    const took = { ours: 0, limit: 0 };
    for (let round = 0; round < rounds; round += 1) {
      took.ours += (await measure(ours, `ours-${round}`, seconds / rounds)) / rounds;
      await untilDigested();
      took.limit += (await measure(limit, `bare-${round}`, seconds / rounds)) / rounds;
    }
    const readings = [accepted(took, before, memoryOf(server.pid))];
    for (const rate of rates) readings.push(await sustain(ours, rate));
    return readings;
  } finally {
    bare.stop();
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
async function sustain(target: Target, rate: number): Promise<Reading> {
  const lags: number[] = [];
  const watching = new AbortController();
  const watch = (async () => {
    while (!watching.signal.aborted) {
      lags.push(await lag());
      await sleep(200);
    }
  })();
  const sent = await measure(target, `steady-${rate}`, Math.max(5, seconds / 2), rate);
  const began = performance.now();
  await untilDigested();
  const drained = performance.now() - began;
  watching.abort();
  await watch;
  return {
    measure: `collect, digested at ${rate.toLocaleString("en-GB")}/s`,
    value: rounded(sent),
    unit: "events/s",
    wanted: "accepted at that rate, and listeners within 1 s at its end",
    met: sent >= rate * 0.95 && drained < 1_000,
    drainedWithinMs: rounded(drained),
    lagInteractions: { median: quantile(lags, 0.5), p99: quantile(lags, 0.99) },
  };
}

/** Events a second that are answered with 200, over 16 connections; at most `rate` when one is given. */
async function measure(target: Target, run: string, duration: number, rate = Number.POSITIVE_INFINITY): Promise<number> {
  const name = `${run}-${Date.now()}`;
  const bodies = Array.from({ length: Math.ceil((Math.min(rate, 45_000) * duration) / 100) }, (_, number) => batch(name, number));
  const agent = new Agent({ keepAlive: true, maxSockets: lines });
  const began = performance.now();
  const end = began + duration * 1_000;
  let [next, taken] = [0, 0];
  await Promise.all(
    Array.from({ length: lines }, async () => {
      for (;;) {
        const number = next++;
        const body = bodies[number];
        const due = began + (number * 100_000) / rate;
        if (body === undefined || performance.now() >= end) return;
        if (due > performance.now()) await sleep(due - performance.now());
        const status = await post(target, body, agent);
        if (status === 200) taken += 100;
        else if (status !== 429) throw new Error(`${target.path} answered ${status}`);
      }
    }),
  );
  agent.destroy();
  return taken / ((performance.now() - began) / 1_000);
}

function post(target: Target, body: Buffer, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": body.length,
      authorization: `Basic ${Buffer.from(`${target.key}:`).toString("base64")}`,
    };
    const sent = request({ port: target.port, host: "localhost", path: target.path, method: "POST", agent, headers }, (answer) => {
      answer.resume().once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Customers with their user ids, a log to begin with, and the tables of the bare server with the same indexes. */
export async function prepare(workspaceId: number): Promise<void> {
  const db = pool();
  await db.query(
    `insert into customers (id, workspace_id, name, first_seen_at, last_seen_at, created_at) overriding system value
     select n, $1, 'Customer ' || n, now(), now(), now() from generate_series(1, $2::bigint) n`,
    [workspaceId, customers],
  );
  await db.query(`select setval(pg_get_serial_sequence('customers', 'id'), $1)`, [customers]);
  await db.query(
    `insert into identities (customer_id, workspace_id, kind, value, shown, source, verified, first_seen_at)
     select n, $1, 'user_id', 'user-' || n - 1, 'user-' || n - 1, 'bench', true, now() from generate_series(1, $2::bigint) n`,
    [workspaceId, customers],
  );
  await db.query(
    `create table bare_interactions (like interactions including defaults, primary key (customer_id, position)) partition by range (position)`,
  );
  await db.query(`create table bare_interactions_0 partition of bare_interactions for values from (minvalue) to (maxvalue)`);
  await db.query(`create index on bare_interactions (customer_id, occurred_at desc, position desc)`);
  await db.query(`create index on bare_interactions (position)`);
  await db.query(`create table bare_keys (like interaction_keys including indexes)`);
  for (let from = 0; from < logSize; from += 100_000) await fill(workspaceId, from);
  await db.query("vacuum analyze customers, identities");
  await db.query("checkpoint");
}

async function fill(workspaceId: number, from: number): Promise<void> {
  const rows = `select $1::bigint, 1 + (n * 7919) % ${customers}, 'event.tracked', now() - interval '1 year' + n * interval '5 s', now(), 'reactive', 'web', 'bench',
    jsonb_build_object('name', 'Product Viewed', 'properties', jsonb_build_object('product_id', n % 4000, 'price', 4.6, 'currency', 'GBP'), 'context', jsonb_build_object('locale', 'en-GB', 'userAgent', repeat('Mozilla ', 20)))
    from generate_series($2::bigint, $2::bigint + 99999) n`;
  const columns = "(workspace_id, customer_id, kind, occurred_at, received_at, initiative, channel, source, properties)";
  await pool().query(`select ensure_interactions_partition(last_value + 200000) from interactions_position`);
  await pool().query(`insert into interactions ${columns} ${rows}`, [workspaceId, from]);
  await pool().query(`insert into bare_interactions ${columns} ${rows}`, [workspaceId, from]);
}

async function startBare(connectionString: string): Promise<{ port: number; stop: () => void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "collect-bare.ts"), connectionString], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  const port = await new Promise<number>((resolve) => child.stdout.once("data", (line: Buffer) => resolve(Number(line.toString()))));
  return { port, stop: () => void child.kill() };
}

/** Interactions that no listener has seen yet, where listeners read everything that they wait for. */
async function lag(): Promise<number> {
  const { rows } = await pool().query<{ lag: number }>(
    "select (select last_value from interactions_position) - coalesce(min(position), 0) as lag from listener_cursors",
  );
  return Number(rows[0]?.lag ?? 0);
}

async function untilDigested(): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(20)) if ((await lag()) <= 0) return;
}

/** Resident memory of a process in MB. */
function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

function argument(name: string, usual: number): number {
  const given = process.argv.find((each) => each.startsWith(`--${name}=`))?.split("=")[1];
  return given === undefined ? usual : Number(given);
}
