import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { ConfigError } from "../config.ts";
import { commands, type Command } from "./commands.ts";

/** The command: `throughline <name> [words]`. Ends with 0 when it did what was asked, else with 1. */
// Saves a second at every start but the first.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/throughline"));

const given = process.argv.slice(2);
const found = findCommand(given);

if (!found) {
  console.log(usage());
  process.exitCode = given.length === 0 || given[0] === "help" || given[0] === "--help" ? 0 : 1;
} else {
  await run(found.command, given.slice(found.length));
}

async function run(command: Command, words: string[]): Promise<void> {
  try {
    const verb = await command.load();
    process.exitCode = await verb(words);
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}

function findCommand(words: string[]): { command: Command; length: number } | undefined {
  for (const command of commands) {
    const name = command.name.split(" ");
    if (name.every((word, index) => words[index] === word)) return { command, length: name.length };
  }
  return undefined;
}

function usage(): string {
  const width = Math.max(...commands.map(({ name, words }) => `${name} ${words}`.length));
  const lines = commands.map(({ name, words, summary }) => `  ${`${name} ${words}`.padEnd(width)}  ${summary}`);
  return `throughline <command>\n\n${lines.join("\n")}\n\nSettings are read from the environment; docs/operating.md lists them.`;
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.mistakes.map((mistake) => `- ${mistake}`).join("\n");
  return error instanceof Error ? error.message : String(error);
}
