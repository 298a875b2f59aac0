import { ConfigError, readConfig } from "../../config.ts";
import { checks } from "./checks.ts";
import { type Check, type Finding, type Patient, wrong } from "./check.ts";
import { withPatient } from "./patient.ts";

interface Result extends Finding {
  check: string;
}

/** Checks the installation and says what to do. Answers 1 when something is wrong. */
export async function doctor(words: string[]): Promise<number> {
  const results = await examine();
  console.log(words.includes("--json") ? JSON.stringify(results, null, 2) : report(results));
  return results.some(({ state }) => state === "wrong") ? 1 : 0;
}

async function examine(): Promise<Result[]> {
  try {
    return await withPatient(readConfig(), runAll);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map((mistake) => ({ check: "settings", ...wrong(mistake, "Mend the setting; docs/operating.md lists them.") }));
  }
}

async function runAll(patient: Patient): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) results.push({ check: check.name, ...(await runOne(check, patient)) });
  return results;
}

async function runOne(check: Check, patient: Patient): Promise<Finding> {
  try {
    return await check.run(patient);
  } catch (error) {
    return wrong(
      `The check failed: ${error instanceof Error ? error.message : String(error)}`,
      "Run it again; if it stays, look at the log of the server.",
    );
  }
}

const marks = { well: "ok", notice: "note", wrong: "WRONG" };

function report(results: Result[]): string {
  const width = Math.max(...results.map(({ check }) => check.length));
  const lines = results.flatMap(({ check, state, says, todo }) => [
    `${marks[state].padEnd(6)}${check.padEnd(width + 2)}${says}`,
    ...(todo ? [`${" ".repeat(width + 8)}→ ${todo}`] : []),
  ]);
  const count = results.filter(({ state }) => state === "wrong").length;
  return [...lines, "", count === 0 ? "Nothing is wrong." : `${count} ${count === 1 ? "thing is" : "things are"} wrong.`].join("\n");
}
