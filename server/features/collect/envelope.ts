import { isDeeper, isJson, textOf } from "./json.ts";

/** A request of the tracking API, opened: its events as they came and what they share. */
export interface Envelope {
  events: unknown[];
  isBatch: boolean;
  writeKey: string | null;
  sentAt: unknown;
  context: unknown;
}

/** Why something is no such request at all, and whose it is all the same. */
export interface NoEnvelope {
  reason: string;
  writeKey: string | null;
}

/** What events share is kept with each of them: a small request could become any amount. */
const MOST_SHARED = 8 * 1024 * 1024;
const SHARED_BY_TOO_MANY = "The context, with each of the events that share it, is more than 8 MB. Send it in parts.";

function isMuch(context: unknown, events: number): boolean {
  return isJson(context) && JSON.stringify(context).length * events > MOST_SHARED;
}

export function openEnvelope(body: unknown, isBatch: boolean): Envelope | NoEnvelope {
  if (!isJson(body)) return { reason: "The body is a JSON object.", writeKey: null };
  const writeKey = textOf(body["writeKey"]);
  if (!isBatch) return { events: [body], isBatch, writeKey, sentAt: undefined, context: undefined };
  const batch: unknown = body["batch"];
  if (!Array.isArray(batch)) return { reason: "A batch has its events in `batch`, a list.", writeKey };
  if (isDeeper(body["context"], 20)) return { reason: "The context is nested too deep.", writeKey };
  if (isMuch(body["context"], batch.length)) return { reason: SHARED_BY_TOO_MANY, writeKey };
  const [first]: unknown[] = batch;
  return {
    events: batch,
    isBatch,
    writeKey: writeKey ?? (isJson(first) ? textOf(first["writeKey"]) : null),
    sentAt: body["sentAt"],
    context: body["context"],
  };
}
