/** Promises of time, and the hours they are counted in. */
export { dueAt, minutesWithin, type BusinessHours } from "./hours.ts";
export { saveServiceLevel, serviceLevelOf, type ServiceLevel } from "./queries.ts";
export { routes } from "./routes.ts";
