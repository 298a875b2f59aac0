/** A label that wants a place beside its dot. Sizes are in pixels. */
export interface Wanted {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a label went: its box, and the dot it belongs to. */
export interface Placed {
  index: number;
  left: number;
  top: number;
  width: number;
  height: number;
  side: "above" | "below";
}

/** What labels have to keep clear of, and inside of. */
export interface Room {
  width: number;
  top: number;
  bottom: number;
  trace: readonly { x: number; y: number }[];
}

const distances = [9, 20, 34, 50];
const clear = 4;

/**
 * Gives each label a box. Labels alternate above and below, never cross one another
 * or the line, and stay inside the room. The newest are placed first, so when it is
 * crowded the oldest go without.
 */
export function placeLabels(wanted: readonly Wanted[], room: Room): Placed[] {
  const placed: Placed[] = [];
  let side: "above" | "below" = "above";
  for (let index = wanted.length - 1; index >= 0; index -= 1) {
    const label = wanted[index];
    if (!label) continue;
    const box = firstFree(label, index, side, placed, room);
    if (!box) continue;
    placed.push(box);
    side = box.side === "above" ? "below" : "above";
  }
  return placed.reverse();
}

function firstFree(label: Wanted, index: number, side: "above" | "below", placed: readonly Placed[], room: Room): Placed | null {
  for (const box of candidates(label, index, side, room)) {
    if (box.top < room.top || box.top + box.height > room.bottom) continue;
    if (placed.some((other) => overlap(box, other))) continue;
    if (room.trace.some((point) => covers(box, point))) continue;
    return box;
  }
  return null;
}

function* candidates(label: Wanted, index: number, first: "above" | "below", room: Room): Generator<Placed> {
  const sides = first === "above" ? (["above", "below"] as const) : (["below", "above"] as const);
  for (const distance of distances) {
    for (const side of sides) {
      const top = side === "above" ? label.y - distance - label.height : label.y + distance;
      for (const shift of [0.5, 0.15, 0.85]) {
        const left = Math.min(Math.max(0, label.x - label.width * shift), Math.max(0, room.width - label.width));
        if (label.x < left - 8 || label.x > left + label.width + 8) continue;
        yield { index, left, top, width: label.width, height: label.height, side };
      }
    }
  }
}

function overlap(a: Placed, b: Placed): boolean {
  return a.left < b.left + b.width + clear && b.left < a.left + a.width + clear && a.top < b.top + b.height && b.top < a.top + a.height;
}

function covers(box: Placed, point: { x: number; y: number }): boolean {
  const margin = 3;
  return (
    point.x > box.left - margin &&
    point.x < box.left + box.width + margin &&
    point.y > box.top - margin &&
    point.y < box.top + box.height + margin
  );
}

/** About how wide words are, in Instrument Sans. Slightly too wide, never too narrow. */
export function widthOf(words: string, size: number): number {
  return Math.ceil(words.length * size * 0.55) + 4;
}
