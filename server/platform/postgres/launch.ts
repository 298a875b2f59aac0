import { spawnSync } from "node:child_process";
import { chownSync, lstatSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { geteuid } from "node:process";

/** How a program is started so that Postgres, which refuses to run as root, agrees to run. */
export interface Launch {
  name: "direct" | "namespace" | "unprivileged" | "unprivileged with capability";
  /** Puts what is needed before the program's own words. */
  wrap(program: string, words: string[]): [string, string[]];
  uid?: number;
  gid?: number;
  /** Whether files that root makes for the program must be handed over to `owner` first. */
  owner?: Account;
}

interface Account {
  uid: number;
  gid: number;
}

/**
 * Chooses how to run `program` on the files in `directory`: the first way that works in a trial.
 * The machine is left as it is: no user is added. Throws a sentence when no way works.
 */
export function chooseLaunch(program: string, directory: string): Launch {
  for (const launch of candidates(statSync(directory))) {
    if (launch.owner) handOver(directory, launch.owner);
    if (works(launch, program, directory)) return launch;
  }
  throw new Error(
    geteuid?.() === 0
      ? `Postgres refuses to run as root, and this machine allows neither a user namespace nor a change of user for ${directory}. ` +
          `Start Throughline as an ordinary user who owns that folder, or set DATABASE_URL to a Postgres of yours.`
      : `Postgres cannot run on ${directory} as this user. Make the user own that folder (chown -R), or set DATABASE_URL to a Postgres of yours.`,
  );
}

/** Gives `path`, and all that is in it, to `account`. */
export function handOver(path: string, account: Account): void {
  const { uid, gid } = lstatSync(path);
  if (uid !== account.uid || gid !== account.gid) chownSync(path, account.uid, account.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) handOver(join(path, name), account);
}

function* candidates(owner: Account): Generator<Launch> {
  if (geteuid?.() !== 0) {
    yield { name: "direct", wrap: (program, words) => [program, words] };
    yield* inNamespace();
  } else if (owner.uid === 0) {
    yield* inNamespace();
    yield* asUnprivileged(nobody());
  } else {
    yield* asUnprivileged(owner);
  }
}

/** Inside the namespace the process has nobody's number; outside it still owns what its user owns. */
function* inNamespace(): Generator<Launch> {
  const { uid, gid } = nobody();
  const words = ["--user", `--map-user=${uid}`, `--map-group=${gid}`, "--"];
  yield { name: "namespace", wrap: (program, more) => ["unshare", [...words, program, ...more]] };
}

/** The capability is needed below folders that only root may enter, such as /root. */
function* asUnprivileged(account: Account): Generator<Launch> {
  yield { name: "unprivileged", wrap: (program, words) => [program, words], ...account, owner: account };
  const words = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--",
  ];
  yield { name: "unprivileged with capability", wrap: (program, more) => ["setpriv", [...words, program, ...more]], owner: account };
}

/** A trial of all that Postgres needs: a name for its user, its program, and write access to its folder. */
function works(launch: Launch, program: string, directory: string): boolean {
  const script = 'id -un >/dev/null 2>&1 && [ "$(id -u)" != 0 ] && test -x "$0" && cd "$1" && test -O . && test -w .';
  const [file, words] = launch.wrap("/bin/sh", ["-c", script, program, directory]);
  const trial = spawnSync(file, words, { stdio: "ignore", cwd: dirname(program), timeout: 10_000, ...identityOf(launch) });
  return trial.status === 0;
}

/** The part of a launch that `spawn` takes among its options. */
export function identityOf(launch: Launch): { uid?: number; gid?: number } {
  return launch.uid === undefined || launch.gid === undefined ? {} : { uid: launch.uid, gid: launch.gid };
}

function nobody(): Account {
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function idOf(kind: "-u" | "-g"): number {
  const found = spawnSync("id", [kind, "nobody"], { encoding: "utf8" });
  // macOS writes -2 as 4294967294; the system call takes it as a signed number.
  return found.status === 0 ? Number(found.stdout.trim()) | 0 : 65_534;
}
