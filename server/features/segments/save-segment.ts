import { audit, authorize, type Actor } from "../access/index.ts";
import { betweenDigests } from "../interactions/index.ts";
import { transaction, type Scope, type Tx } from "../../platform/db/index.ts";
import { conflict, notFound } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { enqueueComputing } from "./compute-segment.ts";
import { sameText, sourcesOf } from "./condition.ts";
import { expand } from "./expand.ts";
import { forgetFactsSoon } from "./forget-facts.ts";
import { namedIn, refuseCircle, segmentsIn } from "./named.ts";
import {
  deleteSegment,
  findSegment,
  insertSegment,
  listSegments,
  lockDefinitions,
  updateSegment,
  waitAgain,
  type Segment,
} from "./queries.ts";
import type { Where } from "./where.ts";

export interface SegmentInput {
  name: string;
  where: Where;
}

/**
 * Makes a segment. Its members are computed in the background and kept from then on.
 * @throws Problem 400 when the conditions name what is not there, 409 when there is one of that name
 */
export async function createSegment(actor: Actor, input: SegmentInput): Promise<Segment> {
  authorize(actor, "segments:write");
  return transaction(actor, async (tx) => {
    await lockDefinitions(tx);
    const named = await namedIn(tx);
    refuseCircle("", input.where, named);
    const reads = sourcesOf(expand(input.where, named));
    const segment = await insertSegment(tx, { ...input, reads, createdBy: actor.memberId });
    if (!segment) throw nameTaken(input.name);
    await enqueueComputing(tx, segment);
    await audit(tx, actor, { action: "segments.create", subject: publicId("seg", segment.id), after: input });
    return segment;
  });
}

/**
 * Changes a segment's name and conditions. Until the new ones have been computed, members are kept by the old ones.
 * @throws Problem 400, 404, 409 as above
 */
export async function changeSegment(actor: Actor, id: number, input: SegmentInput): Promise<Segment> {
  authorize(actor, "segments:write");
  return transaction(actor, async (tx) => {
    await lockDefinitions(tx);
    const before = await requireSegment(tx, id);
    const all = await listSegments(tx);
    if (all.some((other) => other.id !== id && other.name.toLowerCase() === input.name.toLowerCase())) throw nameTaken(input.name);
    const own = publicId("seg", id);
    refuseCircle(own, input.where, await namedIn(tx, { id: own, where: input.where }));

    await updateSegment(tx, id, input);
    if (sameText(before.where) !== sameText(input.where)) await computeAgain(tx, [id, ...dependentsOf(own, all)]);
    await audit(tx, actor, {
      action: "segments.change",
      subject: own,
      before: { name: before.name, where: before.where },
      after: input,
    });
    return requireSegment(tx, id);
  });
}

/**
 * Removes a segment. The log keeps who entered and left.
 * @throws Problem 404; 409 while another segment depends on it
 */
export async function removeSegment(actor: Actor, id: number): Promise<void> {
  authorize(actor, "segments:write");
  await transaction(actor, async (tx) => {
    await lockDefinitions(tx);
    await betweenDigests(tx);
    const segment = await requireSegment(tx, id);
    const own = publicId("seg", id);
    const other = (await listSegments(tx)).find((each) => segmentsIn(each.where).includes(own));
    if (other) throw conflict(`“${other.name}” depends on this segment.`);
    await deleteSegment(tx, id);
    await forgetFactsSoon(tx);
    await audit(tx, actor, { action: "segments.remove", subject: own, before: { name: segment.name, where: segment.where } });
  });
}

/** @throws Problem 404 */
export async function requireSegment(scope: Scope, id: number): Promise<Segment> {
  const segment = await findSegment(scope, id);
  if (!segment) throw notFound("segment");
  return segment;
}

async function computeAgain(tx: Tx, ids: readonly number[]): Promise<void> {
  const named = await namedIn(tx);
  for (const id of ids) {
    const { where } = await requireSegment(tx, id);
    await waitAgain(tx, id, sourcesOf(expand(where, named)));
    await enqueueComputing(tx, { id, workspaceId: tx.workspaceId });
  }
}

/** Whoever names it, and whoever names those. */
function dependentsOf(own: string, all: readonly Segment[]): number[] {
  const found = new Set<number>();
  const names = new Set([own]);
  for (let isGrowing = true; isGrowing;) {
    const next = all.filter((each) => !found.has(each.id) && segmentsIn(each.where).some((name) => names.has(name)));
    for (const each of next) {
      found.add(each.id);
      names.add(publicId("seg", each.id));
    }
    isGrowing = next.length > 0;
  }
  return [...found];
}

function nameTaken(name: string): Error {
  return conflict(`There is a segment called “${name}” already.`);
}
