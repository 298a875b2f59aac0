import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { chooseAddress, connectionString } from "./address.ts";
import { findBinaries } from "./binaries.ts";
import { type Cluster, openCluster } from "./cluster.ts";
import { exclusively, isUnshared, share } from "./lock.ts";
import { isPostmaster } from "./pid-file.ts";
import { adopt, askToStop, launchPostmaster, type Postmaster, stopPostmaster } from "./postmaster.ts";
import { settings } from "./settings.ts";
import { watch } from "./watch.ts";

export interface Options {
  /** The database to make and to connect to. */
  database?: string;
  /** Settings of Postgres that differ from ours, by name. */
  settings?: Record<string, string>;
  /** Hears that the server died, and what came of starting it again. */
  say?: (sentence: string) => void;
}

export interface EmbeddedPostgres {
  connectionString: string;
  /** Whether it already ran: left behind by a killed process, or shared with a living one. */
  adopted: boolean;
  /** Stops the server, unless another process uses it too. */
  stop(): Promise<void>;
  /** The same without waiting for its end, for a process that is about to exit. After `stop` it does nothing. */
  letGo(): void;
}

const lockPatience = 120_000;

/**
 * Brings up the embedded Postgres whose files are in `directory`, and keeps it up.
 * Makes the files at the first start. When a server already runs on them it is adopted, so starting twice is no error.
 * The server outlives a killed process: nothing acknowledged is lost, and the next start finds it.
 * Throws an Error whose sentence tells the operator what to do.
 */
export async function start(directory: string, options: Options = {}): Promise<EmbeddedPostgres> {
  // Others may pass through, for Postgres may run as another user; the files inside are closed to them.
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const home = realpathSync(directory);
  const users = await share(join(home, "users.lock"));
  try {
    const { cluster, postmaster } = await bringUp(home, options);
    let pid = postmaster.pid;
    const guard = watch(
      () => isPostmaster(pid, cluster.path),
      async () => void (pid = (await bringUp(home, options)).postmaster.pid),
      options.say ?? (() => undefined),
    );
    return {
      connectionString: connectionString(cluster, postmaster.address, databaseOf(options)),
      adopted: postmaster.adopted,
      async stop() {
        await guard.end();
        await underLock(home, async () => {
          users.release();
          if (isUnshared(join(home, "users.lock"))) await stopPostmaster(cluster.path);
        });
      },
      letGo() {
        users.release();
        if (isUnshared(join(home, "users.lock"))) askToStop(cluster.path);
      },
    };
  } catch (error) {
    users.release();
    throw error;
  }
}

function bringUp(home: string, options: Options): Promise<{ cluster: Cluster; postmaster: Postmaster }> {
  return underLock(home, async () => {
    const binaries = await findBinaries();
    const cluster = await openCluster(home, binaries, options.settings?.["fsync"] !== "off");
    const postmaster = (await adopt(cluster)) ?? (await launch(home, cluster, binaries.postgres, options));
    await ensureDatabase(connectionString(cluster, postmaster.address, "postgres"), databaseOf(options));
    return { cluster, postmaster };
  });
}

async function launch(home: string, cluster: Cluster, program: string, options: Options): Promise<Postmaster> {
  const address = await chooseAddress(cluster.path);
  return launchPostmaster(cluster, { program, log: join(home, "server.log"), address, settings: settings(options.settings ?? {}) });
}

async function ensureDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function underLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  return exclusively(join(home, "start.lock"), lockPatience, work);
}

function databaseOf(options: Options): string {
  return options.database ?? "throughline";
}
