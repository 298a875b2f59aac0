import type { FastifyReply, FastifyRequest } from "fastify";
import { requireOwnPage, type Doorkeeper } from "../features/access/index.ts";
import { Problem } from "../platform/errors.ts";
import type { RoomApp } from "../platform/http/index.ts";

/** What of better-auth is open: nobody signs up by themselves, so that part is not. */
const OPEN = new Set([
  "/sign-in/email",
  "/sign-out",
  "/get-session",
  "/list-sessions",
  "/revoke-session",
  "/revoke-other-sessions",
  "/change-password",
  "/two-factor/enable",
  "/two-factor/disable",
  "/two-factor/verify-totp",
  "/two-factor/get-totp-uri",
  "/two-factor/generate-backup-codes",
  "/two-factor/verify-backup-code",
]);

export function signInRoutes(app: RoomApp, keeper: Doorkeeper): void {
  app.route({
    method: ["GET", "POST"],
    url: "/api/auth/*",
    config: { permission: "public" },
    schema: { hide: true },
    handler: async (request, reply) => {
      const path = new URL(request.url, keeper.publicUrl).pathname.slice("/api/auth".length);
      if (!OPEN.has(path)) throw new Problem(404, "no-such-route", "There is nothing here.");
      if (request.method === "POST") requireOwnPage(keeper, request);
      return answer(reply, await keeper.signIn.handler(asFetch(request, keeper)));
    },
  });
}

/** better-auth speaks fetch. The peer's address goes along for its rate limit; what a client claims does not. */
function asFetch(request: FastifyRequest, keeper: Doorkeeper): Request {
  const headers = new Headers({ "x-throughline-peer": request.ip, origin: new URL(keeper.publicUrl).origin });
  for (const name of ["cookie", "user-agent", "content-type"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const hasBody = request.method === "POST";
  return new Request(new URL(request.url, keeper.publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body ?? {}) } : {}),
  });
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  void reply.code(response.status);
  response.headers.forEach((value, name) => {
    if (name !== "set-cookie") void reply.header(name, value);
  });
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) void reply.header("set-cookie", cookies);
  return reply.send(await response.text());
}
