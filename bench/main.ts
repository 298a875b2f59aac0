import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createWorkspace } from "../server/features/access/index.ts";
import { openDatabase } from "../server/open-database.ts";
import { connect, disconnect, migrate } from "../server/platform/db/index.ts";
import { useFiles } from "../server/platform/files/index.ts";
import { useSecret } from "../server/platform/secret.ts";
import type { Measure, Place, Reading } from "./bench.ts";
import { measures } from "./measures.ts";
import { writeReport } from "./report.ts";

/**
 * `npm run bench -- log listeners`: prints one JSON line per reading; without names, every measure. With --write the
 * readings go into docs/performance.md too. Ends with 1 when a promise is not kept.
 */
const names = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const chosen = names.length === 0 ? [...measures.keys()] : names;
const unknown = chosen.filter((name) => !measures.has(name));
if (unknown.length > 0) throw new Error(`There is no measure ${unknown.join(", ")}. There are: ${[...measures.keys()].join(", ")}.`);

console.log(
  JSON.stringify({
    machine: { cores: cpus().length, model: cpus()[0]?.model, memoryGB: Math.round(totalmem() / 1024 ** 3), node: process.version },
  }),
);
const readings: Reading[] = [];
for (const name of chosen) {
  const load = measures.get(name);
  if (load) await inFreshPlace(await load());
}

if (process.argv.includes("--write")) writeReport(readings, `${cpus().length} cores, ${cpus()[0]?.model?.trim() ?? "unknown"}`);

async function inFreshPlace(measure: Measure): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
  const database = await openDatabase({ database: { kind: "embedded" }, dataFolder });
  try {
    await migrate(database.connectionString);
    connect(database.connectionString, { max: 20, name: "throughline bench" });
    useFiles(join(dataFolder, "files"));
    useSecret(dataFolder);
    const { id } = await createWorkspace({ name: "Bench", sample: false });
    await report(measure, { connectionString: database.connectionString, workspaceId: id });
  } finally {
    await disconnect();
    await database.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function report(measure: Measure, place: Place): Promise<void> {
  for (const reading of await measure(place)) {
    console.log(JSON.stringify(reading));
    readings.push(reading);
    if (!reading.met) process.exitCode = 1;
  }
}
