import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { type Cluster, superuser } from "./cluster.ts";
import { readPidFile } from "./pid-file.ts";

/** Where the server of a cluster listens. */
export type Address = { kind: "socket"; port: number } | { kind: "loopback"; port: number };

const longestSocketPath = 100;

/** A socket inside the data directory; a loopback port when the path is longer than systems take (104 bytes on macOS). */
export async function chooseAddress(cluster: string): Promise<Address> {
  const socket = join(cluster, ".s.PGSQL.5432");
  if (Buffer.byteLength(socket) <= longestSocketPath) return { kind: "socket", port: 5432 };
  return { kind: "loopback", port: await samePort(join(dirname(cluster), "port")) };
}

/** The port of last time while it is free, so that those who are connected find the server again after a restart. */
async function samePort(file: string): Promise<number> {
  const last = existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : 0;
  const port = await freePort(last).catch(() => freePort(0));
  writeFileSync(file, String(port));
  return port;
}

/** Where the server that wrote the pid file listens; undefined while it has not said so. */
export function addressOfRunning(cluster: string): Address | undefined {
  const file = readPidFile(cluster);
  if (!file || file.port === 0) return undefined;
  return { kind: file.listensOn === "" ? "socket" : "loopback", port: file.port };
}

export function connectionString(cluster: Cluster, address: Address, database: string): string {
  const user = `${superuser}:${cluster.password}`;
  return address.kind === "socket"
    ? `postgres://${user}@/${database}?host=${encodeURIComponent(cluster.path)}&port=${address.port}`
    : `postgres://${user}@127.0.0.1:${address.port}/${database}`;
}

/** The words that make Postgres listen there and nowhere else. */
export function addressSettings(cluster: string, address: Address): Record<string, string> {
  if (address.kind === "loopback") {
    return { listen_addresses: "127.0.0.1", port: String(address.port), unix_socket_directories: "" };
  }
  return {
    listen_addresses: "",
    port: String(address.port),
    unix_socket_directories: `"${cluster.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
  };
}

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
