import { useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useKeys } from "../../shell/keys.ts";
import { formatPoints, formatShortDay } from "../../shell/words.ts";
import { useWidth } from "../use-width.ts";
import { drawLine } from "./draw-line.ts";
import { foldMoments } from "./fold-moments.ts";
import { Labels } from "./labels.tsx";
import type { Frame, Moment } from "./moments.ts";
import { heightOf } from "./moments.ts";
import { lineSentence } from "./sentence.ts";
import { Stages } from "./stages.tsx";
import { Strokes } from "./strokes.tsx";

interface LargeProps {
  moments: readonly Moment[];
  future?: string | null;
  onOpen?: (moment: Moment) => void;
}

const height = 276;
const top = 44;
const bottom = 22;

/** Above the stages at the end; on phones below the line, for there the stages need the room. */
const foldLook = "underline-quiet absolute end-0 -top-1 min-h-6 text-s text-text-2 max-phone:static max-phone:min-h-11";

/** A whole life, across the page. Arrow keys and [ ] walk its moments. */
export function Large({ moments, future = null, onOpen }: LargeProps) {
  const [ref, width] = useWidth();
  const [unfolded, setUnfolded] = useState(false);
  const shown = useMemo(() => foldMoments(moments, unfolded ? 400 : Math.max(6, Math.floor(width / 62))), [moments, width, unfolded]);
  const frame = useMemo(() => frameOf(width, shown), [width, shown]);
  const drawing = useMemo(() => drawLine(shown, frame), [shown, frame]);
  const [current, setCurrent] = useState<number | null>(null);
  const lastY = drawing.dots.at(-1)?.y ?? 0;
  const futureY = lastY + (lastY > heightOf(50, frame) ? 16 : -8);
  const walked = current === null ? null : shown[Math.min(current, shown.length - 1)];
  const walkedDot = current === null ? null : drawing.dots[Math.min(current, shown.length - 1)];

  const group = useRef<HTMLDivElement>(null);
  const stepBy = (step: number): void => {
    group.current?.focus();
    setCurrent((at) => Math.min(shown.length - 1, Math.max(0, (at ?? shown.length) + step)));
  };
  useKeys([
    { keys: "[", label: "Earlier moment on the line", group: "List", run: () => stepBy(-1) },
    { keys: "]", label: "Later moment on the line", group: "List", run: () => stepBy(1) },
  ]);

  function walk(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter" && walked) return walked.count ? setUnfolded(true) : onOpen?.(walked);
    if (event.key === "Home") setCurrent(0);
    else if (event.key === "End") setCurrent(shown.length - 1);
    else if (step) stepBy(step);
    else return;
    event.preventDefault();
  }

  if (shown.length === 0) return <p className="flex h-44 items-center text-text-3">No moments yet. The line starts with the first one.</p>;
  return (
    <div ref={ref} className="relative">
      <div
        ref={group}
        role="group"
        aria-label={`The line. ${lineSentence(moments, formatShortDay)}. Arrow keys walk its ${shown.length} moments.`}
        tabIndex={0}
        onKeyDown={walk}
        onBlur={() => setCurrent(null)}
        className="rounded-m"
      >
        <svg className="tl tl-main tl-draw" width={width} height={height} viewBox={`0 ${-top} ${width} ${height}`} aria-hidden="true">
          <Stages moments={shown} drawing={drawing} width={width} top={-top} bottom={frame.height + bottom} />
          <path className="tl-middle" d={`M0 ${heightOf(50, frame)}H${width}`} />
          <text className="tl-scale" x={width} y={heightOf(50, frame) + (lastY > heightOf(50, frame) ? -5 : 13)} textAnchor="end">
            50
          </text>
          <Strokes drawing={drawing} marks="all" radius={4.5} />
          <Labels
            moments={shown}
            drawing={drawing}
            width={width}
            clear={future ? [{ x: width - 60, y: futureY - 4 }] : []}
            top={-top + 20}
            bottom={frame.height + bottom}
          />
          {future && (
            <text className="tl-detail" x={width} y={futureY} textAnchor="end">
              {future}
            </text>
          )}
          {walkedDot && <circle cx={walkedDot.x} cy={walkedDot.y} r={9} fill="none" stroke="var(--ink)" strokeWidth={2} />}
        </svg>
      </div>
      <p className="sr-only" aria-live="polite">
        {walked ? momentWords(walked) : ""}
      </p>
      {walked && walkedDot && <WalkedNote moment={walked} x={walkedDot.x} width={width} />}
      {unfolded && (
        <button type="button" className={foldLook} onClick={() => setUnfolded(false)}>
          Fold alike moments
        </button>
      )}
      {!unfolded && drawing.dots.some((dot) => dot.folded) && (
        <button type="button" className={foldLook} onClick={() => setUnfolded(true)}>
          Unfold all {moments.length}
        </button>
      )}
    </div>
  );
}

function WalkedNote({ moment, x, width }: { moment: Moment; x: number; width: number }) {
  return (
    <p
      className="pointer-events-none absolute bottom-0 rounded-m bg-raised px-2.5 py-1 text-s whitespace-nowrap shadow-1"
      style={x > width / 2 ? { insetInlineEnd: width - x } : { insetInlineStart: x }}
      aria-hidden="true"
    >
      {momentWords(moment)}
    </p>
  );
}

function momentWords(moment: Moment): string {
  const many = (moment.count ?? 1) > 1 ? `${moment.count} times, last ` : "";
  return `${moment.label ?? "A moment"}, ${many}${formatShortDay(moment.at)}: ${formatPoints(moment.points)} to ${Math.round(moment.score)}`;
}

/** The scale fits the life, never narrower than forty points. */
function frameOf(width: number, moments: readonly Moment[]): Frame {
  const scores = moments.flatMap((moment) => [moment.score, moment.low ?? moment.score, moment.high ?? moment.score]);
  const middle = (Math.min(...scores, 50) + Math.max(...scores, 50)) / 2;
  const reach = Math.max(20, (Math.max(...scores, 50) - Math.min(...scores, 50)) / 2 + 4);
  return {
    width,
    height: height - top - bottom,
    bottom: middle - reach,
    top: middle + reach,
    start: (moments[0]?.count ?? 1) > 1 ? Math.min(140, width / 4) : 32,
    end: 64,
    threshold: 1,
    spacing: "time",
    future: true,
  };
}
