import { storableJson } from "../../platform/db/index.ts";
import { evaluate } from "./evaluate.ts";
import { placingsOf } from "./known.ts";
import { isTooDeep, TOO_DEEP, type ReadEvent, type Refused } from "./read-event.ts";
import { readMapped } from "./read-mapped.ts";

/** A mapping, and who reads by it. */
export interface HookReader {
  workspaceId: number;
  mapping: string;
  /** Public id of the hook. */
  source: string;
}

export type HookReading =
  | { outcome: "read"; made: (ReadEvent | Refused)[] }
  /** The body is nothing that a mapping is tried on. */
  | { outcome: "refused"; reason: string }
  | { outcome: "failed"; reason: string };

/** What a hook makes of a body, be it a webhook's or a sample. Nothing is written. @throws Problem 429 while too many wait to be read */
export async function readHook(by: HookReader, body: unknown, receivedAt: Date): Promise<HookReading> {
  if (isTooDeep(body)) return { outcome: "refused", reason: TOO_DEEP };
  const evaluated = await evaluate(by.mapping, body);
  if (evaluated.outcome === "failed") return evaluated;
  const place = await placingsOf(by.workspaceId, 0);
  return {
    outcome: "read",
    made: readMapped(evaluated.result, { source: by.source, receivedAt, body: storableJson(body ?? null), place }),
  };
}
