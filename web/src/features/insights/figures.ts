import type { BoardRow } from "../../../../sdk/index.ts";
import { formatDuration, formatNumber } from "../../shell/words.ts";

type Unit = BoardRow["unit"];

/** A figure with its unit: "1 h 52", "87.4 %", "23", "64". */
export function formatFigure(value: number, unit: Unit): string {
  if (unit === "minutes") return formatDuration(value);
  if (unit === "percent") return `${formatNumber(value)}\u2009%`;
  return unit === "score" ? String(Math.round(value)) : formatNumber(value);
}

/** How sure a figure is, or how many it stands on: no figure stands alone. */
export function surenessOf(row: Pick<BoardRow, "value" | "low" | "high" | "unit" | "n" | "note">): string {
  const { value, low, high, unit, n, note } = row;
  const range = low === null || high === null || unit === "count" ? null : rangeOf(low, high, unit);
  const both = [range, note ?? (range || n === value ? null : `of ${formatNumber(n)}`)].filter(Boolean).join(", ");
  if (both.length <= 24) return both;
  return (unit === "minutes" ? note : range) ?? both;
}

function rangeOf(low: number, high: number, unit: Unit): string {
  if (unit === "minutes") return `${formatDuration(low)} to ${formatDuration(high)}`;
  if (unit === "score") return `${Math.round(low)} to ${Math.round(high)}`;
  return `${formatNumber(low)} to ${formatNumber(high)}`;
}

/** What changed, in words that do not need colour. Only a clear change has a direction. */
export function changeOf(row: Pick<BoardRow, "change" | "unit">): { words: string; way: "better" | "worse" | "none" } {
  const { change, unit } = row;
  if (!change || !change.significant) return { words: "no clear change", way: "none" };
  const size = Math.abs(change.value);
  const words = unit === "minutes" ? formatDuration(size) : formatNumber(Math.round(size * 10) / 10);
  return { words, way: change.better ? "better" : "worse" };
}

const lessIsBetter = /late|risk|open|reopen|minutes|response|resolution|fell|gap|waiting/u;

/** Whether a smaller figure is the better one, so that up can be drawn as better. */
export function smallerIsBetter(row: Pick<BoardRow, "change" | "unit" | "metric">): boolean {
  if (row.change && row.change.value !== 0) return row.change.value > 0 !== row.change.better;
  return row.unit === "minutes" || (row.unit === "count" && lessIsBetter.test(row.metric));
}
