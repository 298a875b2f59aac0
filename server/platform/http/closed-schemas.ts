import type { FastifyInstance } from "fastify";

/**
 * Bodies hold what their schema names, and nothing else: a key that nobody checked cannot travel on into a table. So do
 * the questions of the API; addresses of pages may carry what mail programs add. Where a body is open, its schema says
 * so: a record, `Type.Unknown`, an intersection, or `additionalProperties`.
 */
export function closeSchemas(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    if (route.schema === undefined) return;
    const { body, querystring } = route.schema;
    route.schema = {
      ...route.schema,
      ...(body === undefined ? {} : { body: closed(body) }),
      ...(querystring === undefined || !route.url.startsWith("/api/") ? {} : { querystring: closed(querystring) }),
    };
  });
}

const MAPS = new Set(["properties", "patternProperties", "$defs"]);
const INNER = new Set(["items", "prefixItems", "anyOf", "oneOf", "additionalProperties"]);

/** The same schema, in which every object refuses what it does not name. Given schemas stay as they are: answers share them. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null || "allOf" in schema) return schema;
  // The library keeps what it knows of a schema in properties that are not enumerated.
  const copy: object = Object.create(Object.getPrototypeOf(schema), Object.getOwnPropertyDescriptors(schema));
  for (const [key, value] of Object.entries(schema)) {
    if (INNER.has(key)) Object.assign(copy, { [key]: closed(value) });
    if (MAPS.has(key)) Object.assign(copy, { [key]: eachClosed(value) });
  }
  const isOpen = !("properties" in schema) || "additionalProperties" in schema || "patternProperties" in schema;
  return isOpen ? copy : Object.assign(copy, { additionalProperties: false });
}

function eachClosed(schemas: unknown): object {
  return Object.fromEntries(Object.entries(schemas ?? {}).map(([name, each]) => [name, closed(each)]));
}
