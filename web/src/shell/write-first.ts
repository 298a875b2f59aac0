import { useSyncExternalStore } from "react";
import type { CustomerBrief } from "../../../sdk/index.ts";

/** Whom to write to first; nobody yet when the member still has to choose. */
export interface Writing {
  customer?: CustomerBrief;
}

const listeners = new Set<() => void>();
let current: Writing | null = null;

/** Opens the sheet for writing first, from anywhere. */
export function writeFirst(next: Writing | null): void {
  current = next;
  for (const tell of listeners) tell();
}

export function useWriteFirst(): [Writing | null, (next: Writing | null) => void] {
  const writing = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => current,
  );
  return [writing, writeFirst];
}
