import { Problem } from "./errors.ts";

/** What the program says to its operator: one JSON line each, on standard error. */

type Level = "info" | "warn" | "error";

export const log = {
  info: (message: string, facts?: Record<string, unknown>): void => write("info", message, facts),
  warn: (message: string, facts?: Record<string, unknown>): void => write("warn", message, facts),
  error: (message: string, facts?: Record<string, unknown>): void => write("error", message, facts),
};

/** Tests are quiet. */
const quiet = process.env["NODE_TEST_CONTEXT"] !== undefined;

function write(level: Level, message: string, facts: Record<string, unknown> = {}): void {
  if (quiet) return;
  const shown = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, describe(value)]));
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...shown })}\n`);
}

function describe(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  if (value instanceof Problem && value.status === 503) return value.message;
  const cause = value.cause instanceof Error ? `${value.cause.message}\n${value.cause.stack}` : undefined;
  return { message: value.message, stack: value.stack, cause };
}
