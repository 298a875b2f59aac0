import { spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readFileSync, renameSync } from "node:fs";
import { kill } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Address, addressOfRunning, addressSettings, connectionString } from "./address.ts";
import { bareEnvironment, type Cluster } from "./cluster.ts";
import { identityOf } from "./launch.ts";
import { disownStranger, isPostmaster, readPidFile } from "./pid-file.ts";

/** A server that answers. */
export interface Postmaster {
  pid: number;
  address: Address;
  /** True when it ran before we came, left over from a process that was killed or shared with one that lives. */
  adopted: boolean;
}

export interface How {
  program: string;
  log: string;
  address: Address;
  settings: Record<string, string>;
}

const patience = 60_000;

/**
 * The server that already runs on the cluster, when there is one and it answers.
 * One that hangs is stopped; a pid file that names some other process is made harmless.
 */
export async function adopt(cluster: Cluster): Promise<Postmaster | undefined> {
  const file = readPidFile(cluster.path);
  if (!file) return undefined;
  if (!isPostmaster(file.pid, cluster.path)) {
    if (await answers(cluster))
      throw new Error(`A Postgres that this machine does not see as a process serves ${cluster.path}. Stop the other container first.`);
    disownStranger(cluster.path);
    return undefined;
  }
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) {
    if (!isPostmaster(file.pid, cluster.path)) return undefined;
    const address = addressOfRunning(cluster.path);
    if (address && (await answers(cluster))) return { pid: file.pid, address, adopted: true };
  }
  await stopPostmaster(cluster.path);
  return undefined;
}

/** Starts the server, detached, and returns when it answers. Throws with the last words of its log when it does not. */
export async function launchPostmaster(cluster: Cluster, how: How): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const started = await tryLaunch(cluster, how);
    if (typeof started !== "string") return started;
    // Workers of a postmaster that was killed need a moment to notice and let go of the shared memory.
    const mayPass = /pre-existing shared memory|lock file .* already exists|could not bind/.test(started);
    if (!mayPass || attempt === 30) throw new Error(`The embedded Postgres did not start. Its log (${how.log}) ends:\n${started}`);
    await sleep(500);
  }
}

/** Stops the server (SIGINT: clients are cut off, all is written); after a minute at once (SIGQUIT: the next start recovers). */
export async function stopPostmaster(cluster: string): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    const pid = readPidFile(cluster)?.pid ?? 0;
    if (!isPostmaster(pid, cluster)) return;
    kill(pid, signal);
    for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) {
      if (!isPostmaster(pid, cluster)) return;
    }
  }
}

/** Asks the server to stop and does not wait. */
export function askToStop(cluster: string): void {
  const pid = readPidFile(cluster)?.pid ?? 0;
  if (isPostmaster(pid, cluster)) kill(pid, "SIGINT");
}

async function tryLaunch(cluster: Cluster, { program, log, address, settings }: How): Promise<Postmaster | string> {
  const all = { ...settings, ...addressSettings(cluster.path, address) };
  const words = ["-D", cluster.path, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const [file, line] = cluster.launch.wrap(program, words);
  const output = openLog(log);
  const before = fstatSync(output).size;
  const child = spawn(file, line, {
    detached: true,
    stdio: ["ignore", output, output],
    env: bareEnvironment,
    cwd: "/",
    ...identityOf(cluster.launch),
  });
  closeSync(output);
  child.unref();
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));

  // Recovery after a crash may take minutes, and must not be cut short: as long as the process lives, wait.
  while (!ended) {
    const pid = readPidFile(cluster.path);
    if (pid?.status === "ready" && pid.pid === child.pid && (await answers(cluster))) {
      return { pid: child.pid, address, adopted: false };
    }
    await sleep(20);
  }
  return readFileSync(log).subarray(before).toString("utf8").slice(-2_000).trim() || `It ended without a word (${file}).`;
}

async function answers(cluster: Cluster): Promise<boolean> {
  const address = addressOfRunning(cluster.path);
  if (!address) return false;
  const client = new pg.Client({ connectionString: connectionString(cluster, address, "postgres"), connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch (error) {
    if (isWrongPassword(error)) {
      throw new Error(
        `The password file beside ${cluster.path} is not that of the Postgres there. Bring the file back from a backup of the data folder.`,
        { cause: error },
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "28P01";
}

/** The log is kept for one generation, so that it cannot fill the disk. */
function openLog(path: string): number {
  const log = openSync(path, "a", 0o600);
  if (fstatSync(log).size < 10 * 1024 * 1024) return log;
  closeSync(log);
  renameSync(path, `${path}.old`);
  return openSync(path, "a", 0o600);
}
