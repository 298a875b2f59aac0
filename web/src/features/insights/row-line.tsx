import type { BoardRow } from "../../../../sdk/index.ts";
import { drawLine, Strokes } from "../../ui/throughline/index.ts";
import type { Frame } from "../../ui/throughline/index.ts";
import { formatFigure, smallerIsBetter } from "./figures.ts";

/** The weeks of a figure as a line. Up is always better. */
export function RowLine({ row }: { row: BoardRow }) {
  const known = row.series.flatMap((each) => (each.value === null ? [] : [{ at: Date.parse(each.week), value: each.value }]));
  if (known.length < 3) return known.length === 0 ? null : <span className="text-s text-text-3">few weeks</span>;
  const turned = smallerIsBetter(row) ? -1 : 1;
  const values = known.map((each) => each.value * turned);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * 0.25, Math.abs(high) * 0.04, 0.5);
  const frame: Frame = {
    width: 80,
    height: 16,
    bottom: low - room,
    top: high + room,
    start: 3,
    end: 4,
    threshold: row.change?.significant ? (high - low) * 0.3 : Infinity,
    spacing: "even",
  };
  const moments = known.map((each, index) => ({
    at: each.at,
    score: values[index] ?? 0,
    points: index === 0 ? 0 : (values[index] ?? 0) - (values[index - 1] ?? 0),
    initiative: "reactive" as const,
  }));
  const first = known[0]?.value ?? 0;
  const last = known.at(-1)?.value ?? 0;
  return (
    <svg
      className="tl"
      width={80}
      height={22}
      viewBox="0 -3 80 22"
      role="img"
      aria-label={`${known.length} weeks: ${formatFigure(first, row.unit)} first, ${formatFigure(last, row.unit)} last`}
    >
      <Strokes drawing={drawLine(moments, frame)} marks="last" radius={2.5} />
    </svg>
  );
}
