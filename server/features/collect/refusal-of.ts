import { storableJson } from "../../platform/db/index.ts";
import type { NewRefusal } from "./queries.ts";

const SHOWN = 2_000;

/** What is listed of an event that was not taken: its beginning, fit to be kept. */
export function refusalOf(origin: string, reason: string, event: unknown): NewRefusal {
  const text = typeof event === "string" ? event : storableJson(event ?? null);
  return { origin, reason: clean(reason.slice(0, 500)), event: clean(text.slice(0, SHOWN)) };
}

function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
