import { log } from "./platform/log.ts";

export interface Part {
  /** As the log names it when it does not end. */
  name: string;
  stop(): Promise<void>;
}

/** Each part has this long; jobs, which may wait for a far server, bound themselves to less. */
const MOST_MS = 15_000;

/**
 * Stops the parts, those started last first, and empties the list. One that fails or does not end in time is named in
 * the log and left behind: an operator's stop always comes to an end, and what was acknowledged is kept as after a kill.
 */
export async function stopParts(parts: Part[], mostMs = MOST_MS): Promise<void> {
  for (const part of parts.splice(0).reverse()) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => (timer = setTimeout(resolve, mostMs, "late")));
    try {
      if ((await Promise.race([part.stop(), late])) === "late")
        log.error("A part did not stop in time; going on without it.", { part: part.name });
    } catch (error) {
      log.error("A part could not be stopped; going on without it.", { part: part.name, error });
    }
    clearTimeout(timer);
  }
}
