import { invalid } from "../../platform/errors.ts";
import { isDeeper, isJson, textOf } from "./json.ts";

/** A request of the tracking API, opened: its events as they came and what they share. */
export interface Envelope {
  events: unknown[];
  isBatch: boolean;
  writeKey: string | null;
  sentAt: unknown;
  context: unknown;
}

/** @throws Problem 400 when it is not such a request at all */
export function openEnvelope(body: unknown, isBatch: boolean): Envelope {
  if (!isJson(body)) throw invalid("The body is a JSON object.");
  const writeKey = textOf(body["writeKey"]);
  if (!isBatch) return { events: [body], isBatch, writeKey, sentAt: undefined, context: undefined };
  const batch: unknown = body["batch"];
  if (!Array.isArray(batch)) throw invalid("A batch has its events in `batch`, a list.");
  if (isDeeper(body["context"], 20)) throw invalid("The context is nested too deep.");
  const [first]: unknown[] = batch;
  return {
    events: batch,
    isBatch,
    writeKey: writeKey ?? (isJson(first) ? textOf(first["writeKey"]) : null),
    sentAt: body["sentAt"],
    context: body["context"],
  };
}
