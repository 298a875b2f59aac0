import { sql } from "kysely";
import { timeZoneOf } from "../access/index.ts";
import { together, type Scope, type Tx } from "../../platform/db/index.ts";
import type { BusinessHours, Interval } from "./hours.ts";

export interface ServiceLevel {
  firstResponseMinutes: number;
  nextResponseMinutes: number;
  resolutionMinutes: number;
  hours: BusinessHours;
}

const WEEKDAY: Interval[] = [["09:00", "17:30"]];
const DEFAULT_DAYS: Interval[][] = [WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, WEEKDAY, [], []];

/** The workspace's service level, or the default where it has set none. */
export async function serviceLevelOf(scope: Scope): Promise<ServiceLevel> {
  const [own, timeZone] = await together([readOwn(scope), timeZoneOf(scope)]);
  return {
    firstResponseMinutes: own?.first ?? 240,
    nextResponseMinutes: own?.next ?? 240,
    resolutionMinutes: own?.resolution ?? 1440,
    hours: { timeZone, days: own?.hours ?? DEFAULT_DAYS, holidays: own?.holidays ?? [] },
  };
}

interface OwnLevel {
  first: number;
  next: number;
  resolution: number;
  hours: Interval[][];
  holidays: string[];
}

async function readOwn(scope: Scope): Promise<OwnLevel | undefined> {
  const { rows } = await sql<OwnLevel>`
    select first_response_minutes as first, next_response_minutes as next, resolution_minutes as resolution, hours,
      holidays::text[] as holidays
    from service_levels where workspace_id = ${scope.workspaceId}`.execute(scope.db);
  return rows[0];
}

export async function saveServiceLevel(tx: Tx, level: ServiceLevel): Promise<void> {
  await sql`
    insert into service_levels (workspace_id, first_response_minutes, next_response_minutes, resolution_minutes, hours, holidays)
    values (${tx.workspaceId}, ${level.firstResponseMinutes}, ${level.nextResponseMinutes}, ${level.resolutionMinutes},
      ${JSON.stringify(level.hours.days)}::jsonb, ${[...level.hours.holidays]}::date[])
    on conflict (workspace_id) do update set first_response_minutes = excluded.first_response_minutes,
      next_response_minutes = excluded.next_response_minutes, resolution_minutes = excluded.resolution_minutes,
      hours = excluded.hours, holidays = excluded.holidays`.execute(tx.db);
}
