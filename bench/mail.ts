import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { sql } from "kysely";
import { anywhere } from "../server/platform/db/index.ts";
import { until } from "../server/testing/mail.ts";
import { startServer } from "../server/testing/start-server.ts";
import { type Measure, rounded } from "./bench.ts";
import { letter, MailLine } from "./mail-line.ts";

const count = 1_500;
const lines = 6;
const address = "help@bench.example";

/**
 * Messages from socket to conversation: sent over six SMTP connections, until the last is a conversation. The limit is
 * how many files of that size the disk takes, each synced, since no message is acknowledged before it is on the disk.
 */
export const mail: Measure = async ({ connectionString }) => {
  const server = await startServer({ database: { url: connectionString } });
  try {
    await server.ask("POST", "/api/v1/mail/addresses", { address });
    await send(server.ports.smtp, 50);
    await until(async () => (await conversations()) === 50, 30_000);
    const began = performance.now();
    await send(server.ports.smtp, count);
    const received = (performance.now() - began) / 1000;
    await until(async () => (await conversations()) === 50 + count, 120_000);
    const value = count / ((performance.now() - began) / 1000);
    return [
      {
        measure: "mail, socket to conversation",
        value: rounded(value),
        unit: "messages/s",
        limit: rounded(syncedFiles()),
        wanted: "at least 100 messages/s",
        met: value >= 100,
        messages: count,
        received: rounded(count / received),
      },
    ];
  } finally {
    await server.stop();
  }
};

async function send(port: number, total: number): Promise<void> {
  let left = total;
  await Promise.all(
    Array.from({ length: lines }, async () => {
      const line = await MailLine.open(port);
      while (left > 0) {
        const number = left--;
        const from = `ann${number}.${total}@bench.example`;
        await line.send(from, address, letter(from, address, `Question ${number}`));
      }
      line.close();
    }),
  );
}

async function conversations(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from conversations`.execute(anywhere().db);
  return rows[0]?.count ?? 0;
}

/** Small files that one writer syncs within a second. */
function syncedFiles(): number {
  const folder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
  const began = performance.now();
  let files = 0;
  for (; performance.now() - began < 1_000; files += 1) writeFileSync(join(folder, String(files)), Buffer.alloc(600), { flush: true });
  rmSync(folder, { recursive: true });
  return files / ((performance.now() - began) / 1000);
}
