import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { log } from "../platform/log.ts";

const home = join(import.meta.dirname, "../..");
const dist = join(home, "web/dist");
const mark = join(dist, "built-from");

/**
 * The folder of the built interface. Builds it, in a process of its own, when its sources have changed since. When it
 * cannot be built, the API goes on alone and the operator is told why; null then.
 */
export async function buildWeb(): Promise<string | null> {
  try {
    const wanted = await digestOfSources();
    const built = await readFile(mark, "utf8").catch(() => "");
    if (built !== wanted) await build(wanted);
    return dist;
  } catch (error) {
    log.error("the web interface could not be built; only the API is served", { reason: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

async function build(digest: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(home, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "error"], { cwd: home });
  await writeFile(mark, digest);
}

async function digestOfSources(): Promise<string> {
  const hash = createHash("sha256");
  const names = await readdir(join(home, "web"), { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const sources = files.filter((path) => !path.startsWith(dist) && !path.endsWith(".test.ts"));
  for (const path of [...sources.sort(), join(home, "vite.config.ts"), join(home, "package-lock.json")]) {
    hash.update(path.slice(home.length)).update(await readFile(path));
  }
  return hash.digest("hex");
}
