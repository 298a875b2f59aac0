import { audit, authorize, type Actor } from "../access/index.ts";
import { STAGES, touchpointsOf } from "../interactions/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { invalid, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { forgetKnown } from "./known.ts";
import { keyOfName, type Placing } from "./placing.ts";
import { deleteMapping, saveMapping } from "./mapping-queries.ts";
import { findSource } from "./queries.ts";

export interface EventName {
  /** 0: for the whole workspace. */
  sourceId: number;
  event: string;
}

/** Says where events of a name belong from now on. What was recorded before stays as it is. @throws Problem 400 for an unknown touchpoint or stage */
export async function mapEvent(actor: Actor, name: EventName, placing: Placing): Promise<void> {
  authorize(actor, "workspace:write");
  await transaction(actor, async (tx) => {
    await requireSource(tx, name.sourceId);
    const touchpoints = await touchpointsOf(tx);
    if (placing.touchpoint !== undefined && !touchpoints.has(placing.touchpoint))
      throw invalid(`There is no touchpoint ${placing.touchpoint}.`);
    if (placing.stage !== undefined && !STAGES.includes(placing.stage)) throw invalid(`A stage is one of ${STAGES.join(", ")}.`);
    await saveMapping(tx, { ...placing, sourceId: name.sourceId, event: keyOfName(name.event) });
    await audit(tx, actor, { action: "event-mappings.set", subject: subjectOf(name), after: { event: name.event, ...placing } });
    tx.afterCommit(forgetKnown);
  });
}

/** Takes back what was said of a name: the workspace's word, or the default, holds again. */
export async function unmapEvent(actor: Actor, name: EventName): Promise<void> {
  authorize(actor, "workspace:write");
  await transaction(actor, async (tx) => {
    if (!(await deleteMapping(tx, name.sourceId, keyOfName(name.event)))) throw notFound("mapping");
    await audit(tx, actor, { action: "event-mappings.remove", subject: subjectOf(name), before: { event: name.event } });
    tx.afterCommit(forgetKnown);
  });
}

async function requireSource(tx: Tx, id: number): Promise<void> {
  if (id !== 0 && !(await findSource(tx, id))) throw notFound("source");
}

function subjectOf({ sourceId, event }: EventName): string {
  return sourceId === 0 ? event : `${publicId("src", sourceId)} ${event}`;
}
