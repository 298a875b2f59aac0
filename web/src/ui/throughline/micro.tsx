import { memo } from "react";
import { formatShortDay } from "../../shell/words.ts";
import { drawLine } from "./draw-line.ts";
import type { Frame, Moment } from "./moments.ts";
import { lineSentence } from "./sentence.ts";
import { Strokes } from "./strokes.tsx";

const frame: Frame = { width: 56, height: 20, bottom: 42, top: 80, start: 3, end: 3, threshold: 6, spacing: "even" };

/** The line in a row, 56×26. One scale for all rows, so that they compare. */
export const Micro = memo(function Micro({ moments, ground }: { moments: readonly Moment[]; ground?: string }) {
  const shown = moments.slice(-7);
  return (
    <svg
      className="tl"
      style={ground ? { ["--tl-ground" as string]: ground } : undefined}
      width={56}
      height={26}
      viewBox="0 -3 56 26"
      role="img"
      aria-label={`Line: ${lineSentence(moments, formatShortDay)}`}
    >
      {shown.length === 0 ? (
        <path className="tl-next" d="M1 10H55" />
      ) : (
        <Strokes drawing={drawLine(shown, frame)} marks="last" radius={2.5} />
      )}
    </svg>
  );
});
