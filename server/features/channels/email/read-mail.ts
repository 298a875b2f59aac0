import { Worker } from "node:worker_threads";
import type { MailClassification } from "./classify-mail.ts";
import { MAIL_LIMITS, type ParsedMail } from "./parse-mail.ts";

/** A mail with everything that is known from its bytes alone. */
export interface ReadMail extends Omit<ParsedMail, "html"> {
  html: null;
  classification: MailClassification;
  /** What the customer wrote now, and all that the mail says. */
  visible: string;
  whole: string;
  /** Sanitised; images of the mail itself have `attachment/<content id>` as their address. */
  safeHtml: string | null;
}

export type ReadOutcome = { outcome: "read"; mail: ReadMail } | { outcome: "set-aside"; reason: string };

const MEMORY_MB = 768;

let queue: Promise<unknown> = Promise.resolve();
let worker: Worker | null = null;

/**
 * Parses, classifies, separates and sanitises a mail in a thread of its own, within 5 s and bounded memory.
 * What fails or takes longer is set aside with the reason; the process goes on. Never throws.
 */
export function readMail(raw: Buffer, limits: { time: number } = MAIL_LIMITS): Promise<ReadOutcome> {
  const reading = queue.then(() => readNow(raw, limits.time));
  queue = reading;
  return reading;
}

/** Ends the thread; the next mail starts another. */
export async function stopReading(): Promise<void> {
  await worker?.terminate();
  worker = null;
}

async function readNow(raw: Buffer, time: number): Promise<ReadOutcome> {
  if (raw.length > MAIL_LIMITS.size) return { outcome: "set-aside", reason: "It is larger than 25 MB." };
  const reader = await startedWorker();
  reader.ref();
  const outcome = await answerOf(reader, raw, time);
  reader.unref();
  return outcome;
}

function answerOf(reader: Worker, raw: Buffer, time: number): Promise<ReadOutcome> {
  return new Promise((resolve) => {
    const late = setTimeout(() => giveUp(`It could not be read within ${time / 1000} s.`), time);
    const answer = (outcome: ReadOutcome): void => settle(restoreBuffers(outcome));
    const fail = (error: Error): void => giveUp(`It could not be read: ${error.message}`);
    const exit = (): void => giveUp("It could not be read: the reader stopped.");
    reader.once("message", answer).once("error", fail).once("exit", exit);
    reader.postMessage(new Uint8Array(raw));

    function giveUp(reason: string): void {
      worker = null;
      void reader.terminate();
      settle({ outcome: "set-aside", reason });
    }
    function settle(outcome: ReadOutcome): void {
      clearTimeout(late);
      reader.off("message", answer).off("error", fail).off("exit", exit);
      resolve(outcome);
    }
  });
}

/** Starting takes longer than reading, so the limit begins only when the thread runs. */
async function startedWorker(): Promise<Worker> {
  if (worker !== null) return worker;
  const started = new Worker(new URL("./read-mail-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
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

/** Bytes come back from another thread as plain arrays. */
function restoreBuffers(outcome: ReadOutcome): ReadOutcome {
  if (outcome.outcome === "set-aside") return outcome;
  const attachments = outcome.mail.attachments.map((each) => ({ ...each, bytes: Buffer.from(each.bytes) }));
  return { outcome: "read", mail: { ...outcome.mail, attachments } };
}
