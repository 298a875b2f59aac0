import { authorize, type Actor } from "../access/index.ts";
import { readNames, type Named } from "../customers/index.ts";
import { now } from "../../platform/clock.ts";
import { reading } from "../../platform/db/index.ts";
import { isJson, type Json } from "./json.ts";
import type { ReadEvent, Refused } from "./read-event.ts";
import { readHook } from "./read-hook.ts";
import { whyNobodyIs } from "./why-nobody-is.ts";

export interface Trial {
  /** With what each customer would be known by. */
  interactions: (ReadEvent & { names: Named[] })[];
  refusals: Refused[];
  /** Why the mapping failed; null when it did not. */
  error: string | null;
}

/** The test bench: what a hook with this mapping would make of a sample, by the same rules, without recording anything. */
export async function tryMapping(actor: Actor, input: { mapping: string; body: unknown }): Promise<Trial> {
  authorize(actor, "workspace:write");
  const { workspaceId } = actor;
  const read = await readHook({ workspaceId, mapping: input.mapping, source: "trial" }, input.body, now());
  if (read.outcome === "failed") return { interactions: [], refusals: [], error: read.reason };
  if (read.outcome === "refused") return { interactions: [], refusals: [{ reason: read.reason, event: input.body }], error: null };

  const events = read.made.filter((each): each is ReadEvent => !("reason" in each));
  const names = await readNames(
    reading(actor),
    events.map(({ sighting }) => sighting),
  );
  const trial: Trial = { interactions: [], refusals: [], error: null };
  let next = 0;
  for (const each of read.made) {
    const { usable = [], refused = [] } = "reason" in each ? {} : (names[next++] ?? {});
    if ("reason" in each) trial.refusals.push(each);
    else if (usable.length === 0) trial.refusals.push({ reason: whyNobodyIs(each, refused), event: each.came });
    else trial.interactions.push({ ...each, names: usable });
  }
  return trial;
}

/** What stands in the log of an event that was read. */
export function propertiesOf({ interactions }: ReadEvent): Json {
  const value: unknown = JSON.parse(interactions.at(-1)?.propertiesJson ?? "{}");
  return isJson(value) ? value : {};
}
