import { type Json } from "./json.ts";

/** When an event happened, and the client's own word for it. */
export interface Happened {
  at: Date;
  /** The client's own time as it came: with the message's id it says whether an event was there before. */
  own: Date | null;
  /** The client's time could not be believed; `at` is when the event came. */
  isReceipt: boolean;
}

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
/** A clock that runs a little fast is put right without a word. */
const SMALL = 60_000;

/**
 * When it happened by our clock: what the client says, moved by as much as its clock was wrong when it sent
 * (received − sent), and never after it was received. `timestamp` beside `originalTimestamp` was put right already.
 */
export function momentOf(event: Json, sentAt: unknown, receivedAt: Date): Happened {
  const timestamp = readMoment(event["timestamp"]);
  const original = readMoment(event["originalTimestamp"]);
  const own = original ?? timestamp;
  const received = receivedAt.getTime();
  const said = timestamp ?? original;
  if (said === null) return { at: receivedAt, own, isReceipt: isGiven(event["timestamp"]) || isGiven(event["originalTimestamp"]) };

  const sent = timestamp !== null && original !== null ? null : readMoment(event["sentAt"] ?? sentAt);
  const at = sent === null ? said.getTime() : received - (sent.getTime() - said.getTime());
  if (at < EARLIEST || at > received) return { at: receivedAt, own, isReceipt: at - received > SMALL || at < EARLIEST };
  return { at: new Date(at), own, isReceipt: false };
}

/** A moment that does not say where its clock hangs: not where ours does. */
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * ISO 8601 or another date that JavaScript reads, or a number of seconds or milliseconds. Without an offset it is in UTC.
 * Null when it cannot be meant.
 */
export function readMoment(value: unknown): Date | null {
  const time = timeOf(value);
  return time >= EARLIEST && time < LATEST ? new Date(time) : null;
}

function timeOf(value: unknown): number {
  if (typeof value === "number") return value < 1e11 ? value * 1000 : value;
  if (typeof value !== "string") return Number.NaN;
  if (/^\d{9,13}$/.test(value)) return timeOf(Number(value));
  return Date.parse(WITHOUT_OFFSET.test(value) ? `${value}Z` : value);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
