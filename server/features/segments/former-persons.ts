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
}

/**
 * What was before a person came to be. Of several who became one, who was in a segment longest counts. Of one who came
 * apart again, what was kept when it became part of another counts: as if it had never been.
 * @param ending the persons that its customers were until now
 * @param remembered persons that ended before
 */
export function pastOf(
  person: { root: number; members: readonly number[] },
  ending: readonly Former[],
  remembered: readonly Former[],
): (segmentId: number) => Past {
  const own = new Set(person.members);
  const joined = ending.filter((each) => each.members.every((id) => own.has(id)));
  const parts = joined.length > 0 ? joined : coverOf(own, newestFirst(remembered));
  const sinceIn = joined.length > 0 ? earliestOf(parts) : sinceParted(person.root, ending, parts);
  const isRoot = (each: Former): boolean => each.root === person.root;
  const [ownPart, lastAsRoot] = [parts.find(isRoot), newestFirst([...remembered, ...ending].filter(isRoot))[0]];
  return (segmentId) => {
    const since = sinceIn(segmentId);
    const told = lastAsRoot ? isTold(lastAsRoot, segmentId) : null;
    return { since, told, inherited: since !== null && told !== true && !(ownPart && isTold(ownPart, segmentId)) };
  };
}

function isTold({ memberships }: Former, segmentId: number): boolean {
  return memberships.get(segmentId)?.inherited === false;
}

type SinceIn = (segmentId: number) => Date | null;

function earliestOf(parts: readonly Former[]): SinceIn {
  return (segmentId) => {
    const moments = parts.flatMap((part) => part.memberships.get(segmentId)?.since.getTime() ?? []);
    return moments.length === 0 ? null : new Date(Math.min(...moments));
  };
}

/** Who was in by no part of its own may have entered meanwhile, as the whole person did, though not before its parts had met. */
function sinceParted(root: number, ending: readonly Former[], parts: readonly Former[]): SinceIn {
  const whole = ending.find((each) => each.members.includes(root));
  const metAt = Math.max(...parts.map((part) => part.endedAt.getTime()));
  const before = earliestOf(parts);
  return (segmentId) => {
    const meanwhile = whole?.memberships.get(segmentId)?.since.getTime();
    const found = before(segmentId);
    if (found !== null || meanwhile === undefined || parts.length === 0) return found;
    if (parts.length > 1) return new Date(Math.max(meanwhile, metAt));
    return meanwhile > metAt ? new Date(meanwhile) : null;
  };
}

/** Former persons that make up these customers, the last to end first; none when they do not make up all of them. */
function coverOf(members: ReadonlySet<number>, remembered: readonly Former[]): Former[] {
  const left = new Set(members);
  const cover: Former[] = [];
  for (const former of remembered) {
    if (!former.members.every((id) => left.has(id))) continue;
    cover.push(former);
    for (const id of former.members) left.delete(id);
  }
  return left.size === 0 ? cover : [];
}

function newestFirst(formers: readonly Former[]): Former[] {
  return formers.toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime() || b.members.length - a.members.length);
}
