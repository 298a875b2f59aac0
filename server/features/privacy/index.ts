/** What is known of a person: told to them, and erased when they ask. */
export { holdPersonalData } from "./holders.ts";
export { holdRetention } from "./retention.ts";
export { eraseRestored } from "./erase-restored.ts";
export { erasePerson } from "./erase-person.ts";
export { exportPerson } from "./export-person.ts";
export { defineJobs } from "./jobs.ts";
export { routes } from "./routes.ts";
