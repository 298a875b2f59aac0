import { useId } from "react";

/** The edge of the navigation is the same line: it bends around the place where one is. */
export function Edge() {
  return (
    <Bend
      width={10}
      height={52}
      line="M9.5 0C9.5 14 2.2 15 2.2 26S9.5 38 9.5 52"
      close="H10V0Z"
      className="-end-[13px] top-1/2 -mt-[26px] rtl:-scale-x-100"
    />
  );
}

/** The same bend above a place of the bottom bar. */
export function TopEdge() {
  return (
    <Bend
      width={72}
      height={10}
      line="M0 .5C18 .5 20 7.8 36 7.8S54 .5 72 .5"
      close="V-1H0Z"
      className="-top-px start-1/2 -ms-9 overflow-visible"
    />
  );
}

interface BendProps {
  width: number;
  height: number;
  line: string;
  /** From the line's end round the side of what lies beyond. */
  close: string;
  className: string;
}

/** A bend along the longer side, hairline at its ends and ink in its middle. */
function Bend({ width, height, line, close, className }: BendProps) {
  const id = useId();
  const along = width > height ? { x2: width, y2: 0 } : { x2: 0, y2: height };
  return (
    <svg
      className={`pointer-events-none absolute ${className}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={id} x1="0" y1="0" {...along} gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="var(--line)" />
          <stop offset="0.3" stopColor="var(--ink)" />
          <stop offset="0.7" stopColor="var(--ink)" />
          <stop offset="1" stopColor="var(--line)" />
        </linearGradient>
      </defs>
      <path d={line + close} fill="var(--surface)" />
      <path d={line} fill="none" stroke={`url(#${id})`} strokeWidth={1.5} />
    </svg>
  );
}
