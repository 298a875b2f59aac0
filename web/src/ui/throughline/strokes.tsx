import type { Dot, Drawing } from "./draw-line.ts";

interface StrokesProps {
  drawing: Drawing;
  /** Which dots to show: all, or only the last. */
  marks: "all" | "last";
  radius: number;
}

/** The paths and dots of a drawing, the same at every size. */
export function Strokes({ drawing, marks, radius }: StrokesProps) {
  const dots = marks === "all" ? drawing.dots : drawing.dots.slice(-1);
  return (
    <>
      {drawing.band && <path className="tl-band" d={drawing.band} />}
      <path className="tl-path" d={drawing.line} />
      {drawing.turns.map((turn) => (
        <path key={turn.path} className={`tl-turn tl-${turn.feeling}`} d={turn.path} />
      ))}
      {drawing.ticks.map((tick) => (
        <path key={tick.x} className="tl-tick" d={`M${tick.x} ${tick.y - 4}V${tick.y + 4}`} />
      ))}
      {drawing.future && <path className="tl-next" d={drawing.future} />}
      {dots.map((dot) => (
        <Mark key={dot.index} dot={dot} radius={radius} />
      ))}
    </>
  );
}

/** Solid when the customer came to us, open when we went to them. */
export function Mark({ dot, radius }: { dot: Dot; radius: number }) {
  return dot.initiative === "reactive" ? (
    <circle className="tl-solid" cx={dot.x} cy={dot.y} r={radius} />
  ) : (
    <circle className="tl-open" cx={dot.x} cy={dot.y} r={radius - 0.25} />
  );
}
