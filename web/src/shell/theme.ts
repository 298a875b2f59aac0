import { useSyncExternalStore } from "react";

/** How the interface looks and behaves on this device. */
export interface Appearance {
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact";
  singleKeys: boolean;
}

const place = "throughline.appearance";
const usual: Appearance = { theme: "system", density: "comfortable", singleKeys: true };
const listeners = new Set<() => void>();
let current = read();

/** The appearance, and how to change it. Kept on this device. */
export function useAppearance(): [Appearance, (change: Partial<Appearance>) => void] {
  return [useSyncExternalStore(listen, () => current), changeAppearance];
}

export function appearance(): Appearance {
  return current;
}

/** Puts the appearance on the page. Called once before the first drawing. */
export function applyAppearance(): void {
  const { dataset } = document.documentElement;
  if (current.theme === "system") delete dataset.theme;
  else dataset.theme = current.theme;
  dataset.density = current.density;
}

function changeAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still shows the change.
  }
  applyAppearance();
  for (const tell of listeners) tell();
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

function read(): Appearance {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "{}");
    if (typeof kept !== "object" || kept === null) return usual;
    const fields = new Map<string, unknown>(Object.entries(kept));
    const theme = fields.get("theme");
    return {
      theme: theme === "light" || theme === "dark" ? theme : "system",
      density: fields.get("density") === "compact" ? "compact" : "comfortable",
      singleKeys: fields.get("singleKeys") !== false,
    };
  } catch {
    return usual;
  }
}
