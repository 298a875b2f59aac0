import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { chooseLaunch, identityOf, type Launch } from "./launch.ts";

export const superuser = "throughline";

export interface Cluster {
  /** The folder that Postgres calls its data directory. */
  path: string;
  password: string;
  launch: Launch;
}

/**
 * Opens the cluster in `home`, making it when there is none yet.
 * A making that is cut short leaves nothing that looks like a cluster.
 */
export async function openCluster(home: string, binaries: Binaries, sync: boolean): Promise<Cluster> {
  const path = join(home, "cluster");
  const password = await readPassword(home);
  if (!existsSync(join(path, "PG_VERSION"))) await makeCluster(home, path, password, binaries, sync);
  await refuseOtherVersion(path, binaries.major);
  return { path, password, launch: chooseLaunch(binaries.postgres, path) };
}

async function refuseOtherVersion(path: string, major: string): Promise<void> {
  const found = (await readFile(join(path, "PG_VERSION"), "utf8")).trim();
  if (found === major) return;
  throw new Error(
    `The data in ${path} were written by Postgres ${found}, and this Throughline brings Postgres ${major}. ` +
      `Start the Throughline that wrote them, copy the data out, and bring them in here; or set DATABASE_URL.`,
  );
}

async function readPassword(home: string): Promise<string> {
  const file = join(home, "password");
  if (existsSync(file)) return (await readFile(file, "utf8")).trim();
  if (existsSync(join(home, "cluster", "PG_VERSION"))) {
    throw new Error(`The password of the embedded Postgres is missing: ${file}. Bring the file back from a backup of the data folder.`);
  }
  const password = randomBytes(24).toString("base64url");
  await writeFile(`${file}.new`, password, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return password;
}

async function makeCluster(home: string, path: string, password: string, binaries: Binaries, sync: boolean): Promise<void> {
  await removeHalfMade(home);
  const making = join(home, `cluster.making-${randomBytes(4).toString("hex")}`);
  await mkdir(making, { mode: 0o700 });
  await chmod(making, 0o700);
  const launch = chooseLaunch(binaries.initdb, making);

  const passwordFile = `${making}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (launch.owner) await chown(passwordFile, launch.owner.uid, launch.owner.gid);
  await runInitdb(binaries.initdb, launch, [
    `--pgdata=${making}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(sync ? [] : ["--no-sync"]),
  ]);
  await rm(passwordFile);
  await rename(making, path);
}

/** An initdb whose starter was killed may still be writing: it fails when its folder goes, and a later start takes the rest. */
async function removeHalfMade(home: string): Promise<void> {
  const left = (await readdir(home)).filter((name) => name.startsWith("cluster.making-"));
  const remove = (name: string): Promise<void> => rm(join(home, name), { recursive: true, force: true, maxRetries: 5 });
  await Promise.all(left.map((name) => remove(name).catch(() => undefined)));
}

function runInitdb(program: string, launch: Launch, words: string[]): Promise<void> {
  const [file, all] = launch.wrap(program, words);
  return new Promise((resolve, reject) => {
    const child = spawn(file, all, { stdio: ["ignore", "pipe", "pipe"], env: bareEnvironment, cwd: "/", ...identityOf(launch) });
    let said = "";
    const listen = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-4_000));
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Postgres could not make its data folder. It said:\n${said.trim()}`));
    });
  });
}

/** Nothing of the caller's environment (PGDATA, PGPORT, locales) reaches Postgres. */
export const bareEnvironment: NodeJS.ProcessEnv = { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C" };
