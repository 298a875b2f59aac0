import { authorize, type Actor } from "../access/index.ts";
import { now } from "../../platform/clock.ts";
import { reading } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { countsSince, findSource, listSources, type Hour, type Source } from "./queries.ts";
import { writeCounts } from "./volume.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

export interface Counts {
  taken: number;
  repeated: number;
  refused: number;
}

/** Every source that stands, with what came from it within a day. */
export async function sourcesWithVolume(actor: Actor): Promise<{ source: Source; lastDay: Counts }[]> {
  authorize(actor, "keys:read");
  await writeCounts();
  const scope = reading(actor);
  const [sources, hours] = [await listSources(scope), await countsSince(scope, aDayAgo(), null)];
  return sources.map((source) => {
    const its = hours.filter((hour) => hour.origin === publicId("src", source.id));
    return { source, lastDay: { taken: sum(its, "taken"), repeated: sum(its, "repeated"), refused: sum(its, "refused") } };
  });
}

/** @throws Problem 404 */
export async function requireSource(actor: Actor, id: number): Promise<Source> {
  authorize(actor, "keys:read");
  const source = await findSource(reading(actor), id);
  if (!source) throw notFound("source");
  return source;
}

/** What came from a source or hook within a day: hour by hour, the oldest first, and the newest events' positions. */
export async function volumeOf(actor: Actor, origin: string): Promise<{ hours: ({ hour: Date } & Counts)[]; newest: number[] }> {
  await writeCounts();
  const rows = await countsSince(reading(actor), aDayAgo(), origin);
  const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
  const last = Math.floor(now().getTime() / HOUR) * HOUR;
  const hours = Array.from({ length: 24 }, (_, index) => {
    const hour = last - (23 - index) * HOUR;
    const { taken = 0, repeated = 0, refused = 0 } = byHour.get(hour) ?? {};
    return { hour: new Date(hour), taken, repeated, refused };
  });
  return { hours, newest: rows.flatMap((row) => row.newest).slice(0, 20) };
}

/** The last 24 whole hours, counting the one that runs. */
function aDayAgo(): Date {
  return new Date(Math.floor(now().getTime() / HOUR) * HOUR - DAY + HOUR);
}

function sum(hours: readonly Hour[], key: keyof Counts): number {
  return hours.reduce((total, hour) => total + hour[key], 0);
}
