import type { Config } from "../config.ts";

/** Joins rooms through the ports that lower ones declare, where a word has to travel up. */
export function plugRooms(_config: Config): void {}
