import { Worker } from "node:worker_threads";
import { Problem } from "../../platform/errors.ts";

export type Evaluated = { outcome: "evaluated"; result: unknown } | { outcome: "failed"; reason: string };

const TIME_MS = 1_000;
const MEMORY_MB = 96;
const LARGEST_RESULT = 500 * 1024;
/** Of one mapping, and of all. */
const MOST_WAITING = 100;
const MOST_IN_ALL = 500;

const lines = new Map<string, (() => Promise<void>)[]>();
let waiting = 0;
let isWorking = false;
let worker: Worker | null = null;

/**
 * What a JSONata mapping makes of a body, in a thread of its own, within a second and bounded memory: a mapping may
 * loop for ever. Mappings take turns: one that takes all its time holds up no other for longer. What fails or takes
 * longer is answered with the reason.
 * @throws Problem 429 while too many wait their turn
 */
export function evaluate(mapping: string, body: unknown): Promise<Evaluated> {
  return inTurn({ mapping, body, isOnlyRead: false });
}

/** Whether a mapping is JSONata at all, without evaluating it. */
export function readMapping(mapping: string): Promise<Evaluated> {
  return inTurn({ mapping, body: null, isOnlyRead: true });
}

interface Work {
  mapping: string;
  body: unknown;
  isOnlyRead: boolean;
}

function inTurn(work: Work): Promise<Evaluated> {
  const line = lines.get(work.mapping) ?? [];
  if (line.length >= MOST_WAITING || waiting >= MOST_IN_ALL)
    throw new Problem(429, "too-many-events", "Too many webhooks wait to be read. Send it again in a moment.", { retryAfter: 2 });
  waiting += 1;
  lines.set(work.mapping, line);
  return new Promise((resolve, reject) => {
    line.push(() => evaluateNow(work).then(resolve, reject));
    if (!isWorking) void workAll();
  });
}

/** One of each mapping in turn; those that come meanwhile stand at the end. */
async function workAll(): Promise<void> {
  isWorking = true;
  for (const [mapping, line] of lines) {
    await line.shift()?.();
    waiting -= 1;
    lines.delete(mapping);
    if (line.length > 0) lines.set(mapping, line);
  }
  isWorking = false;
}

async function evaluateNow(work: Work): Promise<Evaluated> {
  const thread = await startedWorker();
  thread.ref();
  const answer = await answerOf(thread, work);
  thread.unref();
  return answer;
}

function answerOf(thread: Worker, work: Work): Promise<Evaluated> {
  return new Promise((resolve) => {
    const late = setTimeout(() => giveUp(`The mapping took longer than ${TIME_MS / 1000} s.`), TIME_MS);
    const answer = (message: unknown): void => settle(readAnswer(message));
    // A thread that dies has run out of memory, whatever it says.
    const die = (): void => giveUp("The mapping needs too much memory.");
    thread.once("message", answer).once("error", die).once("exit", die);
    thread.postMessage(work);

    function giveUp(reason: string): void {
      if (worker === thread) worker = null;
      void thread.terminate();
      settle({ outcome: "failed", reason });
    }
    function settle(evaluated: Evaluated): void {
      clearTimeout(late);
      thread.off("message", answer).off("error", die).off("exit", die);
      resolve(evaluated);
    }
  });
}

function readAnswer(message: unknown): Evaluated {
  if (typeof message === "object" && message !== null && "json" in message && typeof message.json === "string") {
    if (message.json.length > LARGEST_RESULT) return { outcome: "failed", reason: "The mapping makes more than 500 KB." };
    return { outcome: "evaluated", result: JSON.parse(message.json) };
  }
  const reason =
    typeof message === "object" && message !== null && "error" in message ? String(message.error) : "It failed without a word.";
  return { outcome: "failed", reason };
}

/** Starting takes longer than evaluating, so the limit begins only when the thread runs. */
async function startedWorker(): Promise<Worker> {
  if (worker !== null) return worker;
  const started = new Worker(new URL("./evaluate-worker.ts", import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, stackSizeMb: 4 },
  });
  started.on("error", () => undefined);
  started.on("exit", () => {
    if (worker === started) worker = null;
  });
  await new Promise<void>((resolve, reject) => {
    started.once("online", resolve).once("error", reject);
  });
  worker = started;
  return started;
}
