import type { ReactNode } from "react";

/** One sentence, and one way on. Wide: on a page of its own, not in a list. */
export function Empty({ children, action, wide = false }: { children: ReactNode; action?: ReactNode; wide?: boolean }) {
  return (
    <div className={`flex flex-col items-start gap-3 py-8 text-text-2 ${wide ? "px-8 max-phone:px-4" : "px-5"}`}>
      <svg width={56} height={26} viewBox="0 0 56 26" aria-hidden="true">
        <path className="tl-next" d="M1 13H55" />
      </svg>
      <p className="max-w-80">{children}</p>
      {action}
    </div>
  );
}
