import { Type } from "typebox";
import type { RoomApp } from "../../platform/http/index.ts";
import { readHookBody, takeHook } from "./take-hook.ts";
import { refuseWhenFull } from "./intake.ts";
import { tracking } from "./tracking.ts";
import { writeCounts } from "./volume.ts";

const LARGEST_HOOK = 256 * 1024;

/** What programs outside send us: events over the tracking API, and webhooks. Not part of the contract. */
export async function inbound(app: RoomApp, options: { publicUrl: string }): Promise<void> {
  app.addHook("onClose", writeCounts);
  await app.register((own: RoomApp) => tracking(own, options));
  await app.register(webhooks);
}

async function webhooks(app: RoomApp): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST_HOOK }, (_request, body, done) => done(null, body));
  app.post(
    "/hooks/:token",
    {
      config: { permission: "public" },
      bodyLimit: LARGEST_HOOK,
      schema: { hide: true, params: Type.Object({ token: Type.String({ maxLength: 100 }) }) },
    },
    async (request) => {
      refuseWhenFull();
      return takeHook(request.params.token, readHookBody(request.body, request.headers["content-type"]));
    },
  );
}
