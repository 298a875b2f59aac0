import { useEffect, useRef } from "react";
import { isSingle, nameOf, printed } from "./key-names.ts";
import type { KeyBinding } from "./key-names.ts";
import { appearance } from "./theme.ts";

export type { KeyBinding } from "./key-names.ts";

const layers: { current: readonly KeyBinding[] }[] = [];
let begun = "";
let begunAt = 0;

/** Listens for keys while the component is on the screen. What came last wins. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const layer = useRef(bindings);
  layer.current = bindings;
  useEffect(() => {
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, []);
}

/** All keys that do something here, for the list of keys. */
export function currentKeys(): KeyBinding[] {
  const found = new Map<string, KeyBinding>();
  for (const layer of layers) for (const binding of layer.current) found.set(binding.keys, binding);
  return [...found.values()].filter((binding) => !binding.hidden);
}

/** `mod+k` as this keyboard prints it. */
export function keyCap(keys: string): string {
  return printed(keys, /Mac|iPhone|iPad/u.test(navigator.userAgent));
}

/** Starts listening. Called once. */
export function listenForKeys(): void {
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    const sequence = Date.now() - begunAt < 1200 && begun ? `${begun} ${name}` : name;
    const binding = find(sequence) ?? find(name);
    begun = "";

    if (resting(event.target) && isSingle(binding?.keys ?? name)) return;
    if (binding) {
      event.preventDefault();
      binding.run();
    } else if (startsSequence(name)) {
      begun = name;
      begunAt = Date.now();
    }
  });
}

function find(keys: string): KeyBinding | undefined {
  for (const layer of [...layers].reverse()) {
    const binding = layer.current.find((each) => each.keys === keys);
    if (binding) return binding;
  }
  return undefined;
}

function startsSequence(name: string): boolean {
  return layers.some((layer) => layer.current.some((binding) => binding.keys.startsWith(`${name} `)));
}

function resting(target: EventTarget | null): boolean {
  if (!appearance().singleKeys) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"],[role="menu"],[role="listbox"]')) return true;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
