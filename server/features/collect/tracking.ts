import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { notFound } from "../../platform/errors.ts";
import { dropRest, type RoomApp } from "../../platform/http/index.ts";
import { refuseWhenFull } from "./intake.ts";
import { sourceOf } from "./known.ts";
import { LARGEST_REQUEST, readBody } from "./read-body.ts";
import { NOTHING, receive, type Received } from "./receive.ts";
import { browserSettings } from "./browser-settings.ts";
import { takeRequest } from "./take-request.ts";
import { writeKeyIn } from "./write-key.ts";

/** The paths of the tracking API and what the events sent there are; null: each says it itself. */
const PATHS: Readonly<Record<string, string | null>> = {
  identify: "identify",
  track: "track",
  page: "page",
  screen: "screen",
  group: "group",
  alias: "alias",
  batch: null,
  import: null,
  i: "identify",
  t: "track",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
  b: null,
};

/** The Segment tracking API, as its own clients speak it. Open to every web page, by write key; not part of the contract. */
export async function tracking(app: RoomApp, options: { publicUrl: string }): Promise<void> {
  app.removeAllContentTypeParsers();
  // Nothing is refused before the source is known that has to list it.
  app.addContentTypeParser("*", (_request: FastifyRequest, payload: Readable) => receive(payload, LARGEST_REQUEST));
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(openTo(request));
  });
  app.options("/v1/*", { config: { permission: "public" }, schema: { hide: true } }, async (_request, reply) => reply.code(204).send());

  for (const [path, type] of Object.entries(PATHS)) {
    app.post<{ Body: Received | undefined }>(
      `/v1/${path}`,
      { config: { permission: "public" }, schema: { hide: true } },
      async (request, reply) => {
        refuseWhenFull();
        const { body: received = NOTHING } = request;
        if (!received.isWhole) dropRest(request, reply);
        const body = await readBody(received, request.headers["content-encoding"]);
        await takeRequest({ writeKey: writeKeyIn(request), type, body });
        return reply.type("application/json").send('{"success":true}');
      },
    );
  }

  app.get(
    "/v1/projects/:writeKey/settings",
    {
      config: { permission: "public" },
      schema: { hide: true, params: Type.Object({ writeKey: Type.String({ maxLength: 200 }) }) },
    },
    async (request) => {
      const { writeKey } = request.params;
      if (!(await sourceOf(writeKey))) throw notFound("source");
      return browserSettings(writeKey, addressOf(request, options.publicUrl));
    },
  );
}

/** Any page may send: what lets a request in is its write key, and cookies are never looked at. */
function openTo({ headers }: FastifyRequest): Record<string, string> {
  const wanted = headers["access-control-request-headers"];
  return {
    "access-control-allow-origin": headers.origin ?? "*",
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "retry-after",
    vary: "origin",
    ...(headers["access-control-request-method"] === undefined
      ? {}
      : {
          "access-control-allow-methods": "GET, POST, OPTIONS",
          "access-control-allow-headers":
            typeof wanted === "string" && /^[\w\s,-]{1,500}$/.test(wanted) ? wanted : "content-type, authorization",
          "access-control-max-age": "7200",
        }),
  };
}

/** As the page itself has reached us; a proxy in front may have taken off the TLS. */
function addressOf(request: FastifyRequest, publicUrl: string): URL {
  const known = new URL(publicUrl);
  return request.host === known.host ? known : new URL(`${request.protocol}://${request.host}`);
}
