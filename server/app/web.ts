import fastifyStatic from "@fastify/static";
import { join } from "node:path";
import { Problem } from "../platform/errors.ts";
import type { RoomApp } from "../platform/http/index.ts";

const CSP = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // Remote images: the frame of a mail inherits this policy, and its own one lets them in only after a member's click.
  "img-src 'self' data: blob: https: http:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' about: blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** The members' interface: its files for ever, its page never kept; every other path of a browser is the page. */
export async function webRoutes(app: RoomApp, folder: string | null): Promise<void> {
  if (folder === null) return;
  app.addHook("onSend", async (_request, reply, payload) => {
    void reply.header("x-content-type-options", "nosniff").header("referrer-policy", "same-origin");
    if (String(reply.getHeader("content-type")).startsWith("text/html")) void reply.header("content-security-policy", CSP);
    return payload;
  });
  await app.register(fastifyStatic, {
    root: join(folder, "assets"),
    prefix: "/assets/",
    immutable: true,
    maxAge: "1y",
    preCompressed: false,
    schemaHide: true,
  });
  // On other companies' pages: soon taken over when it changes, and readable from any page.
  app.get("/t.js", { config: { permission: "public" }, schema: { hide: true } }, async (_request, reply) =>
    reply
      .header("cache-control", "public, max-age=300")
      .header("access-control-allow-origin", "*")
      .header("cross-origin-resource-policy", "cross-origin")
      .sendFile("t.js", folder, { immutable: false, maxAge: 300_000 }),
  );
  app.get("/*", { config: { permission: "public" }, schema: { hide: true } }, async (request, reply) => {
    if (request.url.startsWith("/api/")) throw new Problem(404, "no-such-route", `There is nothing at GET ${request.url.split("?")[0]}.`);
    const file = /^\/[\w-]+\.(svg|ico|png|webmanifest|txt)$/.exec(request.url)?.[0] ?? "/index.html";
    return reply.header("cache-control", "no-cache").sendFile(file, folder, { immutable: false, maxAge: 0 });
  });
}
