import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let current = Date.now();

setInterval(() => {
  current = Date.now();
  for (const tell of listeners) tell();
}, 20_000);

/** The time, every twenty seconds, the same for everything on the screen. */
export function useNow(): number {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => current,
  );
}
