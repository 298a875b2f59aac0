import type { FastifyInstance } from "fastify";

/** What Postgres cannot keep in a text leaves it at the door: NUL, and halves of surrogate pairs. Runs after the depth is known. */
export function cleanTexts(app: FastifyInstance): void {
  app.addHook("preValidation", async (request) => {
    request.body = storable(request.body);
    request.query = storable(request.query);
    request.params = storable(request.params);
  });
}

/** The same value with every text in it, names of fields too, fit to be kept. Bytes stay as they are. */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "").toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.replaceAll("\0", "").toWellFormed(), storable(each)]));
}

/** An object of no class; the parsers of queries and paths make theirs with a bare prototype of their own. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
