/** Turns once something has taken longer than 300 ms. */
export function Spinner() {
  return (
    <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true" className="animate-[spin_.8s_linear_infinite,appear_.1s_.3s_both]">
      <path d="M7 1a6 6 0 1 1-6 6" fill="none" stroke="currentColor" strokeWidth={1.75} strokeLinecap="round" />
    </svg>
  );
}
