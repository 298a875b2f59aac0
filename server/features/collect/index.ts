/** Events from wherever they happen: the tracking API, webhooks with a mapping of their own, sources and their keys. */
export { placingsOf } from "./known.ts";
export { createSource } from "./sources.ts";
export { defineJobs } from "./jobs.ts";
export { personalData } from "./personal-data.ts";
export { inbound } from "./inbound.ts";
export { routes } from "./routes.ts";
