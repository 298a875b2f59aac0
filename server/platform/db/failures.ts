import pg from "pg";
import { Problem, unavailable } from "../errors.ts";

/** SQLSTATE (Postgres manual, appendix A): classes and codes that say "not now" rather than "not so". */
const goneCodes = new Set(["57P01", "57P02", "57P03", "57P05", "53300", "25P03", "25P04"]);
const conflictCodes = new Set(["40001", "40P01"]);
const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
const goneSentences =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Connection ended/;

/** Throws what a failed query means: a Problem 503 when the database cannot answer, else the error itself. */
export function asProblem(error: unknown): never {
  if (error instanceof Problem) throw error;
  if (isGone(error)) throw unavailable("The database cannot be reached at the moment. Try again in a few seconds.", error);
  const code = codeOf(error);
  if (code === "57014") throw unavailable("This took the database longer than it may. Ask for less, or try again later.", error);
  if (code.startsWith("53")) throw unavailable("The database has run out of room. Tell whoever runs Throughline.", error);
  throw error;
}

/** Whether the database is unreachable, stopping or starting. */
export function isGone(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isGone);
  const code = codeOf(error);
  if (error instanceof pg.DatabaseError) return goneCodes.has(code) || code.startsWith("08");
  return networkCodes.has(code) || (error instanceof Error && goneSentences.test(error.message));
}

/** Whether a value was outside what a column can hold (class 22): a number out of range, a text that is not valid. */
export function isDataException(error: unknown): boolean {
  return error instanceof pg.DatabaseError && codeOf(error).startsWith("22");
}

/** Whether two transactions stood in each other's way, so that doing this one again may succeed. */
export function isWorthRepeating(error: unknown): boolean {
  return conflictCodes.has(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
