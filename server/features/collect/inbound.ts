import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { RoomApp } from "../../platform/http/index.ts";
import { LARGEST_HOOK } from "./read-hook-body.ts";
import { NOTHING, receive, type Received } from "./receive.ts";
import { takeHook } from "./take-hook.ts";
import { refuseWhenFull } from "./intake.ts";
import { tracking } from "./tracking.ts";
import { writeCounts } from "./volume.ts";

/** What programs outside send us: events over the tracking API, and webhooks. Not part of the contract. */
export async function inbound(app: RoomApp, options: { publicUrl: string }): Promise<void> {
  app.addHook("onClose", writeCounts);
  await app.register((own: RoomApp) => tracking(own, options));
  await app.register(webhooks);
}

async function webhooks(app: RoomApp): Promise<void> {
  app.removeAllContentTypeParsers();
  // Nothing is refused before the hook is known that has to list it.
  app.addContentTypeParser("*", (_request: FastifyRequest, payload: Readable) => receive(payload, LARGEST_HOOK));
  app.post<{ Params: { token: string }; Body: Received | undefined }>(
    "/hooks/:token",
    {
      config: { permission: "public" },
      schema: { hide: true, params: Type.Object({ token: Type.String({ maxLength: 100 }) }) },
    },
    async ({ params, body = NOTHING, headers }) => {
      refuseWhenFull();
      return takeHook(params.token, { ...body, contentType: headers["content-type"] ?? "" });
    },
  );
}
