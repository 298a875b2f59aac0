import fastifyStatic from "@fastify/static";
import type { FastifyReply } from "fastify";
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

/** The members' interface: its files for ever, its page never kept; every other path is the page, but for those of programs. */
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
    const [path = ""] = request.url.split("?");
    if (/^\/(api|v1|hooks)(\/|$)/.test(path)) throw notForBrowsers(app, path, reply);
    const file = /^\/[\w-]+\.(svg|ico|png|webmanifest|txt)$/.exec(request.url)?.[0] ?? "/index.html";
    return reply.header("cache-control", "no-cache").sendFile(file, folder, { immutable: false, maxAge: 0 });
  });
}

/** Under the addresses of programs no page is shown: one that asks whether something is there must not take it for a yes. */
function notForBrowsers(app: RoomApp, path: string, reply: FastifyReply): Problem {
  const isPosted = [path, path.replace(/[^/]+$/, ":token")].some((url) => app.hasRoute({ method: "POST", url }));
  if (!isPosted) return new Problem(404, "no-such-route", `There is nothing at GET ${path}.`);
  void reply.header("allow", "POST");
  return new Problem(405, "not-this-way", `What is meant for ${path} is sent with POST.`);
}
