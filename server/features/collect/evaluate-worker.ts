import { parentPort } from "node:worker_threads";
import jsonata from "jsonata";

/** A thread that does nothing but evaluate mappings. It knows no database, no environment and no file. */
const KEPT = 100;
const compiled = new Map<string, ReturnType<typeof jsonata>>();

parentPort?.on("message", (work: { mapping: string; body: unknown; isOnlyRead: boolean }) => {
  answer(work).then(
    (json) => parentPort?.postMessage({ json }),
    (error: unknown) => parentPort?.postMessage({ error: sentenceOf(error) }),
  );
});

async function answer({ mapping, body, isOnlyRead }: { mapping: string; body: unknown; isOnlyRead: boolean }): Promise<string> {
  const expression = compiled.get(mapping) ?? jsonata(mapping);
  if (isOnlyRead) return "null";
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(mapping, expression);
  const result: unknown = await expression.evaluate(body);
  return JSON.stringify(result ?? null);
}

function sentenceOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const message = "message" in error ? String(error.message) : "It failed without a word.";
  const position = "position" in error && typeof error.position === "number" ? ` (at character ${error.position})` : "";
  return `${message}${position}`;
}
