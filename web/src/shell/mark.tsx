/** The product's mark: a line that turns, and the moment where it ends. */
export function ProductMark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <path d="M3 13h5c6 0 4 12 10 12s4-17 9-17" fill="none" stroke="var(--ink)" strokeWidth={3} strokeLinecap="round" />
      <circle cx="27" cy="8" r="3.5" fill="var(--ink)" />
    </svg>
  );
}
