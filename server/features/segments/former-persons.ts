/** A person as it was while it was made of just these customers. */
export interface Former {
  /** Who stood for it. */
  root: number;
  members: readonly number[];
  /** When it became another person, or several. */
  endedAt: Date;
  /** By segment. Inherited: in since a part of it was, and the log told it of that part only. */
  memberships: ReadonlyMap<number, { since: Date; inherited: boolean }>;
}

/** What is known of a person that has just come to be, for one segment. */
export interface Past {
  /** Since when it has been in, should it be in now; null: only now. */
  since: Date | null;
  /** Whether the log last told of the one who stands for it that they entered; null: nothing is known of that. */
  told: boolean | null;
  /** Whether it has been in only by a part of it of which another stood. */
  inherited: boolean;
  /** What it did last as part of another person; null: nothing. */
  crossed: Crossed | null;
}

/** Somebody entered, or left. In milliseconds. */
export interface Crossed {
  at: number;
  isIn: boolean;
}

export type PastOf = (segmentId: number) => Past;

/** A merge that stands. */
export interface Joining {
  fromId: number;
  intoId: number;
  /** When it was done, in milliseconds. */
  at: number;
}

/** What was before several persons became one: who was in a segment longest counts. */
export function pastOfJoined(person: { root: number }, parts: readonly Former[]): PastOf {
  const own = parts.find((each) => each.root === person.root);
  return (segmentId) => {
    const moments = parts.flatMap((part) => part.memberships.get(segmentId)?.since.getTime() ?? []);
    const told = own ? isTold(own, segmentId) : null;
    const since = moments.length === 0 ? null : new Date(Math.min(...moments));
    return { since, told, inherited: since !== null && told !== true, crossed: null };
  };
}

/** Whether the log last told of a customer that they entered, while they stood for a person. */
export function toldOf(root: number, formers: readonly Former[], segmentId: number): boolean | null {
  const [last] = newestFirst(formers.filter((each) => each.root === root));
  return last ? isTold(last, segmentId) : null;
}

function isTold({ memberships }: Former, segmentId: number): boolean {
  return memberships.get(segmentId)?.inherited === false;
}

/**
 * From where a person's life is lived again, had only the merges been done that stand: for each of its customers the
 * person that ended last of those that there would have been then, too. What was kept of it holds as it is.
 * @param merges that stand and join customers of this person
 * @returns null when somebody is not remembered
 */
export function beginningsOf(members: readonly number[], merges: readonly Joining[], remembered: readonly Former[]): Former[] | null {
  const left = new Set(members);
  const beginnings: Former[] = [];
  for (const former of newestFirst(remembered)) {
    if (!former.members.every((id) => left.has(id)) || !isJoined(former, merges)) continue;
    beginnings.push(former);
    for (const id of former.members) left.delete(id);
  }
  return left.size === 0 ? beginnings : null;
}

/** Whether merges that stand made these customers one person before it ended. */
function isJoined({ members, endedAt }: Former, merges: readonly Joining[]): boolean {
  const inside = merges.filter(({ fromId, intoId, at }) => members.includes(fromId) && members.includes(intoId) && at <= endedAt.getTime());
  return inside.length === members.length - 1;
}

function newestFirst(formers: readonly Former[]): Former[] {
  return formers.toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime() || b.members.length - a.members.length);
}
