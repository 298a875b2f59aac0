import { admit, keepAnswers, openRoutes, type Doorkeeper, type SignIn } from "../features/access/index.ts";
import type { LiveFeed } from "../features/interactions/index.ts";
import { createHttp, type RoomApp } from "../platform/http/index.ts";
import { rooms } from "./rooms.ts";
import { healthRoutes } from "./health.ts";
import { liveRoutes } from "./live.ts";
import { sampleRoutes } from "./sample-routes.ts";
import { signInRoutes } from "./sign-in.ts";
import { webRoutes } from "./web.ts";

export interface AppOptions {
  publicUrl: string;
  adminKey: string | null;
  signIn: SignIn;
  feed: LiveFeed;
  /** Folder of the built interface; null serves the API alone. */
  webFolder: string | null;
  trustProxy?: boolean | string;
}

/** Mounts every room under /api/v1, sign-in, the live feed, webhooks and the interface. No logic lives here. */
export async function createApp(options: AppOptions): Promise<RoomApp> {
  const app = await createHttp({ trustProxy: options.trustProxy });
  const keeper: Doorkeeper = { signIn: options.signIn, adminKey: options.adminKey, publicUrl: options.publicUrl };
  app.decorateRequest("actor", null);
  app.decorateRequest("userId", null);

  await app.register(
    async (api: RoomApp) => {
      api.addHook("onRequest", (request) => admit(keeper, request));
      keepAnswers(api);
      api.get("/openapi.json", { config: { permission: "public" }, schema: { hide: true } }, async () => app.swagger());
      healthRoutes(api);
      openRoutes(api, options.signIn);
      liveRoutes(api, options.feed);
      sampleRoutes(api);
      for (const room of rooms) room.routes?.(api, { publicUrl: options.publicUrl });
    },
    { prefix: "/api/v1" },
  );
  await app.register(async (open: RoomApp) => signInRoutes(open, keeper));
  for (const { hooks } of rooms) if (hooks) await app.register((open: RoomApp) => hooks(open, { publicUrl: options.publicUrl }));
  for (const room of rooms) if (room.pages) await app.register(room.pages);
  await app.register(async (pages: RoomApp) => webRoutes(pages, options.webFolder));
  return app;
}
