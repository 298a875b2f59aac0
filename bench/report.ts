import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reading } from "./bench.ts";

const file = join(import.meta.dirname, "../docs/performance.md");
const head = "| measure | value | the machine's limit in the same run | wanted | machine |\n| --- | --- | --- | --- | --- |";

/** Puts readings into the table of docs/performance.md: a row for each measure, the newest reading in it. */
export function writeReport(readings: readonly Reading[], machine: string): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : `# Performance\n\n${head}\n`;
  writeFileSync(file, withReadings(text, readings, machine));
}

/** The text of the document with these readings in its table. */
export function withReadings(text: string, readings: readonly Reading[], machine: string): string {
  const start = text.indexOf(head);
  if (start < 0) throw new Error(`docs/performance.md has lost its table, which begins with:\n${head}`);
  const table = /^(?:\|.*\n?)*/.exec(text.slice(start))?.[0] ?? "";
  const rows = new Map(
    table
      .trimEnd()
      .split("\n")
      .slice(2)
      .map((row) => [row.split("|")[1]?.trim() ?? "", row]),
  );
  for (const reading of readings) rows.set(reading.measure, rowOf(reading, machine));
  return `${text.slice(0, start)}${[head, ...rows.values()].join("\n")}\n${text.slice(start + table.length)}`;
}

function rowOf({ measure, value, unit, limit, wanted, met }: Reading, machine: string): string {
  const share = limit === undefined ? "" : `${limit.toLocaleString("en-GB")} ${unit}`;
  return `| ${measure} | ${value.toLocaleString("en-GB")} ${unit} | ${share} | ${wanted}${met ? "" : " (not met)"} | ${machine} |`;
}
