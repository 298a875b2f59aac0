/**
 * Which customers are one person: those that standing merges connect. Of two persons the one merged into gives the
 * root. Doing any merges in their order, and taking some back, is the same as doing only those that stand.
 * @param merges in the order in which they were done
 * @returns for each customer its root
 */
export function joinPersons(
  customerIds: Iterable<number>,
  merges: readonly { fromId: number; intoId: number }[],
  before: ReadonlyMap<number, number> = new Map(),
): Map<number, number> {
  const roots = new Map([...customerIds].map((id) => [id, before.get(id) ?? id]));
  const rootOf = (id: number): number => roots.get(id) ?? id;
  for (const { fromId, intoId } of merges) {
    const [from, into] = [rootOf(fromId), rootOf(intoId)];
    if (from === into) continue;
    for (const [id, root] of roots) if (root === from) roots.set(id, into);
    roots.set(from, into);
    roots.set(into, into);
  }
  return roots;
}
