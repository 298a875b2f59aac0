/** Files that come in and go out: customers, interactions and orders as CSV and NDJSON. */
import type { RoomApp } from "../../platform/http/index.ts";
import { exportRoutes } from "./export-routes.ts";
import { importRoutes } from "./import-routes.ts";
import { uploadRoute } from "./upload-route.ts";

export { defineJobs } from "./jobs.ts";
export { personalData } from "./personal-data.ts";

export function routes(app: RoomApp): void {
  uploadRoute(app);
  importRoutes(app);
  exportRoutes(app);
}
