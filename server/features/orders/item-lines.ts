import { placeOf, stands, type Fact, type FileWords } from "./fact.ts";
import type { OrderItem } from "./words.ts";

/**
 * An order's items after a file told of some, one to a line: they join those that other lines of the same file told, in the
 * order of the file, wherever the lines stand and however often they come; and take the place of what others said.
 */
export function withItemLines(before: Fact<OrderItem[]> | undefined, items: OrderItem[], at: string, from: FileWords): Fact<unknown> {
  const fact = { value: items, at, from: placeOf(from), lines: [...from.itemLines] };
  if (before === undefined) return fact;
  if (before.lines !== undefined && before.from?.file === from.file) return joined({ ...before, lines: before.lines }, items, at, from);
  return stands("items", before, fact, from) ? fact : before;
}

function joined(
  before: Fact<OrderItem[]> & { lines: number[] },
  items: readonly OrderItem[],
  at: string,
  from: FileWords,
): Fact<OrderItem[]> {
  const byLine = new Map(before.value.map((item, index) => [before.lines[index] ?? 0, item]));
  if (from.itemLines.every((line) => byLine.has(line))) return before;
  for (const [index, line] of from.itemLines.entries()) {
    const item = items[index];
    if (item) byLine.set(line, item);
  }
  const sorted = [...byLine].sort(([a], [b]) => a - b);
  return {
    value: sorted.map(([, item]) => item),
    at: before.at > at ? before.at : at,
    from: placeOf({ file: from.file, line: sorted.at(-1)?.[0] ?? from.line }),
    lines: sorted.map(([line]) => line),
  };
}

/** How many items it would have. */
export function countWith(before: Fact<OrderItem[]> | undefined, from: FileWords): number {
  const lines = before?.from?.file === from.file ? (before.lines ?? []) : [];
  return new Set([...lines, ...from.itemLines]).size;
}
