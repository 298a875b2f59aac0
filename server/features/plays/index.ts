/** Writing first, with a person's yes. */
export { listeners } from "./listeners.ts";
export { personalData } from "./personal-data.ts";
export { routes } from "./routes.ts";
