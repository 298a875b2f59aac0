import { standingMerges } from "../customers/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { cursors } from "./compute-segment.ts";
import { beginningsOf, toldOf, type Former, type Joining, type Past, type PastOf } from "./former-persons.ts";
import { formerPersons } from "./former-queries.ts";
import { computedAt, livedBy, recordsOf } from "./replay-queries.ts";
import { Replay } from "./replay.ts";
import type { Kept } from "./registry.ts";

/** A person who came to be as part of another came apart. */
export interface Parted {
  root: number;
  members: readonly number[];
}

/** Since when persons who came apart are in segments, as if only the merges had been done that stand. */
export async function liveAgain(
  tx: Tx,
  kept: Kept,
  persons: readonly Parted[],
  moment: { at: Date; ending: readonly Former[] },
): Promise<Map<number, PastOf>> {
  if (persons.length === 0) return new Map();
  const everybody = persons.flatMap((person) => person.members);
  const remembered = await formerPersons(tx, everybody);
  const merges = (await standingMerges(tx, everybody)).map((merge) => ({ ...merge, at: merge.mergedAt?.getTime() ?? 0 }));
  const pasts = new Map<number, PastOf>();
  for (const person of persons) {
    const sinceOf = await sinceIn(tx, kept, person, { merges, remembered, at: moment.at });
    pasts.set(person.root, (segmentId) => {
      const told = toldOf(person.root, [...remembered, ...moment.ending], segmentId);
      const { since, inherited, crossed } = sinceOf(segmentId);
      return { since, told, inherited: inherited && told !== true, crossed };
    });
  }
  return pasts;
}

type Since = (segmentId: number) => Pick<Past, "since" | "inherited" | "crossed">;

async function sinceIn(
  tx: Tx,
  kept: Kept,
  { members }: Parted,
  known: { merges: readonly Joining[]; remembered: readonly Former[]; at: Date },
): Promise<Since> {
  const joinings = known.merges.filter(({ fromId, intoId }) => members.includes(fromId) && members.includes(intoId));
  const beginnings = beginningsOf(members, joinings, known.remembered);
  if (beginnings === null) return () => ({ since: null, inherited: false, crossed: null });
  const sources = new Set([...kept.rules.values()].flatMap((rule) => rule.sources));
  const replay = new Replay(kept, {
    ...{ beginnings, joinings },
    records: await recordsOf(tx, members, sources),
    computedAt: await computedAt(tx),
  });
  for await (const lived of livedBy(tx, members, [...kept.factsByKind.keys()], await cursors())) replay.take(lived);
  const stands = replay.upTo(known.at.getTime());
  return (segmentId) => {
    const stand = stands.get(segmentId);
    const since = stand?.since ?? stand?.sinceKept ?? null;
    return { since: since === null ? null : new Date(since), inherited: stand?.inherited ?? false, crossed: stand?.crossed ?? null };
  };
}
