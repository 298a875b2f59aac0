import { connect, type Socket } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { useFiles } from "../platform/files/index.ts";
import { useSecret } from "../platform/secret.ts";

/** A data folder of its own for this test file: files and the secret. It goes when the process ends. */
export function testDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "throughline-test-"));
  useFiles(join(folder, "files"));
  useSecret(folder);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A line to an SMTP server, spoken by hand, so that a test can also speak it badly. */
export interface SmtpLine {
  socket: Socket;
  /** Sends a line and waits for the answer; every line of it, joined by newlines. */
  say(line: string): Promise<string>;
  /** Waits for the next answer. */
  hear(): Promise<string>;
}

export async function smtpLine(port: number): Promise<SmtpLine> {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  const answers: string[] = [];
  let buffered = "";
  let waiting: (() => void) | null = null;
  let closed = false;
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    buffered += chunk;
    for (let end = endOfAnswer(buffered); end > 0; end = endOfAnswer(buffered)) {
      answers.push(buffered.slice(0, end).trim());
      buffered = buffered.slice(end);
    }
    waiting?.();
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    closed = true;
    waiting?.();
  });

  async function hear(): Promise<string> {
    while (answers.length === 0) {
      if (closed) return "(closed)";
      await new Promise<void>((resolve) => (waiting = resolve));
    }
    return answers.shift() ?? "";
  }

  async function say(line: string): Promise<string> {
    socket.write(`${line}\r\n`);
    return hear();
  }

  await hear();
  return { socket, say, hear };
}

/** Where the last line of an answer ends: a code followed by a blank (RFC 5321, 4.2). */
function endOfAnswer(text: string): number {
  const match = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(text);
  return match === null ? 0 : match[0].length;
}

/** Delivers a message as another mail server would; returns the answer to its end. */
export async function deliver(port: number, envelope: { from: string; to: readonly string[] }, raw: Buffer | string): Promise<string> {
  const line = await smtpLine(port);
  try {
    await line.say("EHLO mx.kunde.example");
    await line.say(`MAIL FROM:<${envelope.from}>`);
    for (const to of envelope.to) {
      const answer = await line.say(`RCPT TO:<${to}>`);
      if (!answer.startsWith("250")) return answer;
    }
    const go = await line.say("DATA");
    if (!go.startsWith("354")) return go;
    line.socket.write(stuffed(raw));
    return await line.say("\r\n.");
  } finally {
    line.socket.destroy();
  }
}

/** Dots at line starts are doubled, line ends are CRLF (RFC 5321, 4.5.2). */
function stuffed(raw: Buffer | string): Buffer {
  const text = (typeof raw === "string" ? Buffer.from(raw) : raw).toString("latin1");
  return Buffer.from(text.replace(/\r?\n/g, "\r\n").replace(/^\./gm, ".."), "latin1");
}

/** Waits until something holds, at most `within` milliseconds. */
export async function until(holds: () => Promise<boolean> | boolean, within = 10_000): Promise<void> {
  const end = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`This did not come true within ${within} ms: ${holds.toString()}`);
    await sleep(20);
  }
}
