import type { Config } from "../config.ts";
import { provideStandings } from "../features/customers/index.ts";
import { standingsOf } from "../features/experience/index.ts";

/** Joins rooms through the ports that lower ones declare, where a word has to travel up. */
export function plugRooms(_config: Config): void {
  provideStandings(standingsOf);
}
