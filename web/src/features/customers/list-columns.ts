/** What a list of customers can show beside the name; a member hides what they do not need, in this browser. */
export const COLUMNS = [
  { key: "email", name: "Email", track: "minmax(0,1fr)" },
  { key: "line", name: "Line", track: "64px" },
  { key: "score", name: "Score", track: "132px" },
  { key: "heard", name: "Last heard", track: "84px" },
] as const;

export type ColumnKey = (typeof COLUMNS)[number]["key"];

export interface ColumnsShown {
  has: (key: ColumnKey) => boolean;
  /** For grid-template-columns. */
  tracks: string;
}

const PLACE = "throughline.customer-columns";

export function columnsShown(hidden: readonly string[]): ColumnsShown {
  const shown = COLUMNS.filter(({ key }) => !hidden.includes(key));
  return {
    has: (key) => shown.some((each) => each.key === key),
    tracks: ["24px minmax(0,1.2fr)", ...shown.map(({ track }) => track)].join(" "),
  };
}

export function readHidden(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}

export function keepHidden(hidden: readonly string[]): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(hidden));
  } catch {
    // It lasts as long as the page.
  }
}
