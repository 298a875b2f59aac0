import { now } from "../../platform/clock.ts";
import { storableJson } from "../../platform/db/index.ts";
import { invalid, notFound, Problem } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { evaluate } from "./evaluate.ts";
import { store } from "./intake.ts";
import { hookOf, placingsOf } from "./known.ts";
import type { NewRefusal } from "./queries.ts";
import type { ReadEvent, Refused } from "./read-event.ts";
import { readMapped } from "./read-mapped.ts";
import { refusalOf } from "./refusal-of.ts";

/**
 * Takes a webhook: what its hook's mapping makes of the body goes into the log. Returns once that is stored, what was
 * not taken being listed with its reason.
 * @throws Problem 404 for an unknown token, 422 when the mapping fails (the sender may come again), 429 while too much is waiting
 */
export async function takeHook(token: string, body: unknown): Promise<{ taken: number }> {
  const receivedAt = now();
  const hook = await hookOf(token);
  if (!hook) throw notFound("hook");
  const origin = publicId("hok", hook.id);
  const evaluated = await evaluate(hook.mapping, body);
  if (evaluated.outcome === "failed") {
    const refusals = [refusalOf(origin, `The mapping failed: ${evaluated.reason}`, body)];
    await store({ workspaceId: hook.workspaceId, origin, events: [], refusals });
    throw new Problem(422, "mapping-failed", `The mapping failed: ${evaluated.reason}`);
  }
  const place = await placingsOf(hook.workspaceId, 0);
  const read = readMapped(evaluated.result, { source: origin, receivedAt, body: storableJson(body), place });
  const { events, refusals } = sorted(read, origin);
  const stored = await store({ workspaceId: hook.workspaceId, origin, events, refusals });
  return { taken: stored.taken };
}

/** A body of JSON, or a form. @throws Problem 400 */
export function readHookBody(body: unknown, contentType: string | undefined): unknown {
  const text = Buffer.isBuffer(body) ? body.toString("utf8") : "";
  if (contentType?.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("The body is neither JSON nor a form.");
  }
}

function sorted(read: readonly (ReadEvent | Refused)[], origin: string): { events: ReadEvent[]; refusals: NewRefusal[] } {
  const events: ReadEvent[] = [];
  const refusals: NewRefusal[] = [];
  for (const each of read) {
    if ("reason" in each) refusals.push(refusalOf(origin, each.reason, each.event));
    else events.push(each);
  }
  return { events, refusals };
}
