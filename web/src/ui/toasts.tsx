import { useSyncExternalStore } from "react";
import { Button } from "./button.tsx";

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
  /** A second thing to do, such as "Send now". */
  now?: { label: string; run: () => void };
}

let shown: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function show(next: readonly Toast[]): void {
  shown = next;
  for (const tell of listeners) tell();
}

/** Says what happened, for eight seconds, with a way back. Returns how to take it away. */
export function toast(text: string, { undo, now, ms = 8000 }: { undo?: () => void; now?: Toast["now"]; ms?: number } = {}): () => void {
  count += 1;
  const id = count;
  const away = (): void => show(shown.filter((other) => other.id !== id));
  show([...shown.slice(-2), { id, text, undo, now }]);
  setTimeout(away, ms);
  return away;
}

/** Undoes what was done last, if it still can be. */
export function undoLast(): void {
  const last = shown.findLast((each) => each.undo);
  if (!last) return;
  show(shown.filter((other) => other !== last));
  last.undo?.();
}

/** Where the toasts are. */
export function Toasts() {
  const toasts = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => shown,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed start-[216px] bottom-11 z-50 flex flex-col items-start gap-2 max-wide:start-[68px] max-phone:inset-x-0 max-phone:top-15 max-phone:bottom-auto max-phone:items-center max-phone:px-4"
    >
      {toasts.map((each) => (
        <div
          key={each.id}
          className="pointer-events-auto flex max-w-full animate-[appear_var(--calm)] items-center gap-2 rounded-m bg-ink py-1.5 ps-3.5 pe-1.5 text-on-ink shadow-2"
        >
          <span className="min-w-0 py-1 [overflow-wrap:anywhere]">{each.text}</span>
          {each.now && <ToastButton label={each.now.label} onPress={() => dismiss(each, each.now?.run)} />}
          {each.undo && <ToastButton label="Undo" keys="Z" onPress={() => dismiss(each, each.undo)} />}
        </div>
      ))}
    </div>
  );
}

function ToastButton({ label, keys, onPress }: { label: string; keys?: string; onPress: () => void }) {
  return (
    <Button look="ink" keys={keys} className="underline decoration-1 underline-offset-3 focus-visible:outline-on-ink" onClick={onPress}>
      {label}
    </Button>
  );
}

function dismiss(each: Toast, then?: () => void): void {
  show(shown.filter((other) => other !== each));
  then?.();
}
