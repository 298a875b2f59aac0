import { now } from "../../platform/clock.ts";
import { invalid, unauthenticated, type Problem } from "../../platform/errors.ts";
import { publicId } from "../../platform/ids.ts";
import { openEnvelope } from "./envelope.ts";
import { store } from "./intake.ts";
import { placingsOf, sourceOf } from "./known.ts";
import type { NewRefusal } from "./queries.ts";
import type { RequestBody } from "./read-body.ts";
import { readEvent, type ReadEvent, type Reading } from "./read-event.ts";
import { refusalOf } from "./refusal-of.ts";

export interface TrackingRequest {
  /** From the head of the request; the body may have one as well. */
  writeKey: string | null;
  /** `track`, `page` …, as the address says; null for a batch. */
  type: string | null;
  body: RequestBody;
}

/**
 * Takes a request of the tracking API. Returns once what it brought is stored, what was not taken being listed with
 * its reason.
 * @throws Problem 400 for what is no such request, 401 without a known write key, 429 while too much is waiting
 */
export async function takeRequest(request: TrackingRequest): Promise<void> {
  const receivedAt = now();
  const { body } = request;
  if (body.outcome === "refused") throw await refused(request.writeKey, body.reason, body.shown);
  const envelope = openEnvelope(body.body, request.type === null);
  const writeKey = request.writeKey ?? envelope.writeKey;
  if ("reason" in envelope) throw await refused(writeKey, envelope.reason, body.body);
  const source = writeKey === null ? undefined : await sourceOf(writeKey);
  if (!source) throw unauthenticated("No source has this write key. It may have been revoked.");

  const origin = publicId("src", source.id);
  const { sentAt, context } = envelope;
  const place = await placingsOf(source.workspaceId, source.id);
  const reading: Reading = { source: { id: origin, kind: source.kind }, receivedAt, sentAt, context, alike: new Map(), place };
  if (request.type !== null) reading.type = request.type;

  const { events, refusals } = readAll(envelope.events, reading);
  await store({ workspaceId: source.workspaceId, origin, events, refusals });
  const [only] = refusals;
  if (!envelope.isBatch && only?.reason === "It is larger than 32 KB.") throw invalid("An event has at most 32 KB.");
}

/** What is no such request is listed as a whole where its head, or what could be read, says whose it is. */
async function refused(writeKey: string | null, reason: string, came: unknown): Promise<Problem> {
  const source = writeKey === null ? undefined : await sourceOf(writeKey);
  if (source) {
    const origin = publicId("src", source.id);
    await store({ workspaceId: source.workspaceId, origin, events: [], refusals: [refusalOf(origin, reason, came)] });
  }
  return invalid(reason);
}

function readAll(given: readonly unknown[], reading: Reading): { events: ReadEvent[]; refusals: NewRefusal[] } {
  const events: ReadEvent[] = [];
  const refusals: NewRefusal[] = [];
  for (const each of given) {
    const read = readEvent(each, reading);
    if ("reason" in read) refusals.push(refusalOf(reading.source.id, read.reason, read.event));
    else events.push(read);
  }
  return { events, refusals };
}
