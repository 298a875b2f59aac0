import type { ReactNode } from "react";

/** A key, as it is printed on the keyboard. */
export function KeyCap({ children, onInk = false }: { children: ReactNode; onInk?: boolean }) {
  return (
    <kbd
      aria-hidden="true"
      className={`hidden min-w-4.5 rounded-s border px-1 text-center font-sans text-xs font-medium wide:inline-block pointer-coarse:hidden ${onInk ? "border-current opacity-70" : "border-line text-text-3"}`}
    >
      {children}
    </kbd>
  );
}
