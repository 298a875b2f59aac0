import { refusalWords, type Named } from "../customers/index.ts";
import type { ReadEvent } from "./read-event.ts";

/** Why what was read is nobody's, in the words of where it came from. */
export function whyNobodyIs({ which = "", unnamed }: ReadEvent, refused: readonly Named[]): string {
  return which + (refused.length === 0 ? unnamed : `It names nobody. ${refused.map(refusalWords).join(" ")}`);
}
