import { storableJson } from "../../platform/db/index.ts";
import { cutBelow } from "./json.ts";
import type { NewRefusal } from "./queries.ts";

const SHOWN = 2_000;
const LEVELS = 40;

/** What is listed of something that was not taken: its beginning as it came, fit to be kept. Nests without end are cut short. */
export function refusalOf(origin: string, reason: string, came: unknown): NewRefusal {
  const text = clean(typeof came === "string" ? came : storableJson(cutBelow(came ?? null, LEVELS)));
  return { origin, reason: clean(beginningOf(reason, 500)), event: beginningOf(text, SHOWN) };
}

function beginningOf(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}

function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
