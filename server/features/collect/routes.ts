import type { RoomApp } from "../../platform/http/index.ts";
import { hookRoutes } from "./hook-routes.ts";
import { mappingRoutes } from "./mapping-routes.ts";
import { sourceRoutes } from "./source-routes.ts";

export function routes(app: RoomApp, publicUrl: string): void {
  sourceRoutes(app);
  mappingRoutes(app);
  hookRoutes(app, publicUrl);
}
