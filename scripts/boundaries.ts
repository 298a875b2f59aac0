import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/**
 * The floors, in one table. A room imports only rooms on lower floors, and only through their door (index.ts);
 * platform imports no room; only app, the command and tests may import everything.
 */
export const FLOORS: Record<string, number> = {
  access: 0,
  interactions: 1,
  customers: 2,
  "channels/email": 3,
  collect: 3,
  orders: 3,
  "service-levels": 3,
  conversations: 4,
  surveys: 5,
  text: 5,
  experience: 6,
  // Stands on experience, below whatever acts on who is in a segment.
  segments: 6.5,
  exchange: 7,
  plays: 7,
  insights: 7,
  privacy: 7,
};

export interface Import {
  from: string;
  to: string;
}

/** What is wrong with the imports of a file, as sentences. Paths are relative to server/, without the leading slash. */
export function violationsOf({ from, to }: Import): string | null {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (target === null) return null;
  const isFree = source === null && !from.startsWith("platform/");
  if (isFree)
    return isDoor(to, target) || from.startsWith("testing/")
      ? null
      : `${from} enters ${target} by ${to}; use its door, features/${target}/index.ts.`;
  if (source === null) return `${from} is platform and imports the room ${target}; platform knows no room.`;
  if (source === target) return null;
  const [mine, theirs] = [FLOORS[source], FLOORS[target]];
  if (mine === undefined || theirs === undefined)
    return `${mine === undefined ? source : target} has no floor; add it to scripts/boundaries.ts.`;
  if (theirs >= mine) return `${from} (floor ${mine}) imports ${target} (floor ${theirs}); upward and sideways goes through the log.`;
  return isDoor(to, target) ? null : `${from} enters ${target} by ${to}; use its door, features/${target}/index.ts.`;
}

/** Every violation below a server folder. Tests may look into their own room and through every door. */
export function findViolations(server: string): string[] {
  return sourcesIn(server).flatMap((path) => {
    const from = relative(server, path);
    return importsOf(path).flatMap((target) => {
      const to = relative(server, target);
      const wrong = from.endsWith(".test.ts") && isDoor(to, roomOf(to) ?? "") ? null : violationsOf({ from, to });
      return wrong === null ? [] : [wrong];
    });
  });
}

function roomOf(path: string): string | null {
  const match = /^features\/((?:channels\/)?[^/]+)/.exec(path);
  return match?.[1] ?? null;
}

function isDoor(path: string, room: string): boolean {
  return path === `features/${room}/index.ts`;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name.endsWith(".ts"))
    .map((each) => join(each.parentPath, each.name));
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => resolve(dirname(path), match[1] ?? ""));
}
