/** Something that will happen in a moment unless it is taken back. */
export interface Held {
  /** Does it at once. */
  now: () => void;
  /** Takes it back. */
  undo: () => void;
}

const waiting = new Set<() => void>();

/**
 * Waits before doing something, so that it can be undone without the server having
 * to forget it. Leaving the page does what is waiting.
 */
export function hold(run: () => void, ms = 10_000): Held {
  const act = (): void => {
    if (!waiting.delete(act)) return;
    clearTimeout(timer);
    run();
  };
  waiting.add(act);
  const timer = setTimeout(act, ms);
  return {
    now: act,
    undo: () => {
      waiting.delete(act);
      clearTimeout(timer);
    },
  };
}

/** Does everything that still waits. */
export function releaseHeld(): void {
  for (const act of [...waiting]) act();
}

if (typeof window !== "undefined") window.addEventListener("pagehide", releaseHeld);
