import { Type } from "typebox";
import { requireActor } from "../access/index.ts";
import { reading } from "../../platform/db/index.ts";
import { now } from "../../platform/clock.ts";
import { Moment, Nullable, type RoomApp } from "../../platform/http/index.ts";
import { changeServiceLevel } from "./change-service-level.ts";
import { standAt } from "./hours.ts";
import { serviceLevelOf, type ServiceLevel } from "./queries.ts";

const Minutes = Type.Integer({ minimum: 1, maximum: 100_000, description: "Minutes of business hours." });
const Days = Type.Array(Type.Array(Type.Tuple([Type.String(), Type.String()]), { maxItems: 10 }), {
  minItems: 7,
  maxItems: 7,
  description: 'Monday first; each day a list of intervals like ["09:00", "17:30"].',
});
const Fields = {
  firstResponseMinutes: Minutes,
  nextResponseMinutes: Minutes,
  resolutionMinutes: Minutes,
  days: Days,
  holidays: Type.Array(Type.String(), { maxItems: 400 }),
};
const View = Type.Object({
  ...Fields,
  timeZone: Type.String(),
  open: Type.Boolean({ description: "Whether it is open now." }),
  until: Nullable(Moment),
});

export function routes(app: RoomApp): void {
  app.get(
    "/service-level",
    {
      config: { permission: "workspace:read" },
      schema: {
        operationId: "getServiceLevel",
        summary: "What is promised, and the hours it is counted in",
        tags: ["service levels"],
        response: { 200: View },
      },
    },
    async (request) => viewOf(await serviceLevelOf(reading(requireActor(request)))),
  );

  app.patch(
    "/service-level",
    {
      config: { permission: "workspace:write" },
      schema: {
        operationId: "changeServiceLevel",
        summary: "Change what is promised from now on",
        tags: ["service levels"],
        body: Type.Partial(Type.Object(Fields)),
        response: { 200: View },
      },
    },
    async (request) => viewOf(await changeServiceLevel(requireActor(request), request.body)),
  );
}

function viewOf(level: ServiceLevel) {
  const { hours, ...minutes } = level;
  const { open, until } = standAt(now(), hours);
  return {
    ...minutes,
    open,
    until: until?.toISOString() ?? null,
    timeZone: hours.timeZone,
    days: hours.days.map((day) => day.map(([from, to]): [string, string] => [from, to])),
    holidays: [...hours.holidays],
  };
}
