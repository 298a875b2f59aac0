import { useId } from "react";

/** The edge of the navigation is the same line: it bends around the place where one is. */
export function Edge() {
  const id = useId();
  const bend = "M9.5 0C9.5 14 2.2 15 2.2 26S9.5 38 9.5 52";
  return (
    <svg
      className="pointer-events-none absolute -end-[13px] top-1/2 -mt-[26px] rtl:-scale-x-100"
      width={10}
      height={52}
      viewBox="0 0 10 52"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="0" y2="52" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="var(--line)" />
          <stop offset="0.3" stopColor="var(--ink)" />
          <stop offset="0.7" stopColor="var(--ink)" />
          <stop offset="1" stopColor="var(--line)" />
        </linearGradient>
      </defs>
      <path d={`${bend}H10V0Z`} fill="var(--surface)" />
      <path d={bend} fill="none" stroke={`url(#${id})`} strokeWidth={1.5} />
    </svg>
  );
}

/** The same bend above a place of the bottom bar. */
export function TopEdge() {
  const id = useId();
  const bend = "M0 .5C18 .5 20 7.8 36 7.8S54 .5 72 .5";
  return (
    <svg
      className="pointer-events-none absolute -top-px start-1/2 -ms-9 overflow-visible"
      width={72}
      height={10}
      viewBox="0 0 72 10"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="72" y2="0" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="var(--line)" />
          <stop offset="0.3" stopColor="var(--ink)" />
          <stop offset="0.7" stopColor="var(--ink)" />
          <stop offset="1" stopColor="var(--line)" />
        </linearGradient>
      </defs>
      <path d={`${bend}V-1H0Z`} fill="var(--surface)" />
      <path d={bend} fill="none" stroke={`url(#${id})`} strokeWidth={1.5} />
    </svg>
  );
}
