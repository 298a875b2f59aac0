/** Asking customers how it was. */
export { answerSurvey } from "./answer.ts";
export { importResponse, type PastResponse } from "./import-response.ts";
export { countAsks } from "./queries.ts";
export { listeners } from "./listeners.ts";
export { defineJobs } from "./jobs.ts";
export { pages } from "./pages.ts";
export { personalData } from "./personal-data.ts";
export { routes } from "./routes.ts";
