import { authorize, type Actor } from "../access/index.ts";
import { now } from "../../platform/clock.ts";
import { storableJson } from "../../platform/db/index.ts";
import { evaluate } from "./evaluate.ts";
import { isJson, type Json } from "./json.ts";
import { placingsOf } from "./known.ts";
import type { ReadEvent } from "./read-event.ts";
import { readMapped } from "./read-mapped.ts";

export interface Trial {
  interactions: ReadEvent[];
  refusals: { reason: string; event: unknown }[];
  /** Why the mapping failed; null when it did not. */
  error: string | null;
}

/** The test bench: what a mapping would make of a sample, without recording anything. */
export async function tryMapping(actor: Actor, input: { mapping: string; body: unknown }): Promise<Trial> {
  authorize(actor, "workspace:write");
  const evaluated = await evaluate(input.mapping, input.body);
  if (evaluated.outcome === "failed") return { interactions: [], refusals: [], error: evaluated.reason };
  const place = await placingsOf(actor.workspaceId, 0);
  const read = readMapped(evaluated.result, { source: "trial", receivedAt: now(), body: storableJson(input.body ?? null), place });
  const withIds = read.map((each) =>
    "reason" in each || each.sighting.identities.length > 0
      ? each
      : { reason: "It does not say whose it is: `customer` needs an email, a userId or another id.", event: propertiesOf(each) },
  );
  return {
    interactions: withIds.flatMap((each) => ("reason" in each ? [] : [each])),
    refusals: withIds.flatMap((each) => ("reason" in each ? [each] : [])),
    error: null,
  };
}

/** What stands in the log of an event that was read. */
export function propertiesOf({ interactions }: ReadEvent): Json {
  const value: unknown = JSON.parse(interactions.at(-1)?.propertiesJson ?? "{}");
  return isJson(value) ? value : {};
}
