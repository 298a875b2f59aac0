import { useRef, useState } from "react";
import { settle } from "./settled-list.ts";
import type { Settled } from "./settled-list.ts";

interface Held<T> extends Settled<T> {
  /** Holds the rows where they are, or lets them go. */
  hold: (held: boolean) => void;
  release: () => void;
}

/** Keeps a live list still while the pointer is over it or it is scrolled. */
export function useSettledList<T extends { id: string }>(latest: readonly T[], view: string): Held<T> {
  const [held, setHeld] = useState<{ view: string; ids: string[] } | null>(null);
  const current = useRef(latest);
  current.current = latest;
  const ids = held?.view === view ? held.ids : null;
  const { shown, waiting } = settle(latest, ids);
  const take = (): void => setHeld({ view, ids: current.current.map((item) => item.id) });

  return {
    shown: ids ? withMore(shown, latest, ids) : shown,
    waiting,
    hold: (hold) => (hold ? ids === null && take() : setHeld(null)),
    release: take,
  };
}

/** What is loaded at the foot while the list is held is shown there. */
function withMore<T extends { id: string }>(shown: readonly T[], latest: readonly T[], ids: readonly string[]): T[] {
  const known = new Set(ids);
  const last = latest.findLastIndex((item) => known.has(item.id));
  return [...shown, ...latest.slice(last + 1)];
}
