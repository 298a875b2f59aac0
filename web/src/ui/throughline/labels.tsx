import { formatShortDay } from "../../shell/words.ts";
import type { Drawing } from "./draw-line.ts";
import type { Moment } from "./moments.ts";
import { placeLabels, widthOf } from "./place-labels.ts";

interface LabelsProps {
  moments: readonly Moment[];
  drawing: Drawing;
  width: number;
  top: number;
  bottom: number;
  /** Middles of other words, 120 wide, that labels keep away from. */
  clear: readonly { x: number; y: number }[];
}

/** What happened, beside the dots where it happened. */
export function Labels({ moments, drawing, width, top, bottom, clear }: LabelsProps) {
  const words = moments.map((moment) => ({ label: short(moment.label ?? ""), detail: detailOf(moment) }));
  const wanted = drawing.dots.map((dot, index) => ({
    x: dot.x,
    y: dot.y,
    width: Math.max(widthOf(words[index]?.label ?? "", 12), widthOf(words[index]?.detail ?? "", 11)),
    height: 29,
  }));
  return placeLabels(wanted, { width, top, bottom, trace: [...drawing.trace, ...clear.flatMap(wordsAt)] }).map((box) => {
    const dot = drawing.dots[box.index];
    const far = dot && (box.side === "above" ? dot.y - box.top - box.height > 14 : box.top - dot.y > 14);
    const middle = box.left + box.width / 2;
    return (
      <g key={box.index} textAnchor="middle">
        {far && dot && (
          <path
            className="tl-hair"
            stroke="var(--line-strong)"
            d={box.side === "above" ? `M${dot.x} ${box.top + box.height}V${dot.y - 7}` : `M${dot.x} ${box.top}V${dot.y + 7}`}
          />
        )}
        <text className="tl-label" x={middle} y={box.top + 12}>
          {words[box.index]?.label}
        </text>
        <text className="tl-detail" x={middle} y={box.top + 26}>
          {words[box.index]?.detail}
        </text>
      </g>
    );
  });
}

function short(words: string): string {
  return words.length > 36 ? `${words.slice(0, 35).trimEnd()}…` : words;
}

function detailOf(moment: Moment): string {
  if (moment.detail !== undefined) return moment.detail;
  return (moment.count ?? 1) > 1 ? `${moment.count} times` : formatShortDay(moment.at);
}

function wordsAt({ x, y }: { x: number; y: number }): { x: number; y: number }[] {
  return [-60, -40, -20, 0, 20, 40, 60].flatMap((across) => [-6, 0, 6].map((down) => ({ x: x + across, y: y + down })));
}
