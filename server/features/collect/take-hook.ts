import { now } from "../../platform/clock.ts";
import { storableJson } from "../../platform/db/index.ts";
import { invalid, notFound, Problem, tooLarge } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import type { Hook } from "./hook-queries.ts";
import { store } from "./intake.ts";
import { hookOf } from "./known.ts";
import type { ReadEvent } from "./read-event.ts";
import { readHookBody, type Sent } from "./read-hook-body.ts";
import { readHook } from "./read-hook.ts";
import { refusalOf } from "./refusal-of.ts";
import type { Delivery } from "./store-group.ts";

/**
 * Takes a webhook: what its hook's mapping makes of the body goes into the log. Returns once that is stored. What is not
 * taken is listed with its reason and the body as it came, be it one interaction of many or all of it.
 * @throws Problem 404 for an unknown token, 400 for a body that cannot be read, 413 for one that is too large, 422 when the
 * mapping fails (the sender may come again), 429 while too much is waiting
 */
export async function takeHook(token: string, sent: Sent): Promise<{ taken: number }> {
  const receivedAt = now();
  const hook = await hookOf(token);
  if (!hook) throw notFound("hook");
  const opened = readHookBody(sent);
  if (opened.outcome === "refused") {
    await list(hook, opened.reason, opened.shown);
    throw opened.status === 413 ? tooLarge(opened.reason) : invalid(opened.reason);
  }
  const { body } = opened;
  const source = publicId("hok", hook.id);
  const kept = bodyOf(hook, body);
  const reading = await readHook({ workspaceId: hook.workspaceId, mapping: hook.mapping, source }, body, receivedAt);
  if (reading.outcome === "refused") {
    await list(hook, reading.reason, body);
    throw invalid(reading.reason);
  }
  if (reading.outcome === "failed") {
    const reason = `The mapping failed: ${reading.reason}`;
    await list(hook, reason, body, kept);
    throw new Problem(422, "mapping-failed", reason);
  }
  const events = reading.made.flatMap((each): ReadEvent[] => ("reason" in each ? [] : [{ ...each, came: body }]));
  const refusals = reading.made.flatMap((each) => ("reason" in each ? [refusalOf(source, each.reason, body)] : []));
  const stored = await store({ workspaceId: hook.workspaceId, origin: source, events, refusals, ...kept });
  return { taken: stored.taken };
}

async function list(hook: Hook, reason: string, came: unknown, kept: Kept = {}): Promise<void> {
  const origin = publicId("hok", hook.id);
  await store({ workspaceId: hook.workspaceId, origin, events: [], refusals: [refusalOf(origin, reason, came)], ...kept });
}

type Kept = Pick<Delivery, "body">;

const LARGEST_KEPT = 64 * 1024;

/** What is kept for the test bench: nothing of what is too large for it. */
function bodyOf(hook: Hook, came: unknown): Kept {
  const body = storableJson(came ?? null);
  return body.length > LARGEST_KEPT ? {} : { body: { hookId: hook.id, body } };
}
