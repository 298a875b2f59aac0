interface Identified {
  id: string;
}

/** A list that waits under the pointer: what to show, and how many changes wait. */
export interface Settled<T> {
  shown: T[];
  waiting: number;
}

/**
 * While a list is held, rows stay where they are: what is new or has moved up waits,
 * what the member took away goes, and what changed within a row shows at once.
 */
export function settle<T extends Identified>(latest: readonly T[], heldIds: readonly string[] | null): Settled<T> {
  if (heldIds === null) return { shown: [...latest], waiting: 0 };
  const now = new Map(latest.map((item) => [item.id, item]));
  const shown = heldIds.flatMap((id) => now.get(id) ?? []);
  return { shown, waiting: movedIn(latest, shown) };
}

/** How many of the latest would come in or move up, were the list let go. */
function movedIn(latest: readonly Identified[], shown: readonly Identified[]): number {
  const place = new Map(shown.map((item, index) => [item.id, index]));
  let furthest = -1;
  let settledCount = 0;
  for (const item of [...latest].reverse()) {
    const index = place.get(item.id);
    if (index === undefined) continue;
    if (furthest === -1 || index < furthest) {
      furthest = index;
      settledCount += 1;
    }
  }
  const beyond = lastKnown(latest, place);
  return latest.slice(0, beyond + 1).length - settledCount;
}

/** Pages that were loaded further down are no news. */
function lastKnown(latest: readonly Identified[], place: ReadonlyMap<string, number>): number {
  for (let index = latest.length - 1; index >= 0; index -= 1) {
    if (place.has(latest[index]?.id ?? "")) return index;
  }
  return latest.length - 1;
}
