import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, parseCronItems, run, type Runner, type TaskList, type WorkerEvents } from "graphile-worker";
import { sql } from "kysely";
import { pool, type Tx } from "../db/index.ts";
import { log } from "../log.ts";
import { watchOverWorkers } from "./dead-workers.ts";
import { PatientPool } from "./patient-pool.ts";

/**
 * Work that is done later, at least once, by any worker process. A job is written in the transaction that asks for
 * it, so it happens if and only if that transaction commits. Handlers must bear being run twice.
 */
export interface JobContext {
  attempt: number;
  isLastAttempt: boolean;
}

export interface JobOptions {
  runAt?: Date;
  /** A job with the same key that has not started yet is replaced. */
  key?: string;
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. */
  queue?: string;
}

type Handler = (payload: unknown, context: JobContext) => Promise<void>;

const handlers = new Map<string, Handler>();
const schedules = new Map<string, string>();

/** Names what does a kind of job. `read` checks the stored payload; a payload that does not fit fails the job. */
export function defineJob<P>(
  name: string,
  read: (payload: unknown) => P,
  handle: (payload: P, context: JobContext) => Promise<void>,
): void {
  handlers.set(name, (payload, context) => handle(read(payload), context));
}

/** A job that comes round by the clock, in crontab form (UTC). */
export function defineRecurring(name: string, crontab: string, handle: () => Promise<void>): void {
  handlers.set(name, handle);
  schedules.set(name, crontab);
}

export async function enqueue(tx: Pick<Tx, "db">, name: string, payload: object, options: JobOptions = {}): Promise<void> {
  await sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json,
    queue_name => ${options.queue ?? null}, run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => ${options.maxAttempts ?? 25}, job_key => ${options.key ?? null})`.execute(tx.db);
}

/** A job that does not come to its end by then is given back by whoever runs next. */
const MOST_MS_TO_STOP = 10_000;

export interface Jobs {
  stop(): Promise<void>;
}

/** Does one stored job. @throws Error when nobody has said what such a job does */
export async function perform(name: string, payload: unknown, context: JobContext): Promise<void> {
  const handle = handlers.get(name);
  if (!handle) throw new Error(`There is no job "${name}".`);
  await handle(payload, context);
}

/** Starts working through the jobs, `concurrency` at a time, until stopped. Sits out outages of the database. */
export async function startJobs(concurrency: number): Promise<Jobs> {
  // The queue's own bookkeeping need not reach the disk at once: what a crash forgets is only done again.
  const options = "-c synchronous_commit=off";
  const patient = new PatientPool({
    connectionString: pool().options.connectionString,
    max: concurrency + 2,
    application_name: "throughline jobs",
    options,
  });
  patient.on("error", () => undefined);
  patient.on("connect", (client) => client.on("error", () => undefined));
  const stopping = new AbortController();
  const first = await runOnce(patient, concurrency, stopping.signal);
  const running = keepRunning(first, () => runOnce(patient, concurrency, stopping.signal), stopping.signal);
  return {
    async stop() {
      const away = patient.untilAway();
      stopping.abort();
      await Promise.race([running.then(() => patient.end()), away, sleep(MOST_MS_TO_STOP, undefined, { ref: false })]);
    },
  };
}

async function runOnce(patient: PatientPool, concurrency: number, stopping: AbortSignal): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  const ended = new AbortController();
  const isAt = new Set<string>();
  events.on("job:start", ({ job }) => isAt.add(job.id));
  events.on("job:complete", ({ job }) => isAt.delete(job.id));
  const over = AbortSignal.any([stopping, ended.signal]);
  events.on("pool:create", ({ workerPool }) => void watchOverWorkers(patient.options, { id: workerPool.id, isAt }, over));
  const runner = await run({
    pgPool: patient,
    concurrency,
    events,
    // Done jobs are crossed out one by one: together (completeJobBatchDelay) graphile-worker 0.17 does not repeat what failed,
    // and may then never stop nor go on.
    noHandleSignals: true,
    pollInterval: 1000,
    taskList: taskList(),
    parsedCronItems: parseCronItems(
      [...schedules].map(([task, match]) => ({ task, match, identifier: task, options: { maxAttempts: 3 } })),
    ),
    logger: quietLogger,
  });
  runner.promise.catch((error: unknown) => log.error("the job queue stopped", { error })).finally(() => ended.abort());
  return runner;
}

/** Starts the queue again when it has stopped without being asked to. */
async function keepRunning(first: Runner, again: () => Promise<Runner>, stopping: AbortSignal): Promise<void> {
  for (let runner = first; ;) {
    const stop = (): void => void runner.stop().catch(() => undefined);
    stopping.addEventListener("abort", stop);
    await runner.promise.catch(() => undefined);
    stopping.removeEventListener("abort", stop);
    if (stopping.aborted) return;
    await sleep(1000);
    runner = await again();
  }
}

function taskList(): TaskList {
  return Object.fromEntries(
    [...handlers].map(
      ([name, handle]) =>
        [
          name,
          async (payload: unknown, { job }): Promise<void> => {
            await handle(payload, { attempt: job.attempts, isLastAttempt: job.attempts >= job.max_attempts });
          },
        ] satisfies [string, TaskList[string]],
    ),
  );
}

const quietLogger = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") log.warn("jobs", { message });
});
