import type { FastifyRequest } from "fastify";

/** The write key a request comes with: Basic (as the user), Bearer, a header of its own, or `?writeKey=`. Null: look into the body. */
export function writeKeyIn(request: Pick<FastifyRequest, "headers" | "query">): string | null {
  const { authorization = "" } = request.headers;
  const basic = /^Basic ([\w+/=-]+)$/i.exec(authorization)?.[1];
  if (basic !== undefined) return Buffer.from(basic, "base64").toString().split(":")[0] || null;
  const bearer = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  const own = request.headers["x-write-key"];
  return bearer ?? (typeof own === "string" && own !== "" ? own : null) ?? inQuery(request.query);
}

function inQuery(query: unknown): string | null {
  if (typeof query !== "object" || query === null || !("writeKey" in query)) return null;
  return typeof query.writeKey === "string" ? query.writeKey : null;
}
