import { audit, authorize, type Actor } from "../access/index.ts";
import { transaction } from "../../platform/db/index.ts";
import { invalid } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { whatIsWrong, type Interval } from "./hours.ts";
import { saveServiceLevel, serviceLevelOf, type ServiceLevel } from "./queries.ts";

export interface ServiceLevelChange {
  firstResponseMinutes?: number;
  nextResponseMinutes?: number;
  resolutionMinutes?: number;
  days?: Interval[][];
  holidays?: string[];
}

/** Changes what is promised from now on; promises already given stand. @throws Problem 400 for hours that cannot be */
export async function changeServiceLevel(actor: Actor, change: ServiceLevelChange): Promise<ServiceLevel> {
  authorize(actor, "workspace:write");
  return transaction(actor, async (tx) => {
    const { days, holidays, ...minutes } = change;
    const before = await serviceLevelOf(tx);
    const after = {
      ...before,
      ...minutes,
      hours: { ...before.hours, days: days ?? before.hours.days, holidays: holidays ?? before.hours.holidays },
    };
    const wrong = whatIsWrong(after.hours);
    if (wrong !== null) throw invalid(wrong);
    await saveServiceLevel(tx, after);
    await audit(tx, actor, { action: "service-levels.change", subject: publicId("wsp", tx.workspaceId), before, after });
    return after;
  });
}
