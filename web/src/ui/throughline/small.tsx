import { memo } from "react";
import { formatShortDay } from "../../shell/words.ts";
import { drawLine } from "./draw-line.ts";
import { foldMoments } from "./fold-moments.ts";
import type { Frame, Moment } from "./moments.ts";
import { lineSentence } from "./sentence.ts";
import { Strokes } from "./strokes.tsx";

const frame: Frame = { width: 284, height: 84, bottom: 20, top: 90, start: 8, end: 28, threshold: 1, spacing: "time", future: true };

/** The line beside a conversation, 284×84, with what the last moments did. */
export const Small = memo(function Small({ moments }: { moments: readonly Moment[] }) {
  const shown = foldMoments(moments, 12);
  const first = shown[0];
  const last = shown.at(-1);
  return (
    <figure className="m-0">
      <svg className="tl" width="100%" viewBox="0 0 284 84" role="img" aria-label={lineSentence(moments, formatShortDay)}>
        {first ? (
          <Strokes drawing={drawLine(shown, { ...frame, start: (first.count ?? 1) > 1 ? 64 : frame.start })} marks="all" radius={3.5} />
        ) : (
          <path className="tl-next" d="M0 42H284" />
        )}
      </svg>
      {first && last && (
        <figcaption className="mt-1 flex justify-between text-xs text-text-3" aria-hidden="true">
          <span>{formatShortDay(first.at)}</span>
          {last !== first && <span className="me-6">{formatShortDay(last.at)}</span>}
        </figcaption>
      )}
    </figure>
  );
});
