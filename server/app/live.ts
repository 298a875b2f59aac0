import { Type } from "typebox";
import { requireActor } from "../features/access/index.ts";
import type { LiveFeed } from "../features/interactions/index.ts";
import type { RoomApp } from "../platform/http/index.ts";

const PING_MS = 30_000;
/** A screen that reads so slowly that this many bytes wait for it is let go; it comes back and resumes. */
const MOST_WAITING = 4 * 1024 * 1024;

/** The live feed over a WebSocket: `?after=` the last position seen. Whatever a client sends is not listened to. */
export function liveRoutes(app: RoomApp, feed: LiveFeed): void {
  app.get(
    "/live",
    {
      websocket: true,
      config: { permission: "customers:read" },
      schema: {
        operationId: "watchLive",
        summary: "What happens, as it happens (WebSocket)",
        tags: ["live"],
        querystring: Type.Object({
          after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: "Resume after this position." })),
        }),
      },
    },
    async (socket, request) => {
      const { workspaceId } = requireActor(request);
      const { after } = request.query as { after?: number };
      let [isAlive, leave] = [true, (): void => undefined];
      const pulse = setInterval(() => {
        if (!isAlive) return socket.terminate();
        isAlive = false;
        socket.ping();
      }, PING_MS);
      // Before anything is waited for, so that nothing a client sends meanwhile goes unheard.
      socket.on("pong", () => void (isAlive = true));
      socket.on("message", () => socket.close(1003, "this socket only speaks"));
      socket.on("error", () => socket.terminate());
      socket.on("close", () => {
        clearInterval(pulse);
        leave();
      });
      leave = await feed.subscribe(workspaceId, after ?? null, (message) => {
        if (socket.bufferedAmount > MOST_WAITING) return socket.close(1013, "too slow; resume from your last position");
        if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
      });
      // It may have gone while it was joining.
      if (socket.readyState > socket.OPEN) leave();
    },
  );
}
