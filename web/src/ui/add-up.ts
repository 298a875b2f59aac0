/** One line of what made a score, in tenths of a point. */
export interface SumRow {
  key: string;
  reason: string;
  points: number;
}

interface Piece {
  interactionId: string | null;
  reason: string;
  points: number;
}

/**
 * The pieces of a score as rows whose shown tenths add up exactly to the score less 50,
 * to the tenth. The largest pieces come first; the rest is "7 more". What rounding leaves
 * over goes to the rows that were rounded the most (largest remainder).
 */
export function addUp(pieces: readonly Piece[], score: number, most: number): SumRow[] {
  const sorted = [...pieces].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const shown = sorted.slice(0, sorted.length > most ? most - 1 : most);
  const rest = sorted.slice(shown.length);
  const exact = shown.map((piece, index) => ({ key: piece.interactionId ?? `piece-${index}`, reason: piece.reason, points: piece.points }));
  if (rest.length > 0) {
    exact.push({ key: "more", reason: `${rest.length} more`, points: rest.reduce((sum, piece) => sum + piece.points, 0) });
  }
  return roundTogether(exact, Math.round((score - 50) * 10));
}

function roundTogether(rows: readonly SumRow[], total: number): SumRow[] {
  const rounded = rows.map((row, index) => ({ index, tenths: Math.round(row.points * 10), off: 0 }));
  for (const each of rounded) each.off = (rows[each.index]?.points ?? 0) * 10 - each.tenths;
  let left = total - rounded.reduce((sum, each) => sum + each.tenths, 0);
  const order = [...rounded].sort((a, b) => (left > 0 ? b.off - a.off : a.off - b.off));
  for (let turn = 0; left !== 0 && order.length > 0; turn += 1) {
    const each = order[turn % order.length];
    if (!each) break;
    each.tenths += Math.sign(left);
    left -= Math.sign(left);
  }
  return rows.map((row, index) => ({ ...row, points: (rounded[index]?.tenths ?? 0) / 10 }));
}
