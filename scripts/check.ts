import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { contractText } from "./contract-text.ts";
import { findViolations } from "./boundaries.ts";
import { digestOfMigrations } from "../server/platform/db/migrate.ts";

/** Everything that can be checked without a database, side by side: a line for each, and what to do about it. */
const home = join(import.meta.dirname, "..");
const bin = (name: string): string => join(home, "node_modules", name);

type Check = () => Promise<string>;

const checks: Record<string, Check> = {
  format: () => run([bin("oxfmt/bin/oxfmt"), "--check", "."], "npm run format mends it."),
  lint: () => run([bin("oxlint/bin/oxlint"), "--deny-warnings"]),
  types: () => run([bin("typescript-native/bin/tsc"), "-p", "tsconfig.json"]),
  "web types": () => run([bin("typescript-native/bin/tsc"), "-p", "web/tsconfig.json", "--noEmit"]),
  "widget types": () => run([bin("typescript-native/bin/tsc"), "-p", "widget/tsconfig.json"]),
  "dead code": () => run([bin("knip/bin/knip.js"), "--no-progress"]),
  boundaries: async () => findViolations(join(home, "server")).join("\n"),
  contract: async () =>
    (await contractText()) === read("contract/openapi.json")
      ? ""
      : "The routes and contract/openapi.json differ. npm run contract writes it.",
  schema: async () => {
    const digest = await digestOfMigrations();
    const stale = ["db/schema.sql", "server/platform/db/tables.gen.ts"].filter((path) => !read(path).includes(digest));
    return stale.length === 0 ? "" : `${stale.join(" and ")} come from other migrations. npm run schema writes them.`;
  },
};

const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => ({ name, wrong: await check().catch(String) })));
for (const { name, wrong } of results) console.log(wrong === "" ? `ok       ${name}` : `not ok   ${name}\n${wrong}\n`);
process.exitCode = results.some(({ wrong }) => wrong !== "") ? 1 : 0;

async function run(words: string[], advice = ""): Promise<string> {
  try {
    await promisify(execFile)(process.execPath, words, { cwd: home, maxBuffer: 64 * 1024 * 1024 });
    return "";
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    return [stdout.trim(), stderr.trim(), advice].filter(Boolean).join("\n");
  }
}

function read(path: string): string {
  return readFileSync(join(home, path), "utf8");
}
