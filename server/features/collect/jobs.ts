import { now } from "../../platform/clock.ts";
import { anywhere } from "../../platform/db/index.ts";
import { defineRecurring } from "../../platform/jobs/index.ts";
import { deleteOldBodies } from "./body-queries.ts";
import { deleteOld } from "./queries.ts";

const DAY = 86_400_000;

/** Lists of refused events and the last bodies of hooks are kept for a week, the counts of what came for a month. */
export function defineJobs(): void {
  defineRecurring("collect.sweep", "23 * * * *", sweep);
}

export async function sweep(): Promise<void> {
  const at = now().getTime();
  await deleteOld(anywhere(), { refusals: new Date(at - 7 * DAY), hours: new Date(at - 31 * DAY) });
  await deleteOldBodies(anywhere(), new Date(at - 7 * DAY));
}
