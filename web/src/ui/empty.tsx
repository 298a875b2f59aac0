import type { ReactNode } from "react";

/** One sentence, and one way on. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 px-5 py-8 text-text-2">
      <svg width={56} height={26} viewBox="0 0 56 26" aria-hidden="true">
        <path className="tl-next" d="M1 13H55" />
      </svg>
      <p className="max-w-80">{children}</p>
      {action}
    </div>
  );
}
