import { hash } from "node:crypto";
import { textOf, type Json } from "./json.ts";
import { readMoment } from "./moment-of.ts";

/** By what an event is known again, within its source. */
export interface EventKey {
  key: string;
  at: Date;
}

/** How many events of a request said the same so far. */
export type Alike = Map<string, number>;

/**
 * The message's id and the client's own time. Without an id an event is known by all that it says and its time, else by
 * when the client says that it sent it. Those that say the same within one request are counted, since nobody sends an
 * event twice in one go: each is one of its own, and the request sent again changes nothing. What has neither id nor any
 * moment of the client's cannot be told from the next that looks like it, and is always taken: null.
 */
export function keyOf(event: Json, own: Date | null, request: { sentAt?: unknown; alike: Alike }): EventKey | null {
  const id = textOf(event["messageId"] ?? event["message_id"]);
  if (id !== null) return { key: id, at: own ?? new Date(0) };
  const at = own ?? readMoment(event["sentAt"] ?? request.sentAt);
  if (at === null) return null;
  const { sentAt: _sentAt, writeKey: _writeKey, ...said } = event;
  const digest = hash("sha256", JSON.stringify([said, own === null ? at : null]));
  const before = request.alike.get(digest) ?? 0;
  request.alike.set(digest, before + 1);
  return { key: before === 0 ? digest : `${digest}:${before}`, at };
}
