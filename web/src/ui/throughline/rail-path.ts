/** The rail is the line turned a quarter: left felt worse, right better. */
export const railWidth = 48;

/** Where a score stands on the rail, in pixels from its start. */
export function railPlace(score: number): number {
  const share = (Math.min(85, Math.max(15, score)) - 15) / 70;
  return Math.round((6 + share * (railWidth - 12)) * 10) / 10;
}

/** A turn down the rail, ending level with a row's dot. */
export function railTurn(from: number, to: number, height: number): string {
  const middle = height / 2;
  return `M${from} 0C${from} ${middle} ${to} ${middle} ${to} ${height}`;
}
