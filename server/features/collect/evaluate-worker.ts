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
  return JSON.stringify(result ?? null, (_name, value: unknown) => {
    if (isFunction(value)) throw new Unusable("It makes a function where a value belongs. Is it called, with brackets after its name?");
    return value;
  });
}

/** What a mapping makes and nobody can keep. */
class Unusable extends Error {}

function isFunction(value: unknown): boolean {
  return typeof value === "function" || (isObject(value) && ("_jsonata_lambda" in value || "_jsonata_function" in value));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The mapping language says what is wrong and has a code for it; what the engine below it says is of no use to anybody. */
function sentenceOf(error: unknown): string {
  if (error instanceof Unusable) return error.message;
  if (error instanceof RangeError) return "It calls itself without end, or makes something too large.";
  if (error instanceof SyntaxError) return "It has a regular expression that cannot be read.";
  if (!isObject(error) || !("code" in error) || !("message" in error)) return "It does something that does not work with this body.";
  const position = "position" in error && typeof error.position === "number" ? ` (at character ${error.position})` : "";
  return `${String(error.message)}${position}`;
}
