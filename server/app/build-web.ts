import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { log } from "../platform/log.ts";

const home = join(import.meta.dirname, "../..");
const web = join(home, "web");
const widget = join(home, "widget");
const dist = join(web, "dist");
const KEPT_MS = 24 * 3_600_000;

/**
 * The folder of the built interface and of the snippet for other pages, named by what it was built from, so that a running server keeps its own while the
 * next is built. Builds it, in a process of its own, when it is not there. When it cannot be built, the API goes on
 * alone and the operator is told why; null then.
 */
export async function buildWeb(): Promise<string | null> {
  try {
    const folder = join(dist, (await digestOfSources()).slice(0, 16));
    if (!existsSync(folder)) await build(folder);
    return folder;
  } catch (error) {
    log.error("the web interface could not be built; only the API is served", {
      reason: error instanceof Error ? error.message : String(error),
    });
    return null;
  }
}

/** Two processes may build at once: whoever is first gives the folder its name. */
async function build(folder: string): Promise<void> {
  const building = join(dist, `building-${process.pid}`);
  const vite = [join(home, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "error", "--outDir", building];
  await promisify(execFile)(process.execPath, [...vite, "--emptyOutDir"], { cwd: home });
  await promisify(execFile)(process.execPath, [...vite, "--config", join(widget, "vite.config.ts"), "--no-emptyOutDir"], { cwd: home });
  await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }));
  await removeOld(folder);
}

async function removeOld(current: string): Promise<void> {
  for (const name of await readdir(dist)) {
    const path = join(dist, name);
    const { mtimeMs } = await stat(path);
    if (path !== current && Date.now() - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}

async function digestOfSources(): Promise<string> {
  const hash = createHash("sha256");
  const sources = [...(await sourcesIn(web)), ...(await sourcesIn(join(home, "sdk"))), ...(await sourcesIn(widget))].filter(
    (path) => !path.endsWith(".test.ts"),
  );
  for (const path of [...sources.sort(), join(home, "vite.config.ts"), join(home, "package-lock.json")]) {
    hash.update(path.slice(home.length)).update(await readFile(path));
  }
  return hash.digest("hex");
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map((each) => {
    const path = join(folder, each.name);
    if (path === dist) return [];
    return each.isDirectory() ? sourcesIn(path) : [path];
  });
  return (await Promise.all(nested)).flat();
}
