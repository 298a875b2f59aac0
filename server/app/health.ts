import { sql } from "kysely";
import { Type } from "typebox";
import { anywhere } from "../platform/db/index.ts";
import type { RoomApp } from "../platform/http/index.ts";

/** For load balancers: 200 while requests can be answered, 503 while the database is away. */
export function healthRoutes(app: RoomApp): void {
  app.get(
    "/health",
    {
      config: { permission: "public" },
      schema: {
        operationId: "getHealth",
        summary: "Whether requests can be answered now",
        tags: ["operation"],
        response: { 200: Type.Object({ status: Type.Literal("ok") }) },
      },
    },
    async () => {
      await sql`select 1`.execute(anywhere().db);
      return { status: "ok" as const };
    },
  );
}
