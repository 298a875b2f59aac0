import { setTimeout as sleep } from "node:timers/promises";
import { sealNext } from "../server/features/interactions/index.ts";
import { onOwnConnection, pool } from "../server/platform/db/index.ts";
import { publicId } from "../server/platform/ids.ts";
import { startServer, type StartedServer } from "../server/testing/start-server.ts";
import { argument } from "./argument.ts";
import { type Measure, quantile, type Reading, rounded } from "./bench.ts";
import { fillLog, makeCustomers } from "./collect-place.ts";
import { customers } from "./events.ts";
import { untilDigested } from "./lag.ts";
import { makeSource, measure, type Target } from "./send-batches.ts";

/** `--full`: the log grows from 1 to 20 million. Without, from 200,000 to 2.2 million, to see that the measure runs. */
const isFull = process.argv.includes("--full");
const small = argument("from", isFull ? 1_000_000 : 200_000);
const large = argument("to", isFull ? 20_000_000 : 2_200_000);
const MOST_SECONDS = argument("most", isFull ? 900 : 20);
const SLICE_SECONDS = 10;
const requests = 500;
const limit = 25;

/** What becomes of speed as the log grows: accepting over a full checkpoint cycle, and pages of timelines, before and after sealing. */
export const growth: Measure = async ({ connectionString, workspaceId }) => {
  await makeCustomers(workspaceId);
  const server = await startServer({ database: { url: connectionString } });
  try {
    const target = await makeSource(server);
    await fillLog(workspaceId, small);
    const young = await overACheckpoint(target, "young");
    await fillLog(workspaceId, large);
    const grown = await overACheckpoint(target, "grown");
    await untilDigested();
    const open = await pages(server);
    const began = performance.now();
    let parts = 0;
    while (await isAnyOpen()) {
      if ((await sealNext()) === "sealed") parts += 1;
      else await sleep(500);
    }
    const sealing = (performance.now() - began) / 1000;
    const sealed = await pages(server);
    const health = await pages(server, () => "/api/v1/health");
    return [
      {
        measure: "collect, as the log grows",
        value: rounded(grown.rate),
        unit: "events/s",
        limit: rounded(young.rate),
        ratio: rounded(grown.rate / young.rate),
        wanted: "at least 0.7 of the rate with the small log",
        met: grown.rate / young.rate >= 0.7,
        from: young,
        to: grown,
      },
      timeline("timeline page, log sealed", sealed, health, true, { parts, secondsToSealAll: rounded(sealing) }),
      timeline("timeline page, log open", open, health, false, {}),
    ];
  } finally {
    await server.stop();
  }
};

function timeline(measure: string, times: number[], health: number[], isPromised: boolean, details: Record<string, unknown>): Reading {
  const value = quantile(times, 0.99);
  return {
    measure,
    value: rounded(value),
    unit: "ms (p99)",
    limit: rounded(quantile(health, 0.99)),
    wanted: isPromised ? "under 10 ms" : "reported",
    met: !isPromised || value < 10,
    median: rounded(quantile(times, 0.5)),
    requests,
    ...details,
  };
}

/** From the end of one checkpoint to the end of the next: the pages written after a checkpoint cost most. */
async function overACheckpoint(target: Target, run: string): Promise<{ log: number; rate: number; seconds: number }> {
  await onOwnConnection("bench", (ask) => ask("checkpoint"));
  const log = await newest();
  const before = await checkpoints();
  let [sent, seconds] = [0, 0];
  while ((await checkpoints()) === before && seconds < MOST_SECONDS) {
    sent += (await measure(target, `${run}-${seconds}`, SLICE_SECONDS)) * SLICE_SECONDS;
    seconds += SLICE_SECONDS;
  }
  return { log, rate: sent / seconds, seconds };
}

/** The server's own job may be at it too. */
async function isAnyOpen(): Promise<boolean> {
  const { rows } = await pool().query<{ open: boolean }>(
    "select last_value / 2000000 > (select count(*) from sealed_partitions) as open from interactions_position",
  );
  return rows[0]?.open ?? false;
}

async function checkpoints(): Promise<number> {
  const { rows } = await pool().query<{ done: number }>("select num_done as done from pg_stat_checkpointer");
  return Number(rows[0]?.done ?? 0);
}

async function newest(): Promise<number> {
  const { rows } = await pool().query<{ newest: number }>("select last_value as newest from interactions_position");
  return Number(rows[0]?.newest ?? 0);
}

/** Milliseconds of each request, one after the other, the first fifty not counted: the newest page of somebody, or the one after it. */
async function pages(server: StartedServer, path = newestPage): Promise<number[]> {
  const times: number[] = [];
  for (let [number, next] = [0, ""]; number < requests + 50; number += 1) {
    const asked = next === "" ? path() : next;
    const began = performance.now();
    const { status, body } = await server.ask("GET", asked);
    if (status !== 200) throw new Error(`${asked} answered ${status}`);
    if (number >= 50) times.push(performance.now() - began);
    const cursor: unknown = Object(body).nextCursor;
    next = next === "" && typeof cursor === "string" ? `${asked}&cursor=${encodeURIComponent(cursor)}` : "";
  }
  return times;
}

function newestPage(): string {
  return `/api/v1/customers/${publicId("cus", 1 + Math.floor(Math.random() * customers))}/timeline?limit=${limit}`;
}
