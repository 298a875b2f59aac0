import { useSyncExternalStore } from "react";

let decided: ReadonlySet<string> = new Set();
const readers = new Set<() => void>();

/** Sent or dropped, and it can still be taken back: until that is over it is shown nowhere, whatever is fetched meanwhile. */
export function setDecided(id: string, isDecided: boolean): void {
  const others = [...decided].filter((each) => each !== id);
  decided = new Set(isDecided ? [...others, id] : others);
  for (const read of readers) read();
}

/** Those of some proposals that nobody has decided about. */
export function useUndecided<Proposal extends { id: string }>(proposals: readonly Proposal[] | undefined): Proposal[] | undefined {
  const ids = useSyncExternalStore(listen, () => decided);
  return proposals?.filter((each) => !ids.has(each.id));
}

function listen(read: () => void): () => void {
  readers.add(read);
  return () => readers.delete(read);
}
