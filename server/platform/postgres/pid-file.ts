import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kill, platform } from "node:process";

/** What a running Postgres writes of itself into its data directory (postmaster.pid). */
export interface PidFile {
  pid: number;
  port: number;
  /** Empty when it listens on its socket only. */
  listensOn: string;
  /** "starting", "ready", "stopping" or "standby"; empty in its first moments. */
  status: string;
}

/** Reads postmaster.pid of `cluster`; undefined when there is none. */
export function readPidFile(cluster: string): PidFile | undefined {
  try {
    const lines = readFileSync(fileIn(cluster), "utf8").split("\n");
    return {
      pid: Math.abs(Number.parseInt(lines[0] ?? "", 10)) || 0,
      port: Number.parseInt(lines[3] ?? "", 10) || 0,
      listensOn: (lines[5] ?? "").trim(),
      status: (lines[7] ?? "").trim(),
    };
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    return pid > 0 && kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether `pid` is a Postgres on this very cluster. After a restart of the machine another process may have its number. */
export function isPostmaster(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  const line = commandLine(pid);
  return line.includes("postgres") && line.includes(cluster);
}

/**
 * Makes a pid file that names a stranger harmless: the number becomes one that no process has, the rest stays,
 * since Postgres finds from it whether old workers still hold the shared memory.
 */
export function disownStranger(cluster: string): void {
  const [, ...rest] = readFileSync(fileIn(cluster), "utf8").split("\n");
  writeFileSync(fileIn(cluster), ["2147483646", ...rest].join("\n"));
}

function commandLine(pid: number): string {
  try {
    if (platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

function fileIn(cluster: string): string {
  return join(cluster, "postmaster.pid");
}
