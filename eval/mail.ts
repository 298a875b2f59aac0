import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { plugRooms } from "../server/app/plugs.ts";
import { assembleRooms } from "../server/app/rooms.ts";
import { readConfig } from "../server/config.ts";
import { createWorkspace, systemActor, type Actor } from "../server/features/access/index.ts";
import { addAddress, ledgerOf, startSmtp, stopReading, useResolver, type LedgerEntry } from "../server/features/channels/email/index.ts";
import { reading } from "../server/platform/db/index.ts";
import { startJobs } from "../server/platform/jobs/index.ts";
import { testDatabase } from "../server/testing/database.ts";
import { deliver, testDataFolder, until } from "../server/testing/mail.ts";
import { mailFiles } from "./mail-files.ts";

export interface MailMeasure {
  files: number;
  messages: number;
  setAside: { file: string; reason: string }[];
  crashed: number;
  lost: number;
  outcomes: Record<string, number>;
  refused?: { file: string; answer: string }[];
}

/**
 * Sends each mail of a folder through the whole way, in a database of its own: socket, ledger, job, conversation.
 * `messages` counts what was read, whatever it was (`outcomes` says); `lost` what was not taken or never decided; `crashed`
 * errors that nobody caught. Each file has a recipient of its own (`help+<n>@…`), by which its entry is found.
 */
export async function measureMail(dir: string): Promise<MailMeasure> {
  let crashed = 0;
  process.on("uncaughtException", () => crashed++);
  process.on("unhandledRejection", () => crashed++);
  const house = await open();
  const files = await mailFiles(dir);
  const refused: { file: string; answer: string }[] = [];
  for (const [index, file] of files.entries()) {
    const answer = await deliver(
      house.port,
      { from: "eval@sender.example", to: [`help+${index}@eval.example`] },
      await readFile(join(dir, file)),
    );
    if (!answer.startsWith("250")) refused.push({ file, answer });
  }
  await until(async () => (await house.entries()).every((entry) => entry.outcome !== "pending"), 10 * 60_000).catch(() => undefined);
  const entries = await house.entries();
  await house.close();
  return { ...summary(files, entries), crashed, ...(refused.length > 0 ? { refused } : {}) };
}

function summary(files: string[], entries: LedgerEntry[]): Omit<MailMeasure, "crashed"> {
  const fileOf = (entry: LedgerEntry): string => files[Number(/\+(\d+)@/.exec(entry.envelopeTo[0] ?? "")?.[1])] ?? "?";
  const outcomes: Record<string, number> = {};
  for (const { outcome } of entries) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const setAside = entries
    .filter((each) => each.outcome === "set-aside")
    .map((each) => ({ file: fileOf(each), reason: each.reason ?? "" }));
  const decided = new Set(entries.filter((each) => each.outcome !== "pending").map(fileOf));
  return { files: files.length, messages: decided.size - setAside.length, setAside, lost: files.length - decided.size, outcomes };
}

async function open(): Promise<{ port: number; entries(): Promise<LedgerEntry[]>; close(): Promise<void> }> {
  await testDatabase();
  testDataFolder();
  const config = readConfig({ THROUGHLINE_SAMPLE: "off" });
  plugRooms(config);
  assembleRooms({ publicUrl: config.publicUrl });
  useResolver(null);
  const actor: Actor = systemActor((await createWorkspace({ name: "Eval", sample: false })).id);
  await addAddress(actor, { address: "help@eval.example" });
  const jobs = await startJobs(4);
  const smtp = await startSmtp({ port: 0, host: "127.0.0.1" });
  return {
    port: smtp.port,
    entries: () => ledgerOf(reading(actor)),
    async close() {
      await smtp.stop();
      await jobs.stop();
      await stopReading();
    },
  };
}
