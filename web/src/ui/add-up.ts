/** One line of what made a score, in tenths of a point. */
export interface SumRow {
  key: string;
  reason: string;
  points: number;
}

interface Piece {
  interactionId: string;
  reason: string;
  points: number;
}

/**
 * The pieces of a score as rows whose shown tenths add up exactly to the shown score
 * less 50. The largest pieces come first; the rest is "7 more", which also takes the
 * rounding. Points in, points out, rounded to a tenth.
 */
export function addUp(pieces: readonly Piece[], score: number, most: number): SumRow[] {
  const total = Math.round(score) * 10 - 500;
  const sorted = [...pieces].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const shown = sorted.slice(0, sorted.length > most ? most - 1 : most);
  const rows = shown.map((piece) => ({ key: piece.interactionId, reason: piece.reason, tenths: Math.round(piece.points * 10) }));
  const rest = total - rows.reduce((sum, row) => sum + row.tenths, 0);
  const more = sorted.length - shown.length;

  if (more > 0) rows.push({ key: "more", reason: `${more} more`, tenths: rest });
  else if (rest !== 0) rows.push({ key: "rounding", reason: "Rounding", tenths: rest });
  return rows.map(({ key, reason, tenths }) => ({ key, reason, points: tenths / 10 }));
}
