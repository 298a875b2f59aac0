import { useRef, useState } from "react";
import type { PointerEvent, ReactNode } from "react";

interface SwipeProps {
  /** What a swipe towards the end of the line does, shown beneath. */
  label: ReactNode;
  onSwipe: () => void;
  children: ReactNode;
}

const enough = 96;
const begins = 12;

/** A row that a finger can push aside. Whatever it does has a button elsewhere too. */
export function Swipe({ label, onSwipe, children }: SwipeProps) {
  const start = useRef<{ x: number; y: number } | null>(null);
  const pushed = useRef(false);
  const [across, setAcross] = useState(0);

  function move(event: PointerEvent<HTMLDivElement>): void {
    if (!start.current) return;
    const forward = (event.clientX - start.current.x) * (document.dir === "rtl" ? -1 : 1);
    const aside = Math.abs(event.clientY - start.current.y);
    if (!pushed.current && (forward < begins || aside > forward)) return;
    if (!pushed.current) event.currentTarget.setPointerCapture(event.pointerId);
    pushed.current = true;
    setAcross(Math.max(0, forward));
  }
  function end(): void {
    start.current = null;
    if (across > enough) onSwipe();
    setAcross(0);
  }

  return (
    <div
      className="relative h-full touch-pan-y overflow-hidden bg-sunken"
      onPointerDown={(event) => {
        pushed.current = false;
        if (event.pointerType === "touch") start.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => {
        start.current = null;
        setAcross(0);
      }}
      onClickCapture={(event) => {
        if (!pushed.current) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {across > 0 && (
        <span
          aria-hidden="true"
          className={`absolute inset-y-0 start-4 flex items-center gap-2 font-medium ${across > enough ? "" : "text-text-3"}`}
        >
          {label}
        </span>
      )}
      <div
        className="relative h-full bg-surface"
        style={{
          transform: across > 0 ? `translateX(${document.dir === "rtl" ? -across : across}px)` : undefined,
          transition: across > 0 ? "none" : "transform var(--calm)",
        }}
      >
        {children}
      </div>
    </div>
  );
}
