import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { embeddedFolder } from "../open-database.ts";
import { stopPostmaster } from "../platform/postgres/postmaster.ts";
import { freshDatabase } from "./database.ts";
import { roomyFolder } from "./server.ts";

export interface StartOptions {
  /** "fresh": a database of its own on the tests' server. "embedded": the server brings up its own Postgres. */
  database?: "fresh" | "embedded" | { url: string };
  /** Default: a new one that goes with the test. Give one to start again on the same data. */
  dataFolder?: string;
  ports?: { web: number; smtp: number };
  /** Further settings, as in docs/operating.md. */
  env?: Record<string, string>;
}

export interface StartedServer {
  url: string;
  ports: { web: number; smtp: number };
  dataFolder: string;
  adminKey: string;
  pid: number;
  /** Everything it has printed. */
  output(): string;
  /** Asks the API as an administrator; answers the status and the body, parsed. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Ends it as an operator does, and waits. Answers its exit code. */
  stop(): Promise<number | null>;
  /** kill -9. What it started lives on. */
  kill(): Promise<void>;
}

export const testAdminKey = "an-administrators-key-for-the-tests-only";

/** Longer than the server itself allows its parts. */
const MOST_MS_TO_STOP = 60_000;

/** Starts the real server as a process of its own, as `npm start` does, and returns when it answers. Stop it in an `after` hook. */
export async function startServer(options: StartOptions = {}): Promise<StartedServer> {
  const { child, ports, dataFolder } = await spawnServer(options);
  const output = listenTo(child);
  const ended = once(child, "exit");
  const url = `http://localhost:${ports.web}`;
  await untilItAnswers(`${url}/api/v1/health`, child, output);
  return {
    url,
    ports,
    dataFolder,
    adminKey: testAdminKey,
    pid: child.pid ?? 0,
    output,
    ask: (method, path, body) => ask(`${url}${path}`, method, body),
    async stop() {
      child.kill("SIGTERM");
      const isEnded = await Promise.race([ended.then(() => true), sleep(MOST_MS_TO_STOP, false, { ref: false })]);
      if (!isEnded) child.kill("SIGKILL");
      await ended;
      assert.ok(isEnded, `The server did not end when it was asked to:\n${output()}`);
      return child.exitCode;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Starts the server and kills it (kill -9) after some milliseconds, wherever it has got to by then. */
export async function startAndKill(options: StartOptions, milliseconds: number): Promise<void> {
  const { child } = await spawnServer(options);
  const ended = once(child, "exit");
  await sleep(milliseconds);
  child.kill("SIGKILL");
  await ended;
}

async function spawnServer(
  options: StartOptions,
): Promise<{ child: ChildProcess; ports: { web: number; smtp: number }; dataFolder: string }> {
  const dataFolder = options.dataFolder ?? temporaryFolder();
  const ports = options.ports ?? { web: await freePort(), smtp: await freePort() };
  const child = spawn(process.execPath, ["--max-semi-space-size=64", join(import.meta.dirname, "../cli/main.ts"), "serve"], {
    env: { ...bareEnvironment(), ...(await databaseSettings(options.database ?? "fresh")), ...settings(dataFolder, ports), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  return { child, ports, dataFolder };
}

/** A folder that is removed when this process ends; an embedded Postgres left in it is stopped first by `stopEmbedded`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(roomyFolder(), "throughline-server-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Stops the Postgres that a killed server has left behind in its data folder. */
export async function stopEmbedded(dataFolder: string): Promise<void> {
  await stopPostmaster(join(embeddedFolder(dataFolder), "cluster"));
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function databaseSettings(database: NonNullable<StartOptions["database"]>): Promise<Record<string, string>> {
  if (database === "embedded") return {};
  return { DATABASE_URL: database === "fresh" ? (await freshDatabase()).connectionString : database.url };
}

function settings(dataFolder: string, ports: { web: number; smtp: number }): Record<string, string> {
  return {
    PORT: String(ports.web),
    THROUGHLINE_SMTP_PORT: String(ports.smtp),
    THROUGHLINE_DATA: dataFolder,
    THROUGHLINE_ADMIN_KEY: testAdminKey,
    THROUGHLINE_SAMPLE: "off",
  };
}

function bareEnvironment(): Record<string, string> {
  const compiled = process.env["NODE_COMPILE_CACHE"];
  return { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "/", ...(compiled ? { NODE_COMPILE_CACHE: compiled } : {}) };
}

function listenTo(child: ChildProcess): () => string {
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-200_000)));
  return () => said;
}

async function untilItAnswers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (const end = Date.now() + 90_000; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
  }
  throw new Error(`The server did not answer within 90 s:\n${output()}`);
}

async function ask(url: string, method: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${testAdminKey}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}
