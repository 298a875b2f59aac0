/** The board: both halves side by side, and the gap. */
export { dropWorkspace, giveToPersons } from "./queries.ts";
export { readBoard } from "./board.ts";
export { listeners } from "./listeners.ts";
export { personalData } from "./personal-data.ts";
export { routes } from "./routes.ts";
